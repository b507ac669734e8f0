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
    private final int[] packets;
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
        packets = new int[capacity];
        octets = new long[capacity];
        restored = new boolean[capacity];
        sorted = new int[capacity];
    }

    void clear() {
        count = 0;
        current = NONE;
        mixed = false;
    }

    /** The run of an SA; most packets take the one of the packet before. A burst has as many SAs as packets at most. */
    int of(SecurityAssociation wanted) {
        for (int run = count - 1; run >= 0; run--) {
            if (sa[run] == wanted) {
                return run;
            }
        }
        int run = count++;
        if (sa[run] != wanted) { // mostly it is the one of before, and a reference written costs more than one read
            sa[run] = wanted;
        }
        packets[run] = 0;
        octets[run] = 0;
        return run;
    }

    /** Packets of a run follow, those that go on appended to the crypto operations. */
    void enter(int run) {
        entered = operations.size();
        if (packets[run] == 0) {
            from[run] = entered;
        } else if (run != current) {
            mixed = true;
        }
        current = run;
    }

    /** They end; {@code cipherOctets} is what the lifetime of their SA will count. */
    void leave(int run, long cipherOctets) {
        packets[run] += operations.size() - entered;
        octets[run] += cipherOctets;
    }

    /** All packets are there: puts those of each run side by side, if they are not. */
    void order(Burst burst) {
        if (mixed) {
            sort(burst);
        }
    }

    /** A counting sort, which is stable. */
    private void sort(Burst burst) {
        int end = 0;
        for (int run = 0; run < count; run++) {
            end += packets[run];
            from[run] = end;
        }
        for (int position = operations.size() - 1; position >= 0; position--) {
            int index = operations.packet(position);
            sorted[--from[burst.run(index)]] = index;
        }
        for (int position = 0; position < operations.size(); position++) {
            operations.order(position, sorted[position]);
        }
    }

    /** Cuts a run off after some of its packets. */
    void cut(int run, int packetsKept) {
        packets[run] = packetsKept;
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
        return from[run] + packets[run];
    }

    int size(int run) {
        return packets[run];
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
