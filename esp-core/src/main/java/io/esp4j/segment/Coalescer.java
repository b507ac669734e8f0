package io.esp4j.segment;

import io.esp4j.memory.Memory;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;
import java.util.Objects;

/**
 * Merges TCP segments that follow one another into one packet (GRO): what {@link Segmenter} would cut into exactly the
 * packets that were offered, octet for octet.
 *
 * <p>A packet continues the one held for its connection if it has
 * <ul>
 *   <li>the next sequence number, the same acknowledgement number, window, options, urgent pointer and flags, except that it may add FIN
 *       or PSH and the first may have CWR;
 *   <li>the same DSCP, ECN, TTL or hop limit, Don't Fragment and flow label, and an IPv4 identification that counts up or,
 *       with Don't Fragment, stays the same throughout;
 *   <li>the same <em>origin</em>, a number that the caller chooses: what came in clear, and what came out of different SAs,
 *       never merges;
 *   <li>at most the first one's payload, and room in the slot.
 * </ul>
 * A short segment, FIN or PSH completes the packet. Packets without payload, with SYN, RST or URG, with a wrong checksum, fragments,
 * options, and everything that is not TCP (ESP for one) pass as they came; what is held of their connection goes first, so that
 * no connection is reordered.
 *
 * <p>Deviation: Linux also merges a checksum that is right but not what a sender computes (ffff, the other zero of one's
 * complement), which segmentation does not give back. See docs/adr/0016.
 *
 * <p>Call {@link #flush} at the end of each burst: what is held waits for it. Threads: single owner thread.
 */
public final class Coalescer {
    /** The longest packet that the length fields of IP allow. */
    public static final int MAX_OCTETS = 65_535;

    private static final int PASS_ALONE = TcpHeader.SYN | TcpHeader.RST | TcpHeader.URG | TcpHeader.FIN | TcpHeader.PSH;

    private final int maxOctets;
    private final CoalescedSink sink;
    private final CoalescedPacket delivered = new CoalescedPacket();
    private final TransportPacket packet = new TransportPacket();
    /** The first {@link #count} are held, oldest first; the others are free. */
    private final HeldFlow[] flows;

    private int count;

    /**
     * A coalescer that holds nothing.
     *
     * @param memory where merged packets come to lie; its first {@code maxFlows * maxOctets} octets belong to the coalescer
     * @param maxFlows connections held at a time, from 1; 8 is a good number for a queue of a NIC
     * @param maxOctets the longest merged packet with its headers, 60 to {@link #MAX_OCTETS}
     * @param sink where packets go
     * @throws IllegalArgumentException if a number is out of range or the memory too small
     */
    public Coalescer(Memory memory, int maxFlows, int maxOctets, CoalescedSink sink) {
        if (maxFlows < 1 || maxOctets < 60 || maxOctets > MAX_OCTETS || (long) maxFlows * maxOctets > memory.length()) {
            throw new IllegalArgumentException(maxFlows + " flows of " + maxOctets + " octets in a region of "
                    + memory.length() + ": expected 1 flow or more, 60 to " + MAX_OCTETS + " octets, and room for all");
        }
        this.maxOctets = maxOctets;
        this.sink = Objects.requireNonNull(sink, "sink");
        flows = new HeldFlow[maxFlows];
        for (int i = 0; i < maxFlows; i++) {
            flows[i] = new HeldFlow(memory, i * maxOctets, maxOctets);
        }
    }

    /**
     * Takes an IP packet: it is merged, held or delivered. Its octets are copied where they are held, and never changed.
     *
     * @param memory where it lies; not in the coalescer's own octets
     * @param at position of its IP header
     * @param octets its length; a packet with octets behind it (padding of Ethernet) is not merged
     * @param origin what it may merge with: 0 for clear text, and one number for each SA, say
     * @throws IndexOutOfBoundsException if the packet lies outside the region
     */
    public void offer(Memory memory, int at, int octets, int origin) {
        Objects.checkFromIndexSize(at, octets, memory.length());
        SegmentationVerdict verdict = packet.read(memory, at, octets);
        if (verdict == SegmentationVerdict.PLANNED && packet.protocol == NextHeader.TCP) {
            offerTcp(origin);
            return;
        }
        if (verdict != SegmentationVerdict.PLANNED && packet.mayBeTcp()) {
            completeAllOfAddresses(); // its ports are not known
        }
        sink.deliver(delivered.alone(memory, at, octets, origin));
    }

    private void offerTcp(int origin) {
        int flags = TcpHeader.flags(packet.memory, packet.transportAt);
        int held = find();
        long payloadSum = InternetChecksum.sum(packet.memory, packet.payloadAt, packet.payloadOctets);
        boolean mergeable = packet.payloadOctets > 0 && isSound(payloadSum);
        if (mergeable && held >= 0 && (flags & (TcpHeader.SYN | TcpHeader.RST | TcpHeader.URG)) == 0) {
            HeldFlow flow = flows[held];
            if (flow.isContinuedBy(packet, origin)) {
                flow.append(packet, payloadSum);
                if (flow.isComplete(packet.payloadOctets)) {
                    complete(held);
                }
                return;
            }
        }
        if (held >= 0) {
            complete(held);
        }
        if (mergeable && (flags & PASS_ALONE) == 0 && packet.octets <= maxOctets) {
            hold(origin, payloadSum);
        } else {
            sink.deliver(delivered.alone(packet.memory, packet.at, packet.octets, origin));
        }
    }

    /** Whether both checksums are right, and what a sender computes. */
    private boolean isSound(long payloadSum) {
        Memory memory = packet.memory;
        if (!packet.v6
                && (memory.int16(packet.at + 10) == 0xffff
                        || InternetChecksum.fold(InternetChecksum.sum(memory, packet.at, Ipv4Header.OCTETS))
                                != 0xffff)) {
            return false;
        }
        int header = packet.payloadAt - packet.transportAt;
        long sum = packet.addressSum() + InternetChecksum.sum(memory, packet.transportAt, header) + payloadSum;
        sum = InternetChecksum.pseudoHeader(sum, NextHeader.TCP, header + packet.payloadOctets);
        return InternetChecksum.fold(sum) == 0xffff
                && memory.int16(packet.transportAt + TcpHeader.CHECKSUM_AT) != 0xffff;
    }

    private int find() {
        for (int i = 0; i < count; i++) {
            if (flows[i].isOfConnection(packet)) {
                return i;
            }
        }
        return -1;
    }

    private void hold(int origin, long payloadSum) {
        if (count == flows.length) {
            complete(0);
        }
        flows[count++].begin(packet, origin, payloadSum);
    }

    private void completeAllOfAddresses() {
        for (int i = 0; i < count; ) {
            if (flows[i].isOfAddresses(packet)) {
                complete(i);
            } else {
                i++;
            }
        }
    }

    private void complete(int index) {
        HeldFlow flow = flows[index];
        count--;
        System.arraycopy(flows, index + 1, flows, index, count - index);
        flows[count] = flow;
        sink.deliver(flow.complete(delivered));
    }

    /** Delivers all that is held, the oldest first. */
    public void flush() {
        while (count > 0) {
            complete(0);
        }
    }

    /** {@return how many connections have something held} */
    public int held() {
        return count;
    }
}
