package io.esp4j.benchmarks.scaling;

import io.esp4j.dataplane.Burst;

/** Where packets end: it looks at each, and at the order where there is one. Threads: one at a time. */
final class Sink {
    private long next;
    private long octets;

    void accept(Load load) {
        if (load.ticket != next) {
            throw new IllegalStateException("ticket " + load.ticket + " came out, expected " + next);
        }
        next++;
        look(load);
    }

    void look(Load load) {
        Burst burst = load.burst;
        for (int i = 0; i < burst.size(); i++) {
            octets += burst.length(i);
        }
        load.giveBack();
    }

    long octets() {
        return octets;
    }
}
