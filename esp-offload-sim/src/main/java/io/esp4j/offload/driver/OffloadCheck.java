package io.esp4j.offload.driver;

import io.esp4j.memory.Memory;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/** Which packets this kind of device can do: a plain IP header, whole, with no IPsec of its own behind it. Stateless. */
final class OffloadCheck {
    private OffloadCheck() {}

    static boolean isPlain(Memory memory, int ipAt, boolean encrypted) {
        long head = memory.int64(ipAt);
        if (IpHead.isV6(head)) {
            return isUpperLayer(memory.octet(ipAt + Ipv6Header.NEXT_HEADER_AT), encrypted);
        }
        return IpHead.v4HeaderOctets(head) == Ipv4Header.OCTETS
                && !IpHead.v4IsFragment(head)
                && isUpperLayer(Ipv4Header.protocol(memory, ipAt), encrypted);
    }

    private static boolean isUpperLayer(int protocol, boolean encrypted) {
        return switch (protocol) {
            case NextHeader.ESP -> encrypted; // asked for by whoever encrypts twice
            case NextHeader.AH,
                    NextHeader.HOP_BY_HOP,
                    NextHeader.ROUTING,
                    NextHeader.FRAGMENT,
                    NextHeader.DESTINATION_OPTIONS,
                    NextHeader.MOBILITY -> false;
            default -> true;
        };
    }
}
