package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Ecn;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * Tunnel mode: the payload is the packet, as long as its own header says; what follows is traffic flow padding
 * (RFC 4303 §2.7). Threads: immutable.
 */
final class TunnelDecapsulator extends Decapsulator {

    TunnelDecapsulator(SaParameters sa) {
        super(sa);
    }

    @Override
    InboundOutcome show(Burst burst, int index, int payloadAt, int payloadOctets, int nextHeader) {
        Memory memory = burst.memory;
        boolean v6 = nextHeader == NextHeader.IPV6;
        if (v6
                ? !Ipv6Header.isValid(memory, payloadAt, payloadOctets)
                : !isV4(memory, payloadAt, payloadOctets, nextHeader)) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        int trafficClass = Encapsulator.trafficClass(memory, payloadAt, v6);
        int inner = trafficClass & Ecn.MASK;
        int ecn = Ecn.decapsulate(inner, outerTrafficClass(burst, index) & Ecn.MASK);
        if (ecn == Ecn.DROP) {
            return InboundOutcome.ECN_VIOLATION;
        }
        if (ecn != inner) {
            remark(memory, payloadAt, v6, (trafficClass & ~Ecn.MASK) | ecn);
        }
        int total = v6 ? Ipv6Header.totalOctets(memory, payloadAt) : Ipv4Header.totalOctets(memory, payloadAt);
        burst.view(index, payloadAt, total);
        return InboundOutcome.ACCEPTED;
    }

    private static boolean isV4(Memory memory, int at, int octets, int nextHeader) {
        return nextHeader == NextHeader.IPV4 && Ipv4Header.isValid(memory, at, octets);
    }

    private static void remark(Memory memory, int at, boolean v6, int trafficClass) {
        if (v6) {
            Ipv6Header.trafficClass(memory, at, trafficClass);
        } else {
            Ipv4Header.trafficClass(memory, at, trafficClass);
        }
    }
}
