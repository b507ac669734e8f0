package io.esp4j.segment;

import io.esp4j.memory.Memory;

/**
 * A packet that leaves a {@link Coalescer}, merged or as it came. One object is used again and again: it holds until the call
 * that it was passed to returns. Threads: single owner thread.
 */
public final class CoalescedPacket {
    private Memory memory;
    private int at;
    private int octets;
    private int origin;
    private int segments;
    private int segmentOctets;
    private boolean sameIdentification;

    CoalescedPacket() {}

    CoalescedPacket alone(Memory region, int packetAt, int packetOctets, int packetOrigin) {
        return merged(region, packetAt, packetOctets, packetOrigin, 1, 0, false);
    }

    CoalescedPacket merged(
            Memory region, int packetAt, int packetOctets, int packetOrigin, int count, int payload, boolean same) {
        memory = region;
        at = packetAt;
        octets = packetOctets;
        origin = packetOrigin;
        segments = count;
        segmentOctets = payload;
        sameIdentification = same;
        return this;
    }

    /** {@return the region that it lies in: the coalescer's, or, as it came, the one it was offered in} */
    public Memory memory() {
        return memory;
    }

    /** {@return the position of its IP header} */
    public int at() {
        return at;
    }

    /** {@return its length} */
    public int octets() {
        return octets;
    }

    /** {@return the origin that all of it was offered with} */
    public int origin() {
        return origin;
    }

    /** {@return how many packets were merged, 1 for one that is as it came} */
    public int segments() {
        return segments;
    }

    /** {@return octets of payload in each segment but the last, which may be shorter; 0 for a packet that passed by} */
    public int segmentOctets() {
        return segmentOctets;
    }

    /** {@return whether all segments had the same IPv4 identification, rather than ones that count up} */
    public boolean sameIdentification() {
        return sameIdentification;
    }
}
