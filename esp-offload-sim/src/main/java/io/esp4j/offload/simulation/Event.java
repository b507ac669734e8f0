package io.esp4j.offload.simulation;

/** Something that happens at a simulated time. Threads: the simulation's one. */
@FunctionalInterface
public interface Event {
    /** Happens. */
    void happen();
}
