package io.esp4j.dataplane;

/**
 * The packets of a burst in the order of their SAs: packets of one SA side by side, runs in the order of their first
 * packets, packets of a run in the order they came. While a journey prepares the packets it keeps those that go on, run
 * by run; in the end a position here is the index of the packet's crypto operation. Threads: single owner thread.
 */
final class Runs {
    private final int[] packet;
    private final int[] from;
    private final int[] to;
    private final SecurityAssociation[] sorted;
    private int count;
    private int kept;

    Runs(int capacity) {
        packet = new int[capacity];
        from = new int[capacity];
        to = new int[capacity];
        sorted = new SecurityAssociation[capacity];
    }

    /**
     * Sorts the packets that are not yet decided. A burst of one SA takes one pass, one of n SAs n passes; bursts are short.
     */
    void sort(Burst burst) {
        SecurityAssociation[] sa = burst.sa;
        byte[] outcome = burst.outcome;
        int size = burst.size();
        int position = 0;
        count = 0;
        kept = 0;
        for (int first = 0; first < size && position < size; first++) {
            SecurityAssociation current = sa[first];
            if (outcome[first] != 0 || isSorted(current)) {
                continue;
            }
            from[count] = position;
            for (int i = first; i < size; i++) {
                if (sa[i] == current && outcome[i] == 0) {
                    packet[position++] = i;
                }
            }
            to[count] = position;
            sorted[count++] = current;
        }
    }

    private boolean isSorted(SecurityAssociation sa) {
        for (int run = 0; run < count; run++) {
            if (sorted[run] == sa) {
                return true;
            }
        }
        return false;
    }

    int count() {
        return count;
    }

    /** The position of a run's first packet. */
    int from(int run) {
        return from[run];
    }

    /** The position after a run's last packet. */
    int to(int run) {
        return to[run];
    }

    int packet(int position) {
        return packet[position];
    }

    SecurityAssociation sa(int run) {
        return sorted[run];
    }

    /** Keeps a packet of the run at hand: it goes on. Packets are kept in the order of their positions. */
    void keep(int index) {
        packet[kept++] = index;
    }

    /** Ends the keeping of a run: it now consists of what was kept since the run before it was closed. */
    void close(int run) {
        from[run] = run == 0 ? 0 : to[run - 1];
        to[run] = kept;
    }

    /** Takes back what was kept since the run before was closed, to keep some of it again. */
    void reopen(int run) {
        kept = from[run];
    }
}
