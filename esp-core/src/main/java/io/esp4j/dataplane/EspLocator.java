package io.esp4j.dataplane;

import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Extensions;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.UdpHeader;

/**
 * Finds ESP in received packets: behind IPv4 with options, behind IPv6 with extension headers, in UDP (RFC 3948), or at
 * the beginning of what a UDP socket delivered. Notes in the burst where it is, its SPI and its number. A UDP checksum is not
 * verified: the ICV covers more, and a NAT may have broken it (RFC 3948 §2.1). Threads: single owner thread.
 */
final class EspLocator {
    private final UdpPorts ports;
    private final Ipv6Extensions chain = new Ipv6Extensions();

    EspLocator(UdpPorts ports) {
        this.ports = ports;
    }

    /**
     * Looks at all packets of a burst. Afterwards the outcome of one that has ESP of at least a header's length is
     * {@code PENDING}, or {@code NO_UDP_CHECKSUM} if not every SA takes it; that of any other says what else it is.
     */
    void locate(Burst burst) {
        if (burst.memory instanceof DirectMemory direct) {
            locate(burst, direct);
        } else {
            locate(burst, (HeapMemory) burst.memory);
        }
    }

    private void locate(Burst burst, Memory memory) {
        int size = burst.size();
        boolean fromSocket = burst.framing == Framing.UDP_PAYLOAD;
        for (int index = 0; index < size; index++) {
            int at = burst.offset(index);
            int octets = burst.length(index);
            InboundOutcome outcome = fromSocket
                    ? inUdpPayload(burst, index, memory, at, at + octets)
                    : inIp(burst, index, memory, at, octets);
            burst.outcome(index, outcome.ordinal());
        }
    }

    private InboundOutcome inIp(Burst burst, int index, Memory memory, int at, int octets) {
        if (octets < Ipv4Header.OCTETS) {
            return octets == 0 ? InboundOutcome.NOT_ESP : tooShort(memory.octet(at) >>> 4);
        }
        long head = memory.int64(at);
        burst.trafficClass(index, IpHead.trafficClass(head));
        return switch (IpHead.version(head)) {
            case 4 -> inV4(burst, index, memory, at, octets, head);
            case 6 -> inV6(burst, index, memory, at, octets, head);
            default -> InboundOutcome.NOT_ESP;
        };
    }

    private static InboundOutcome tooShort(int version) {
        return version == 4 || version == 6 ? InboundOutcome.MALFORMED : InboundOutcome.NOT_ESP;
    }

    private InboundOutcome inV4(Burst burst, int index, Memory memory, int at, int octets, long head) {
        if (!IpHead.isValid(head, octets)) {
            return InboundOutcome.MALFORMED;
        }
        int payloadAt = at + IpHead.v4HeaderOctets(head);
        int end = at + IpHead.totalOctets(head);
        int protocol = Ipv4Header.protocol(memory, at);
        if (IpHead.v4IsFragment(head)) {
            return inFragment(burst, index, memory, protocol, payloadAt, end, IpHead.v4IsLaterFragment(head));
        }
        return inPayload(burst, index, memory, protocol, payloadAt, end, false);
    }

    private InboundOutcome inV6(Burst burst, int index, Memory memory, int at, int octets, long head) {
        if (!IpHead.isValid(head, octets)) {
            return InboundOutcome.MALFORMED;
        }
        int end = at + IpHead.totalOctets(head);
        if (!chain.walk(memory, at, end)) {
            return InboundOutcome.MALFORMED;
        }
        int payloadAt = chain.upperLayerAt();
        int protocol = chain.upperLayer();
        if (chain.isFragment(memory)) {
            return inFragment(burst, index, memory, protocol, payloadAt, end, chain.fragmentOffset(memory) != 0);
        }
        return inPayload(burst, index, memory, protocol, payloadAt, end, true);
    }

    private InboundOutcome inPayload(Burst burst, int index, Memory memory, int protocol, int at, int end, boolean v6) {
        if (protocol == NextHeader.ESP) {
            return esp(burst, index, memory, at, end);
        }
        if (protocol != NextHeader.UDP || !isToOurPort(memory, at, end)) {
            return InboundOutcome.NOT_ESP;
        }
        int udpOctets = UdpHeader.totalOctets(memory, at);
        if (udpOctets < UdpHeader.OCTETS || udpOctets > end - at) {
            return InboundOutcome.MALFORMED;
        }
        InboundOutcome outcome = inUdpPayload(burst, index, memory, at + UdpHeader.OCTETS, at + udpOctets);
        boolean checksumMissing = v6 && UdpHeader.checksum(memory, at) == 0;
        return checksumMissing && outcome == InboundOutcome.PENDING ? InboundOutcome.NO_UDP_CHECKSUM : outcome;
    }

    private boolean isToOurPort(Memory memory, int at, int end) {
        return end - at >= UdpHeader.OCTETS && ports.contains(UdpHeader.destinationPort(memory, at));
    }

    /** Of a first fragment SPI and number are noted, if they are in it, for whoever audits it (RFC 4303 §3.4.1). */
    private InboundOutcome inFragment(
            Burst burst, int index, Memory memory, int protocol, int at, int end, boolean later) {
        if (protocol == NextHeader.ESP) {
            if (!later) {
                esp(burst, index, memory, at, end);
            }
            return InboundOutcome.FRAGMENT;
        }
        if (protocol != NextHeader.UDP || later || !isToOurPort(memory, at, end)) {
            return InboundOutcome.NOT_ESP; // later fragments of UDP carry no port
        }
        esp(burst, index, memory, at + UdpHeader.OCTETS, end);
        return InboundOutcome.FRAGMENT;
    }

    private InboundOutcome inUdpPayload(Burst burst, int index, Memory memory, int at, int end) {
        int octets = end - at;
        if (octets == 1 && memory.octet(at) == UdpHeader.KEEPALIVE) {
            return InboundOutcome.KEEPALIVE;
        }
        if (octets < UdpHeader.NON_ESP_MARKER_OCTETS) {
            return InboundOutcome.MALFORMED;
        }
        if (memory.int32(at) == 0) {
            return InboundOutcome.NON_ESP_MARKER;
        }
        return esp(burst, index, memory, at, end);
    }

    private static InboundOutcome esp(Burst burst, int index, Memory memory, int at, int end) {
        if (end - at < EspHeader.OCTETS) {
            return InboundOutcome.MALFORMED;
        }
        long header = memory.int64(at);
        long low = Integer.toUnsignedLong(EspHeader.sequenceLow(header));
        burst.esp(index, at, end - at, EspHeader.spi(header), low);
        return InboundOutcome.PENDING;
    }
}
