package io.esp4j.dataplane;

/** Sees every packet that does not come out of a journey, with its outcome in the burst. */
@FunctionalInterface
public interface DropHook {
    /** Sees nothing. */
    DropHook NONE = (burst, index) -> {};

    /**
     * Called on the worker's thread, within the journey. The packet's octets are as its outcome leaves them; they may be read, not
     * changed. Must not throw.
     *
     * @param burst the burst
     * @param index the packet
     */
    void dropped(Burst burst, int index);
}
