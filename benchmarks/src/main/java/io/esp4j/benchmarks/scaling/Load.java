package io.esp4j.benchmarks.scaling;

import io.esp4j.dataplane.Burst;

/**
 * A burst that a worker has in hand, with the place that its packets lie in. It goes to whoever drains the ring, and is its
 * worker's again when {@link #isFree}. Threads: belongs to one thread at a time.
 */
final class Load {
    final Burst burst;
    /** Position of the first packet's slot. */
    final int at;
    /** Where each packet lies once it is sealed. */
    final int[] offset;

    final int[] length;
    long ticket;
    private volatile boolean free = true;

    Load(int packets, int at) {
        burst = new Burst(packets);
        this.at = at;
        offset = new int[packets];
        length = new int[packets];
    }

    boolean isFree() {
        return free;
    }

    void take() {
        free = false;
    }

    void giveBack() {
        free = true;
    }
}
