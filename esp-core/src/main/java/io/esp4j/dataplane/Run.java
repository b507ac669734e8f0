package io.esp4j.dataplane;

/**
 * What one SA has in a burst: packets side by side, in the order they came, and what is noted of all of them. One for each
 * number, used again by every journey. Threads: single owner thread.
 */
final class Run {
    private final int number;
    private SecurityAssociation sa;
    private int from;
    private int packets;
    private long octets;
    private long draftedFrom;
    private boolean restored;

    Run(int number) {
        this.number = number;
    }

    /** An empty run of an SA. */
    void begin(SecurityAssociation of) {
        if (sa != of) { // mostly it is the one of before, and a reference written costs more than one read
            sa = of;
        }
        packets = 0;
        octets = 0;
    }

    void from(int position) {
        from = position;
    }

    /** The number that its first packet is drafted with. */
    void draftedFrom(long number) {
        draftedFrom = number;
    }

    /** More packets of it; {@code cipherOctets} is what the lifetime of its SA will count. */
    void extend(int morePackets, long cipherOctets) {
        packets += morePackets;
        octets += cipherOctets;
    }

    /** Cuts it off after some of its packets. */
    void cut(int packetsKept) {
        packets = packetsKept;
    }

    void restored(boolean whether) {
        restored = whether;
    }

    /** What a packet's row calls it. */
    int number() {
        return number;
    }

    SecurityAssociation sa() {
        return sa;
    }

    /** The position of its first packet, which is also its crypto operation. */
    int from() {
        return from;
    }

    /** The position after its last packet. */
    int to() {
        return from + packets;
    }

    int packets() {
        return packets;
    }

    long octets() {
        return octets;
    }

    /** The number to draft the next packet with. */
    long nextDraft() {
        return draftedFrom + packets;
    }

    /** Whether inbound packets that failed have their octets of the wire again. */
    boolean restored() {
        return restored;
    }
}
