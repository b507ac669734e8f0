package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Extensions;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.UdpHeader;

/**
 * Finds ESP in a received packet: behind IPv4 with options, behind IPv6 with extension headers, in UDP (RFC 3948), or at
 * the beginning of what a UDP socket delivered. Remembers where it was. A UDP checksum is not verified: the ICV covers
 * more, and a NAT may have broken it (RFC 3948 §2.1). Threads: single owner thread.
 */
final class EspLocator {
    private final UdpPorts ports;
    private final Ipv6Extensions chain = new Ipv6Extensions();
    private int espAt;
    private int end;
    private boolean hasHeader;
    private boolean udpChecksumMissing;

    EspLocator(UdpPorts ports) {
        this.ports = ports;
    }

    /** {@return {@code PENDING} if the packet has ESP of at least a header's length, otherwise what else it is} */
    InboundOutcome locate(Memory memory, int at, int octets, Framing framing) {
        hasHeader = false;
        udpChecksumMissing = false;
        if (framing == Framing.UDP_PAYLOAD) {
            return inUdpPayload(memory, at, at + octets);
        }
        if (octets < Ipv4Header.OCTETS) {
            return octets == 0 ? InboundOutcome.NOT_ESP : tooShort(memory.octet(at) >>> 4);
        }
        long head = memory.int64(at);
        return switch (IpHead.version(head)) {
            case 4 -> inV4(memory, at, octets, head);
            case 6 -> inV6(memory, at, octets, head);
            default -> InboundOutcome.NOT_ESP;
        };
    }

    private static InboundOutcome tooShort(int version) {
        return version == 4 || version == 6 ? InboundOutcome.MALFORMED : InboundOutcome.NOT_ESP;
    }

    private InboundOutcome inV4(Memory memory, int at, int octets, long head) {
        if (!IpHead.isValid(head, octets)) {
            return InboundOutcome.MALFORMED;
        }
        return inPayload(
                memory,
                Ipv4Header.protocol(memory, at),
                at + IpHead.v4HeaderOctets(head),
                at + IpHead.totalOctets(head),
                IpHead.v4IsFragment(head),
                IpHead.v4IsLaterFragment(head),
                false);
    }

    private InboundOutcome inV6(Memory memory, int at, int octets, long head) {
        if (!IpHead.isValid(head, octets)) {
            return InboundOutcome.MALFORMED;
        }
        int packetEnd = at + IpHead.totalOctets(head);
        if (!chain.walk(memory, at, packetEnd)) {
            return InboundOutcome.MALFORMED;
        }
        return inPayload(
                memory,
                chain.upperLayer(),
                chain.upperLayerAt(),
                packetEnd,
                chain.isFragment(memory),
                chain.fragmentOffset(memory) != 0,
                true);
    }

    private InboundOutcome inPayload(
            Memory memory, int protocol, int at, int packetEnd, boolean fragment, boolean laterFragment, boolean v6) {
        if (protocol == NextHeader.ESP) {
            if (laterFragment) {
                return InboundOutcome.FRAGMENT;
            }
            return fragment ? firstFragment(at, packetEnd) : espFrom(at, packetEnd);
        }
        if (protocol != NextHeader.UDP || laterFragment || packetEnd - at < UdpHeader.OCTETS) {
            return InboundOutcome.NOT_ESP; // later fragments of UDP carry no port
        }
        if (!ports.contains(UdpHeader.destinationPort(memory, at))) {
            return InboundOutcome.NOT_ESP;
        }
        if (fragment) {
            return firstFragment(at + UdpHeader.OCTETS, packetEnd);
        }
        int udpOctets = UdpHeader.totalOctets(memory, at);
        if (udpOctets < UdpHeader.OCTETS || udpOctets > packetEnd - at) {
            return InboundOutcome.MALFORMED;
        }
        udpChecksumMissing = v6 && UdpHeader.checksum(memory, at) == 0;
        return inUdpPayload(memory, at + UdpHeader.OCTETS, at + udpOctets);
    }

    private InboundOutcome inUdpPayload(Memory memory, int at, int payloadEnd) {
        int octets = payloadEnd - at;
        if (octets == 1 && memory.octet(at) == UdpHeader.KEEPALIVE) {
            return InboundOutcome.KEEPALIVE;
        }
        if (octets < UdpHeader.NON_ESP_MARKER_OCTETS) {
            return InboundOutcome.MALFORMED;
        }
        if (memory.int32(at) == 0) {
            return InboundOutcome.NON_ESP_MARKER;
        }
        return espFrom(at, payloadEnd);
    }

    private InboundOutcome espFrom(int at, int packetEnd) {
        espAt = at;
        end = packetEnd;
        hasHeader = packetEnd - at >= EspHeader.OCTETS;
        return hasHeader ? InboundOutcome.PENDING : InboundOutcome.MALFORMED;
    }

    /** Notes SPI and number of the first fragment, if they are in it, for whoever audits it. */
    private InboundOutcome firstFragment(int at, int packetEnd) {
        espFrom(at, packetEnd);
        return InboundOutcome.FRAGMENT;
    }

    /** {@return whether SPI and sequence number are there: of a packet to be opened, or of a first fragment} */
    boolean hasHeader() {
        return hasHeader;
    }

    /** {@return the position of the SPI} */
    int espAt() {
        return espAt;
    }

    /** {@return the position after the ICV} */
    int end() {
        return end;
    }

    /** {@return whether it lies in UDP over IPv6 with checksum 0} */
    boolean udpChecksumMissing() {
        return udpChecksumMissing;
    }
}
