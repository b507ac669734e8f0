package io.esp4j.dataplane;

/**
 * The packets of a burst that go on, in the order of their SAs: packets of one SA side by side, in the order they came. A
 * run is what one SA has in the burst. Threads: single owner thread.
 *
 * <p>Packets are appended as they come. Where those of each SA come in one row, which is the rule, they are in order
 * already; only a burst in which SAs alternate is sorted.
 */
final class Runs {
    /** No SA. */
    static final int NONE = -1;

    private final SecurityAssociation[] sa;
    private final int[] from;
    private final int[] to;
    private final int[] operation;
    private final long[] octets;
    private final boolean[] restored;
    private final int[] packet;
    private final int[] sorted;
    private int count;
    private int packets;
    private int current;
    private boolean mixed;

    Runs(int capacity) {
        sa = new SecurityAssociation[capacity];
        from = new int[capacity];
        to = new int[capacity];
        operation = new int[capacity];
        octets = new long[capacity];
        restored = new boolean[capacity];
        packet = new int[capacity];
        sorted = new int[capacity];
    }

    /** Forgets everything. */
    void clear() {
        count = 0;
        begin();
    }

    /** Forgets the packets, not which SAs there are. */
    void begin() {
        packets = 0;
        current = NONE;
        mixed = false;
        for (int run = 0; run < count; run++) {
            from[run] = 0;
            to[run] = 0;
            octets[run] = 0;
        }
    }

    /** The run of an SA; most packets take the one of the packet before. A burst has as many SAs as packets at most. */
    int of(SecurityAssociation wanted) {
        for (int run = count - 1; run >= 0; run--) {
            if (sa[run] == wanted) {
                return run;
            }
        }
        int run = count++;
        sa[run] = wanted;
        from[run] = 0;
        to[run] = 0;
        octets[run] = 0;
        return run;
    }

    /** Appends a packet that goes on, and the octets that its SA's lifetime will count. */
    void append(int index, int run, int cipherOctets) {
        if (run != current) {
            enter(run);
        }
        packet[packets++] = index;
        to[run]++;
        octets[run] += cipherOctets;
    }

    /** Until {@link #order} a run's end is the number of its packets. */
    private void enter(int run) {
        mixed |= to[run] != 0;
        from[run] = packets;
        current = run;
    }

    /** All packets are there: finds where each run begins and ends. */
    void order(int[] runOfPacket) {
        if (mixed) {
            sort(runOfPacket);
        } else {
            for (int run = 0; run < count; run++) {
                to[run] += from[run];
            }
        }
    }

    /** A counting sort, which is stable. */
    private void sort(int[] runOfPacket) {
        int position = 0;
        for (int run = 0; run < count; run++) {
            from[run] = position;
            position += to[run];
            to[run] = from[run];
        }
        for (int i = 0; i < packets; i++) {
            int index = packet[i];
            sorted[to[runOfPacket[index]]++] = index;
        }
        System.arraycopy(sorted, 0, packet, 0, packets);
    }

    /** Cuts a run off after some of its packets. */
    void cut(int run, int packetsKept) {
        to[run] = from[run] + packetsKept;
    }

    int count() {
        return count;
    }

    SecurityAssociation sa(int run) {
        return sa[run];
    }

    /** The position of a run's first packet. */
    int from(int run) {
        return from[run];
    }

    /** The position after a run's last packet. */
    int to(int run) {
        return to[run];
    }

    int size(int run) {
        return to[run] - from[run];
    }

    int packet(int position) {
        return packet[position];
    }

    long octets(int run) {
        return octets[run];
    }

    /** The crypto operation of a run's first packet; those of the others follow. */
    int operation(int run) {
        return operation[run];
    }

    void operation(int run, int first) {
        operation[run] = first;
    }

    /** Whether the packets of an inbound run that failed have their octets of the wire again. */
    boolean restored(int run) {
        return restored[run];
    }

    void restored(int run, boolean whether) {
        restored[run] = whether;
    }
}
