package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.wire.Ipv6Extensions;
import io.esp4j.wire.NextHeader;

/**
 * A fixed array of packets in one memory region, a row of numbers for each.
 *
 * <p>Each packet is a view, position and length, inside a slot that the caller gives it: ESP grows and shrinks the packet
 * in both directions within its slot, and touches nothing outside. After a journey the burst shows the packets as they
 * have become, and each one's outcome; it makes one journey between one {@link #reset} and the next. A single packet is
 * a burst of one.
 *
 * <p>Positions and lengths are octets. Threads: single owner thread.
 */
public final class Burst {
    private static final OutboundOutcome[] OUTBOUND = OutboundOutcome.values();
    private static final InboundOutcome[] INBOUND = InboundOutcome.values();

    /** The words of a packet's row: a line of the cache. */
    private static final int ROW_SHIFT = 4;

    private static final int OFFSET = 0;
    private static final int LENGTH = 1;
    private static final int SLOT_START = 2;
    private static final int SLOT_END = 3;
    private static final int RUN = 4;
    private static final int SPI = 5;
    private static final int PAYLOAD_OCTETS = 6;
    private static final int NEXT_HEADER = 7;
    private static final int OUTCOME = 8;
    private static final int TRAFFIC_CLASS = 9;

    final Runs runs;
    final CryptoBurst operations;
    final Ipv6Extensions extensions = new Ipv6Extensions();
    private final int[] rows;
    private final int capacity;
    Memory memory;
    Framing framing = Framing.IP;
    int domain;
    private int size;
    private boolean departed;

    /**
     * An empty burst.
     *
     * @param capacity how many packets it can hold, at least 1; 32 is a good number
     */
    public Burst(int capacity) {
        this.capacity = capacity;
        rows = new int[capacity << ROW_SHIFT];
        operations = new CryptoBurst(capacity);
        runs = new Runs(operations);
    }

    /**
     * Empties the burst for IP packets in a region, of domain 0.
     *
     * @param region where the packets to come lie
     */
    public void reset(Memory region) {
        reset(region, Framing.IP, 0);
    }

    /**
     * Empties the burst.
     *
     * @param region where the packets to come lie
     * @param packetFraming what inbound packets begin with
     * @param inboundDomain the domain that they came from, part of the SA database's key
     */
    public void reset(Memory region, Framing packetFraming, int inboundDomain) {
        if (memory != region) { // mostly it is the one of before, and a reference written costs more than one read
            memory = region;
        }
        framing = packetFraming;
        domain = inboundDomain;
        size = 0;
        departed = false;
        operations.reset(region);
        runs.clear();
    }

    /**
     * Adds a packet whose slot is the whole region.
     *
     * @param packetOffset position of its first octet
     * @param packetLength its octets
     * @return its index
     * @throws IndexOutOfBoundsException if the burst is full or the packet lies outside the region
     */
    public int add(int packetOffset, int packetLength) {
        return add(packetOffset, packetLength, 0, memory.length());
    }

    /**
     * Adds a packet.
     *
     * @param packetOffset position of its first octet
     * @param packetLength its octets
     * @param slotFrom position of the slot's first octet: the packet may grow to the left down to here
     * @param slotTo position after the slot's last octet: the packet may grow to the right up to here
     * @return its index
     * @throws IndexOutOfBoundsException if the burst is full, or packet, slot and region do not lie within each other
     */
    public int add(int packetOffset, int packetLength, int slotFrom, int slotTo) {
        int packetEnd = packetOffset + packetLength;
        if ((slotFrom | packetLength) < 0
                || packetOffset < slotFrom
                || packetEnd < packetOffset
                || slotTo < packetEnd
                || memory.length() < slotTo) {
            throw new IndexOutOfBoundsException(
                    "packet at " + packetOffset + " of " + packetLength + " octets in the slot from " + slotFrom
                            + " to " + slotTo + " of a region of " + memory.length() + " octets");
        }
        int index = size;
        int row = index << ROW_SHIFT;
        rows[row + OFFSET] = packetOffset;
        rows[row + LENGTH] = packetLength;
        rows[row + SLOT_START] = slotFrom;
        rows[row + SLOT_END] = slotTo;
        rows[row + RUN] = Runs.NONE;
        rows[row + SPI] = 0;
        rows[row + NEXT_HEADER] = 0;
        rows[row + OUTCOME] = 0;
        rows[row + TRAFFIC_CLASS] = 0;
        operations.describe(index, 0, 0, 0);
        size = index + 1;
        return index;
    }

    /**
     * Adds a dummy packet, which the receiver throws away (RFC 4303 §2.6); it goes with a tunnel-mode SA that
     * {@linkplain io.esp4j.sa.SaBuilder#dummies sends them}. In transport mode an IP packet whose protocol is 59 is one.
     *
     * @param packetOffset position of its first octet
     * @param packetLength its octets, at least 1, which are overwritten
     * @param slotFrom see {@link #add(int, int, int, int)}
     * @param slotTo see {@link #add(int, int, int, int)}
     * @return its index
     */
    public int addDummy(int packetOffset, int packetLength, int slotFrom, int slotTo) {
        int index = add(packetOffset, packetLength, slotFrom, slotTo);
        nextHeader(index, NextHeader.NONE);
        memory.zero(packetOffset, packetLength);
        return index;
    }

    /**
     * Says which SA an outbound packet takes: what a policy lookup found. At most once a packet.
     *
     * @param index the packet
     * @param outbound its SA, or null for none: the packet ends as {@link OutboundOutcome#NO_POLICY}
     */
    public void route(int index, OutboundSa outbound) {
        run(index, outbound == null ? Runs.NONE : runs.of(outbound).number());
    }

    /** {@return the region that the packets lie in} */
    public Memory memory() {
        return memory;
    }

    /** {@return how many packets it holds} */
    public int size() {
        return size;
    }

    /** {@return how many packets it can hold} */
    public int capacity() {
        return capacity;
    }

    /**
     * {@return the position of a packet's first octet}
     *
     * @param index the packet
     */
    public int offset(int index) {
        return rows[(index << ROW_SHIFT) + OFFSET];
    }

    /**
     * {@return a packet's length}
     *
     * @param index the packet
     */
    public int length(int index) {
        return rows[(index << ROW_SHIFT) + LENGTH];
    }

    /**
     * {@return where the ESP of an inbound packet was found, the position of its SPI; of use where there is an SA}
     *
     * @param index the packet
     */
    public int espOffset(int index) {
        return operations.packetOffset(index);
    }

    /**
     * {@return the octets of an inbound packet's ESP, from SPI to the end of the ICV; of use where there is an SA}
     *
     * @param index the packet
     */
    public int espLength(int index) {
        return operations.packetLength(index);
    }

    /**
     * {@return the SPI that a packet was sent or received with, 0 where there is none}
     *
     * @param index the packet
     */
    public int spi(int index) {
        return rows[(index << ROW_SHIFT) + SPI];
    }

    /**
     * {@return a packet's 64-bit sequence number: the inferred one where there is an SA with ESN}
     *
     * @param index the packet
     */
    public long sequence(int index) {
        return operations.packetSequence(index);
    }

    /**
     * {@return the protocol of what ESP carried, for an accepted packet: 4 or 41 in tunnel mode}
     *
     * @param index the packet
     */
    public int nextHeader(int index) {
        return rows[(index << ROW_SHIFT) + NEXT_HEADER];
    }

    /**
     * {@return the SA that a packet took, or null}
     *
     * @param index the packet
     */
    public SecurityAssociation sa(int index) {
        int run = run(index);
        return run == Runs.NONE ? null : runs.get(run).sa();
    }

    /**
     * {@return what became of an outbound packet}
     *
     * @param index the packet
     */
    public OutboundOutcome outbound(int index) {
        return OUTBOUND[outcome(index)];
    }

    /**
     * {@return what became of an inbound packet}
     *
     * @param index the packet
     */
    public InboundOutcome inbound(int index) {
        return INBOUND[outcome(index)];
    }

    /**
     * {@return a copy of a packet's octets}
     *
     * @param index the packet
     */
    public byte[] octets(int index) {
        byte[] copy = new byte[length(index)];
        memory.read(offset(index), copy, 0, copy.length);
        return copy;
    }

    /** Called by a journey before anything else: packets of an earlier one would be sealed or opened a second time. */
    void depart() {
        if (departed) {
            throw new IllegalStateException("the burst has made its journey: expected a reset, and packets added anew");
        }
        departed = true;
    }

    void view(int index, int packetOffset, int packetLength) {
        int row = index << ROW_SHIFT;
        rows[row + OFFSET] = packetOffset;
        rows[row + LENGTH] = packetLength;
    }

    void length(int index, int packetLength) {
        rows[(index << ROW_SHIFT) + LENGTH] = packetLength;
    }

    int slotStart(int index) {
        return rows[(index << ROW_SHIFT) + SLOT_START];
    }

    int slotEnd(int index) {
        return rows[(index << ROW_SHIFT) + SLOT_END];
    }

    int run(int index) {
        return rows[(index << ROW_SHIFT) + RUN];
    }

    void run(int index, int run) {
        rows[(index << ROW_SHIFT) + RUN] = run;
    }

    void spi(int index, int spi) {
        rows[(index << ROW_SHIFT) + SPI] = spi;
    }

    /** What ESP will carry of an outbound packet that was measured, or carried of an inbound one whose trailer is off. */
    int payloadOctets(int index) {
        return rows[(index << ROW_SHIFT) + PAYLOAD_OCTETS];
    }

    void payloadOctets(int index, int octets) {
        rows[(index << ROW_SHIFT) + PAYLOAD_OCTETS] = octets;
    }

    void nextHeader(int index, int nextHeader) {
        rows[(index << ROW_SHIFT) + NEXT_HEADER] = nextHeader;
    }

    /** The ordinal of an outcome, outbound or inbound. */
    int outcome(int index) {
        return rows[(index << ROW_SHIFT) + OUTCOME];
    }

    void outcome(int index, int ordinal) {
        rows[(index << ROW_SHIFT) + OUTCOME] = ordinal;
    }

    /** DSCP and ECN of the IP header that an inbound packet arrived with; 0, which is Not-ECT, where a socket kept it. */
    int trafficClass(int index) {
        return rows[(index << ROW_SHIFT) + TRAFFIC_CLASS];
    }

    void trafficClass(int index, int trafficClass) {
        rows[(index << ROW_SHIFT) + TRAFFIC_CLASS] = trafficClass;
    }

    /** Notes where the ESP of a packet lies, and its number. */
    void esp(int index, int espAt, int espOctets, int spi, long sequence) {
        spi(index, spi);
        operations.describe(index, espAt, espOctets, sequence);
    }
}
