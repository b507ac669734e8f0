package io.esp4j.offload.host;

import io.esp4j.memory.Memory;

/** Whoever waits for a host's packets. Threads: the simulation's one. */
@FunctionalInterface
public interface DeliverySink {
    /**
     * Takes a packet, which may not be used after the return.
     *
     * @param memory where it lies
     * @param at position of its IP header
     * @param octets its length
     * @param sa the SA that it came through, null for none
     * @param protection how it came
     * @param segments how many packets were merged into it
     */
    void delivered(Memory memory, int at, int octets, HostSa sa, Protection protection, int segments);
}
