package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;

/**
 * The packets of a burst that go on, in the order of their SAs: a {@link Run} for each. Threads: single owner thread.
 *
 * <p>Packets are appended as they come. Where those of each SA come in one row, which is the rule, they are in order
 * already; only a burst in which SAs alternate is sorted.
 */
final class Runs {
    /** No run. */
    static final int NONE = -1;

    private final Run[] runs;
    private final CryptoBurst operations;
    private final int[] sorted;
    private int count;
    private int current;
    private int entered;
    private boolean mixed;

    Runs(CryptoBurst operations) {
        this.operations = operations;
        int capacity = operations.capacity();
        runs = new Run[capacity];
        for (int number = 0; number < capacity; number++) {
            runs[number] = new Run(number);
        }
        sorted = new int[capacity];
    }

    void clear() {
        count = 0;
        current = NONE;
        mixed = false;
    }

    /** The run of an SA; most packets take the one of the packet before. A burst has as many SAs as packets at most. */
    Run of(SecurityAssociation wanted) {
        for (int number = count - 1; number >= 0; number--) {
            if (runs[number].sa() == wanted) {
                return runs[number];
            }
        }
        Run run = runs[count++];
        run.begin(wanted);
        return run;
    }

    /** Packets of a run follow, those that go on appended to the crypto operations. */
    void enter(Run run) {
        entered = operations.size();
        if (run.packets() == 0) {
            run.from(entered);
        } else if (run.number() != current) {
            mixed = true;
        }
        current = run.number();
    }

    /** They end; {@code cipherOctets} is what the lifetime of their SA will count. {@return how many of them go on} */
    int leave(Run run, long cipherOctets) {
        int packets = operations.size() - entered;
        run.extend(packets, cipherOctets);
        return packets;
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
        for (int number = 0; number < count; number++) {
            end += runs[number].packets();
            runs[number].from(end);
        }
        for (int position = operations.size() - 1; position >= 0; position--) {
            int packet = operations.packet(position);
            Run run = runs[burst.run(packet)];
            run.from(run.from() - 1);
            sorted[run.from()] = packet;
        }
        for (int position = 0; position < operations.size(); position++) {
            operations.order(position, sorted[position]);
        }
    }

    int count() {
        return count;
    }

    Run get(int number) {
        return runs[number];
    }
}
