package io.esp4j.offload.frame;

/** Takes frames over: from now on each is the sink's to pass on or to end. Threads: the simulation's one. */
@FunctionalInterface
public interface FrameSink {
    /**
     * Takes a frame.
     *
     * @param frame the frame
     */
    void accept(Frame frame);
}
