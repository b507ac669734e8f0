package io.esp4j.tools.bench;

import io.esp4j.dataplane.Worker;

/**
 * A way out and a way in, and what their journeys took, which those of another pair of workers never touch. Threads: single owner
 * thread.
 *
 * @param out encapsulates
 * @param in decapsulates
 * @param encapsulation of it the time of journeys
 * @param decapsulation of it the time of journeys
 */
record Journeys(Worker out, Worker in, Samples encapsulation, Samples decapsulation) implements AutoCloseable {
    Journeys(Worker out, Worker in) {
        this(out, in, new Samples(), new Samples());
    }

    void clear() {
        encapsulation.clear();
        decapsulation.clear();
    }

    @Override
    public void close() {
        out.close();
        in.close();
    }
}
