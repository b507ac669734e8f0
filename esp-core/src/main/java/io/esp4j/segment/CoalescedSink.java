package io.esp4j.segment;

/** Where a {@link Coalescer} delivers. Threads: called on the coalescer's thread. */
@FunctionalInterface
public interface CoalescedSink {
    /**
     * Takes a packet, which may not be used after the return. The coalescer may not be called from here.
     *
     * @param packet merged, or as it came
     */
    void deliver(CoalescedPacket packet);
}
