package io.esp4j.segment;

import io.esp4j.memory.Memory;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;

/**
 * The packet of one TCP connection that may still grow, in a slot of the coalescer's memory. It never ends in FIN, PSH or a
 * short segment: with those a packet is complete. Threads: single owner thread.
 */
final class HeldFlow {
    private static final int MAY_DIFFER = TcpHeader.FIN | TcpHeader.PSH | TcpHeader.CWR;

    private final Memory slot;
    private final int at;
    private final int maxOctets;
    private boolean v6;
    private int transportAt;
    private int payloadAt;
    private int octets;
    private int origin;
    private int segments;
    private int segmentOctets;
    private int nextSequence;
    private long payloadSum;
    private boolean sameIdentification;

    HeldFlow(Memory slot, int at, int maxOctets) {
        this.slot = slot;
        this.at = at;
        this.maxOctets = maxOctets;
    }

    void begin(TransportPacket packet, int packetOrigin, long sum) {
        packet.memory.copyTo(packet.at, slot, at, packet.octets);
        v6 = packet.v6;
        transportAt = at + packet.transportAt - packet.at;
        payloadAt = at + packet.payloadAt - packet.at;
        octets = packet.octets;
        origin = packetOrigin;
        segments = 1;
        segmentOctets = packet.payloadOctets;
        nextSequence = TcpHeader.sequence(packet.memory, packet.transportAt) + packet.payloadOctets;
        payloadSum = sum;
        sameIdentification = false;
    }

    boolean isOfAddresses(TransportPacket packet) {
        if (v6 != packet.v6) {
            return false;
        }
        int from = at + packet.addressesAt() - packet.at;
        for (int i = 0; i < packet.addressOctets(); i += 8) {
            if (slot.int64(from + i) != packet.memory.int64(packet.addressesAt() + i)) {
                return false;
            }
        }
        return true;
    }

    boolean isOfConnection(TransportPacket packet) {
        return TcpHeader.ports(slot, transportAt) == TcpHeader.ports(packet.memory, packet.transportAt)
                && isOfAddresses(packet);
    }

    /** Whether a packet of the connection continues this one, so that segmentation of both gives back both. */
    boolean isContinuedBy(TransportPacket packet, int packetOrigin) {
        return packetOrigin == origin
                && packet.payloadOctets <= segmentOctets
                && octets + packet.payloadOctets <= maxOctets
                && isContinuedByTcp(packet)
                && (v6 ? isContinuedByIpv6(packet) : isContinuedByIpv4(packet));
    }

    private boolean isContinuedByTcp(TransportPacket packet) {
        Memory memory = packet.memory;
        int tcp = packet.transportAt;
        int flags = TcpHeader.flags(memory, tcp);
        // The word holds data offset, reserved bits and window too.
        if (TcpHeader.sequence(memory, tcp) != nextSequence
                || (flags & TcpHeader.CWR) != 0
                || ((flags ^ TcpHeader.flags(slot, transportAt)) & ~MAY_DIFFER) != 0
                || memory.int32(tcp + TcpHeader.ACKNOWLEDGEMENT_AT)
                        != slot.int32(transportAt + TcpHeader.ACKNOWLEDGEMENT_AT)
                || memory.int16(tcp + TcpHeader.URGENT_POINTER_AT)
                        != slot.int16(transportAt + TcpHeader.URGENT_POINTER_AT)) {
            return false;
        }
        int header = payloadAt - transportAt;
        for (int i = TcpHeader.OCTETS; i < header; i += 4) {
            if (memory.int32(tcp + i) != slot.int32(transportAt + i)) {
                return false;
            }
        }
        return true;
    }

    /** Version, traffic class, flow label and hop limit; the Next Header is TCP in both. */
    private boolean isContinuedByIpv6(TransportPacket packet) {
        return slot.int32(at) == packet.memory.int32(packet.at)
                && slot.int16(at + Ipv6Header.NEXT_HEADER_AT)
                        == packet.memory.int16(packet.at + Ipv6Header.NEXT_HEADER_AT);
    }

    /** DSCP, ECN, Don't Fragment, TTL, and an identification that counts up or, with Don't Fragment, stays. */
    private boolean isContinuedByIpv4(TransportPacket packet) {
        Memory memory = packet.memory;
        if (slot.int16(at) != memory.int16(packet.at)
                || slot.int32(at + 6) != memory.int32(packet.at + 6)) { // flags, offset, TTL, protocol
            return false;
        }
        int first = slot.int16(at + 4);
        int identification = memory.int16(packet.at + 4);
        boolean counts = identification == ((first + segments) & 0xffff);
        boolean same = identification == first && Ipv4Header.dontFragment(slot, at);
        return segments == 1 ? counts || same : sameIdentification ? same : counts;
    }

    /** Takes the payload of a packet that {@link #isContinuedBy} approved. */
    void append(TransportPacket packet, long sum) {
        if (!v6 && segments == 1) {
            sameIdentification = slot.int16(at + 4) == packet.memory.int16(packet.at + 4);
        }
        packet.memory.copyTo(packet.payloadAt, slot, at + octets, packet.payloadOctets);
        boolean odd = ((octets - (payloadAt - at)) & 1) != 0;
        payloadSum += odd ? swapped(InternetChecksum.fold(sum)) : sum;
        int last = TcpHeader.flags(packet.memory, packet.transportAt) & (TcpHeader.FIN | TcpHeader.PSH);
        TcpHeader.flags(slot, transportAt, TcpHeader.flags(slot, transportAt) | last);
        octets += packet.payloadOctets;
        nextSequence += packet.payloadOctets;
        segments++;
    }

    /** The sum of octets that begin at an odd position: each is in the other half of its 16 bits (RFC 1071 §2). */
    private static int swapped(int sum) {
        return (sum & 0xff) << 8 | sum >>> 8;
    }

    /** Whether nothing can be appended: the sender said so, or the last segment was short. */
    boolean isComplete(int lastPayloadOctets) {
        return lastPayloadOctets < segmentOctets
                || (TcpHeader.flags(slot, transportAt) & (TcpHeader.FIN | TcpHeader.PSH)) != 0;
    }

    /** Makes lengths and checksums those of the whole; what was held alone has them already. */
    CoalescedPacket complete(CoalescedPacket packet) {
        if (segments > 1) {
            if (v6) {
                Ipv6Header.totalOctets(slot, at, octets);
            } else {
                slot.int16(at + 2, octets);
                Ipv4Header.writeChecksum(slot, at);
            }
            int addresses = at + (v6 ? 8 : 12);
            int tcpOctets = octets - (transportAt - at);
            slot.int16(transportAt + TcpHeader.CHECKSUM_AT, 0);
            long sum = InternetChecksum.sum(slot, addresses, v6 ? 32 : 8)
                    + InternetChecksum.sum(slot, transportAt, payloadAt - transportAt)
                    + payloadSum;
            sum = InternetChecksum.pseudoHeader(sum, NextHeader.TCP, tcpOctets);
            slot.int16(transportAt + TcpHeader.CHECKSUM_AT, ~InternetChecksum.fold(sum));
        }
        return packet.merged(slot, at, octets, origin, segments, segmentOctets, sameIdentification);
    }
}
