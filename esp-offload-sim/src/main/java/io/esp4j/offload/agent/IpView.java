package io.esp4j.offload.agent;

import io.esp4j.memory.Memory;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * What a device sees of a frame: ESP right behind a plain IP header, or something else. Extension headers, and ESP in UDP, are
 * for software. Threads: single owner thread.
 */
final class IpView {
    private final EthernetHeader ethernet = new EthernetHeader();
    private long lastLocal = -1;
    private long lastVlans;
    private SadDomain lastDomain;
    private int ipAt;
    private int espAt;
    private int end;
    private long head;
    private boolean esp;
    private boolean fragment;

    /** {@return whether it is a whole IP packet} */
    boolean read(Frame frame) {
        Memory memory = frame.memory();
        esp = false;
        if (!ethernet.walk(memory, frame.offset(), frame.length()) || !ethernet.isIp()) {
            return false;
        }
        ipAt = ethernet.payloadAt();
        int available = frame.end() - ipAt;
        if (available < Ipv4Header.OCTETS) {
            return false;
        }
        head = memory.int64(ipAt);
        if (!IpHead.isValid(head, available)) {
            return false;
        }
        end = ipAt + IpHead.totalOctets(head);
        boolean v6 = IpHead.isV6(head);
        fragment = !v6 && IpHead.v4IsFragment(head);
        int protocol =
                v6 ? memory.octet(ipAt + Ipv6Header.NEXT_HEADER_AT) : memory.octet(ipAt + Ipv4Header.PROTOCOL_AT);
        espAt = ipAt + (v6 ? Ipv6Header.OCTETS : IpHead.v4HeaderOctets(head));
        esp = protocol == NextHeader.ESP && end - espAt >= EspHeader.OCTETS;
        return true;
    }

    EthernetHeader ethernet() {
        return ethernet;
    }

    boolean isEsp() {
        return esp;
    }

    boolean isFragment() {
        return fragment;
    }

    boolean isV6() {
        return IpHead.isV6(head);
    }

    int ipAt() {
        return ipAt;
    }

    int espAt() {
        return espAt;
    }

    int end() {
        return end;
    }

    int spi(Memory memory) {
        return memory.int32(espAt);
    }

    int sequenceLow(Memory memory) {
        return memory.int32(espAt + 4);
    }

    boolean hasRightChecksum(Memory memory) {
        return isV6()
                || InternetChecksum.fold(InternetChecksum.sum(memory, ipAt, IpHead.v4HeaderOctets(head))) == 0xffff;
    }

    /** {@return whose frame it is, made anew only where it is not the one before's} */
    SadDomain domain(long local) {
        if (local != lastLocal || ethernet.vlans() != lastVlans) {
            lastLocal = local;
            lastVlans = ethernet.vlans();
            lastDomain = new SadDomain(new MacAddress(local), lastVlans);
        }
        return lastDomain;
    }
}
