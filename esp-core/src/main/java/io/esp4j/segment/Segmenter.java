package io.esp4j.segment;

import io.esp4j.memory.Memory;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;
import io.esp4j.wire.UdpHeader;
import java.util.Objects;

/**
 * Cuts a super-packet into packets: TCP segments of at most so many octets (TSO, GSO), or UDP datagrams of so many (USO).
 *
 * <p>{@link #plan} says how many there will be; {@link #write} makes one of them, in any order, anywhere. Each has the
 * super-packet's headers but for what must differ:
 * <ul>
 *   <li>IP length and IPv4 checksum; the IPv4 identification counts up from the super-packet's, modulo 2^16, or is the same in
 *       all (Linux's "fixed ID"), which RFC 6864 allows with Don't Fragment;
 *   <li>TCP: the sequence number moves by the payload before it (RFC 9293 §3.4); FIN and PSH are on the last segment only,
 *       CWR on the first only (RFC 3168 §6.1.2); the options are in each; the checksum is computed;
 *   <li>UDP: length and checksum, but a checksum of 0 over IPv4 means none (RFC 768) and stays none.
 * </ul>
 *
 * <p>The super-packet's own TCP checksum is not read: its sender leaves it to whoever segments. It stays untouched, and may
 * not change between plan and write.
 *
 * <p>Threads: single owner thread.
 */
public final class Segmenter {
    private final TransportPacket packet = new TransportPacket();
    private int segmentOctets;
    private int segments;
    private boolean fixedIdentification;
    private long ipSum;
    private long addressSum;
    private long transportSum;

    /** A segmenter without a plan. */
    public Segmenter() {}

    /**
     * Plans a super-packet whose IPv4 identification counts up. See {@link #plan(Memory, int, int, int, boolean)}.
     *
     * @param memory where it lies
     * @param at position of its IP header
     * @param octets its length
     * @param maxPayload octets of TCP or UDP payload that a segment may have, from 1: the MSS less the options' length
     * @return whether there is a plan, and why not
     */
    public SegmentationVerdict plan(Memory memory, int at, int octets, int maxPayload) {
        return plan(memory, at, octets, maxPayload, false);
    }

    /**
     * Takes a super-packet apart and plans its segments. Without a plan there are none.
     *
     * @param memory where it lies
     * @param at position of its IP header
     * @param octets its length, which has to be the one in the header
     * @param maxPayload octets of TCP or UDP payload that a segment may have, from 1
     * @param sameIdentification whether all segments carry the super-packet's IPv4 identification
     * @return whether there is a plan, and why not
     * @throws IndexOutOfBoundsException if the packet lies outside the region
     * @throws IllegalArgumentException if the payload is not positive
     */
    public SegmentationVerdict plan(Memory memory, int at, int octets, int maxPayload, boolean sameIdentification) {
        Objects.checkFromIndexSize(at, octets, memory.length());
        if (maxPayload < 1) {
            throw new IllegalArgumentException("segments of " + maxPayload + " octets of payload: expected 1 or more");
        }
        segments = 0;
        SegmentationVerdict verdict = packet.read(memory, at, octets);
        if (verdict != SegmentationVerdict.PLANNED) {
            return verdict;
        }
        if (isTcp()
                && (TcpHeader.flags(memory, packet.transportAt) & (TcpHeader.SYN | TcpHeader.RST | TcpHeader.URG))
                        != 0) {
            return SegmentationVerdict.UNREPEATABLE_FLAGS;
        }
        segmentOctets = maxPayload;
        segments = packet.payloadOctets == 0 ? 1 : (packet.payloadOctets - 1) / maxPayload + 1;
        fixedIdentification = sameIdentification;
        sumHeaders();
        return SegmentationVerdict.PLANNED;
    }

    /** What all segments share is summed once. */
    private void sumHeaders() {
        Memory memory = packet.memory;
        int at = packet.at;
        addressSum = packet.addressSum();
        if (!packet.v6) {
            ipSum = memory.int16(at) + (long) memory.int16(at + 6) + memory.int16(at + 8) + addressSum;
        }
        int transportAt = packet.transportAt;
        int header = packet.payloadAt - transportAt;
        transportSum = addressSum + packet.protocol;
        if (isTcp()) {
            transportSum += InternetChecksum.sum(memory, transportAt, 4)
                    + InternetChecksum.sum(memory, transportAt + TcpHeader.ACKNOWLEDGEMENT_AT, 4)
                    + memory.int16(transportAt + TcpHeader.URGENT_POINTER_AT)
                    + InternetChecksum.sum(memory, transportAt + TcpHeader.OCTETS, header - TcpHeader.OCTETS);
        } else {
            transportSum += InternetChecksum.sum(memory, transportAt, 4);
        }
    }

    private boolean isTcp() {
        return packet.protocol == NextHeader.TCP;
    }

    /** {@return how many segments there are, 0 without a plan} */
    public int segments() {
        return segments;
    }

    /** {@return octets of a segment's headers, IP and transport with options} */
    public int headerOctets() {
        return packet.payloadAt - packet.at;
    }

    /**
     * {@return a segment's length, headers and all}
     *
     * @param index which, from 0
     * @throws IndexOutOfBoundsException if there is no such segment
     */
    public int octets(int index) {
        return headerOctets() + payloadOctets(index);
    }

    /**
     * {@return octets of a segment's payload}
     *
     * @param index which, from 0
     * @throws IndexOutOfBoundsException if there is no such segment
     */
    public int payloadOctets(int index) {
        Objects.checkIndex(index, segments);
        return index < segments - 1 ? segmentOctets : packet.payloadOctets - index * segmentOctets;
    }

    /**
     * Writes a segment.
     *
     * @param index which, from 0
     * @param target where to; if it is the super-packet's region, the two may not overlap
     * @param targetAt position of its IP header there
     * @return its length
     * @throws IndexOutOfBoundsException if there is no such segment or no room for it; nothing is written then
     */
    public int write(int index, Memory target, int targetAt) {
        int payload = payloadOctets(index);
        int header = headerOctets();
        int octets = header + payload;
        Objects.checkFromIndexSize(targetAt, octets, target.length());
        packet.memory.copyTo(packet.at, target, targetAt, header);
        packet.memory.copyTo(packet.payloadAt + index * segmentOctets, target, targetAt + header, payload);
        writeIp(index, target, targetAt, octets);
        int transportAt = targetAt + packet.transportAt - packet.at;
        long sum = InternetChecksum.sum(target, targetAt + header, payload);
        if (isTcp()) {
            writeTcp(index, target, transportAt, octets - (transportAt - targetAt), sum);
        } else {
            writeUdp(target, transportAt, octets - (transportAt - targetAt), sum);
        }
        return octets;
    }

    private void writeIp(int index, Memory target, int at, int octets) {
        if (packet.v6) {
            Ipv6Header.totalOctets(target, at, octets);
            return;
        }
        int first = packet.memory.int16(packet.at + 4);
        int identification = fixedIdentification ? first : (first + index) & 0xffff;
        target.int32(at + 2, octets << 16 | identification);
        target.int16(at + 10, ~InternetChecksum.fold(ipSum + octets + identification));
    }

    private void writeTcp(int index, Memory target, int at, int tcpOctets, long payloadSum) {
        int flags = TcpHeader.flags(target, at);
        if (index > 0) {
            flags &= ~TcpHeader.CWR;
        }
        if (index < segments - 1) {
            flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
        }
        int sequence = TcpHeader.sequence(target, at) + index * segmentOctets;
        TcpHeader.flags(target, at, flags);
        TcpHeader.sequence(target, at, sequence);
        long sum = transportSum + payloadSum + tcpOctets + words(flags) + words(sequence);
        target.int16(at + TcpHeader.CHECKSUM_AT, ~InternetChecksum.fold(sum));
    }

    private void writeUdp(Memory target, int at, int udpOctets, long payloadSum) {
        target.int16(at + 4, udpOctets);
        if (!packet.v6 && UdpHeader.checksum(target, at) == 0) {
            return;
        }
        // The length is summed twice, in the pseudo-header and in the header.
        int checksum = ~InternetChecksum.fold(transportSum + payloadSum + udpOctets + udpOctets) & 0xffff;
        target.int16(at + 6, checksum == 0 ? 0xffff : checksum);
    }

    private static int words(int word) {
        return (word >>> 16) + (word & 0xffff);
    }
}
