package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;

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
    private final long[] octets;
    private final boolean[] restored;
    private final CryptoBurst operations;
    private final int[] sorted;
    private int count;
    private int current;
    private int entered;
    private boolean mixed;

    Runs(CryptoBurst operations) {
        this.operations = operations;
        int capacity = operations.capacity();
        sa = new SecurityAssociation[capacity];
        from = new int[capacity];
        to = new int[capacity];
        octets = new long[capacity];
        restored = new boolean[capacity];
        sorted = new int[capacity];
    }

    /** Forgets everything. */
    void clear() {
        count = 0;
        begin();
    }

    /** Forgets the packets, not which SAs there are. */
    void begin() {
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

    /** Packets of a run follow, those that go on appended to the crypto operations. */
    void enter(int run) {
        int packets = operations.size();
        if (to[run] == 0) {
            from[run] = packets;
        } else if (run != current) {
            mixed = true;
        }
        current = run;
        entered = packets;
    }

    /** They end; {@code cipherOctets} is what the lifetime of their SA will count. Until {@link #order} a run's end is the number of its packets. */
    void leave(int run, long cipherOctets) {
        to[run] += operations.size() - entered;
        octets[run] += cipherOctets;
    }

    /** All packets are there: finds where each run begins and ends. */
    void order(Burst burst) {
        if (mixed) {
            sort(burst);
        } else {
            for (int run = 0; run < count; run++) {
                to[run] += from[run];
            }
        }
    }

    /** A counting sort, which is stable. */
    private void sort(Burst burst) {
        int position = 0;
        for (int run = 0; run < count; run++) {
            from[run] = position;
            position += to[run];
            to[run] = from[run];
        }
        int packets = operations.size();
        for (int i = 0; i < packets; i++) {
            int index = operations.packet(i);
            sorted[to[burst.run(index)]++] = index;
        }
        for (int i = 0; i < packets; i++) {
            operations.order(i, sorted[i]);
        }
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

    /** The position of a run's first packet, which is also its crypto operation. */
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
        return operations.packet(position);
    }

    long octets(int run) {
        return octets[run];
    }

    /** Whether the packets of an inbound run that failed have their octets of the wire again. */
    boolean restored(int run) {
        return restored[run];
    }

    void restored(int run, boolean whether) {
        restored[run] = whether;
    }
}
