package io.esp4j.segment;

import io.esp4j.memory.Memory;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;
import io.esp4j.wire.UdpHeader;

/**
 * One IP packet with TCP or UDP right behind a plain header, its lengths checked once. Threads: single owner thread.
 *
 * <p>The fields are of use after {@link #read} returned {@link SegmentationVerdict#PLANNED}; {@link #mayBeTcp()} whatever
 * it returned.
 */
final class TransportPacket {
    private static final int RESERVED_AND_FRAGMENT = 0xbfff; // of the 16 bits at octet 6, all but Don't Fragment

    Memory memory;
    int at;
    int octets;
    boolean v6;
    int protocol;
    int transportAt;
    int payloadAt;
    int payloadOctets;
    private boolean addresses;

    /** Takes a packet apart; positions are in the region, which holds all the octets named. */
    SegmentationVerdict read(Memory region, int packetAt, int packetOctets) {
        memory = region;
        at = packetAt;
        octets = packetOctets;
        addresses = false;
        if (packetOctets < Ipv4Header.OCTETS) {
            return SegmentationVerdict.MALFORMED;
        }
        long head = region.int64(packetAt);
        if (!IpHead.isValid(head, packetOctets)) {
            return SegmentationVerdict.MALFORMED;
        }
        v6 = IpHead.isV6(head);
        addresses = true;
        protocol = region.octet(packetAt + (v6 ? Ipv6Header.NEXT_HEADER_AT : Ipv4Header.PROTOCOL_AT));
        transportAt = packetAt + (v6 ? Ipv6Header.OCTETS : Ipv4Header.OCTETS);
        if (IpHead.totalOctets(head) != packetOctets) {
            return SegmentationVerdict.MALFORMED;
        }
        if (!v6 && (head & RESERVED_AND_FRAGMENT) != 0) {
            return SegmentationVerdict.FRAGMENT;
        }
        if (!v6 && IpHead.v4HeaderOctets(head) != Ipv4Header.OCTETS) {
            return SegmentationVerdict.OPTIONS;
        }
        return readTransport(packetAt + packetOctets);
    }

    private SegmentationVerdict readTransport(int end) {
        return switch (protocol) {
            case NextHeader.TCP -> readTcp(end);
            case NextHeader.UDP -> readUdp(end);
            case NextHeader.FRAGMENT -> v6 ? SegmentationVerdict.FRAGMENT : SegmentationVerdict.NOT_TCP_OR_UDP;
            case NextHeader.HOP_BY_HOP, NextHeader.ROUTING, NextHeader.DESTINATION_OPTIONS ->
                v6 ? SegmentationVerdict.OPTIONS : SegmentationVerdict.NOT_TCP_OR_UDP;
            default -> SegmentationVerdict.NOT_TCP_OR_UDP;
        };
    }

    private SegmentationVerdict readTcp(int end) {
        if (end - transportAt < TcpHeader.OCTETS) {
            return SegmentationVerdict.MALFORMED;
        }
        int header = TcpHeader.headerOctets(memory, transportAt);
        if (header < TcpHeader.OCTETS || header > end - transportAt) {
            return SegmentationVerdict.MALFORMED;
        }
        payloadAt = transportAt + header;
        payloadOctets = end - payloadAt;
        return SegmentationVerdict.PLANNED;
    }

    private SegmentationVerdict readUdp(int end) {
        if (end - transportAt < UdpHeader.OCTETS || UdpHeader.totalOctets(memory, transportAt) != end - transportAt) {
            return SegmentationVerdict.MALFORMED;
        }
        payloadAt = transportAt + UdpHeader.OCTETS;
        payloadOctets = end - payloadAt;
        return SegmentationVerdict.PLANNED;
    }

    /** Whether a packet that was refused has sound addresses and is of TCP, or of a protocol that extension headers hide. */
    boolean mayBeTcp() {
        return addresses
                && (protocol == NextHeader.TCP
                        || (v6
                                && (protocol == NextHeader.FRAGMENT
                                        || protocol == NextHeader.HOP_BY_HOP
                                        || protocol == NextHeader.ROUTING
                                        || protocol == NextHeader.DESTINATION_OPTIONS)));
    }

    int addressesAt() {
        return at + (v6 ? 8 : 12);
    }

    int addressOctets() {
        return v6 ? 32 : 8;
    }

    /** The sum of both addresses as 16-bit numbers. */
    long addressSum() {
        return InternetChecksum.sum(memory, addressesAt(), addressOctets());
    }
}
