package io.esp4j.offload.link;

import io.esp4j.offload.frame.Frame;

/** Sees what a link carries. Threads: the simulation's one. */
@FunctionalInterface
public interface LinkObserver {
    /**
     * A frame begins to leave; it may get lost yet.
     *
     * @param nanos when
     * @param frame the frame, to be looked at only
     */
    void left(long nanos, Frame frame);
}
