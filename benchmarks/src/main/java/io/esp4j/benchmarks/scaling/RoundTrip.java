package io.esp4j.benchmarks.scaling;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.wire.Ipv4Header;

/** Bursts of small packets out and in again. Threads: single owner thread. */
final class RoundTrip {
    static final int PACKETS = 32;
    static final int OCTETS = 64;
    private static final int SLOT = 256;
    private static final int HEADROOM = 96;

    private final Memory memory = Memory.allocateDirect(SLOT * PACKETS);
    private final Burst burst = new Burst(PACKETS);
    private final int[] offset = new int[PACKETS];
    private final int[] length = new int[PACKETS];

    /** Seals a burst with one SA, and opens what came of it, all of which must be accepted. */
    void run(Worker sender, OutboundSa sa, Worker receiver) {
        burst.reset(memory);
        for (int i = 0; i < PACKETS; i++) {
            int at = i * SLOT + HEADROOM;
            memory.int64(at, (0x4500_0000L | OCTETS) << 32 | Ipv4Header.DONT_FRAGMENT);
            memory.int32(at + 8, 0x4011_0000);
            memory.int64(at + 12, 0x0a00_0001_0a00_0002L);
            Ipv4Header.writeChecksum(memory, at);
            burst.add(at, OCTETS, i * SLOT, (i + 1) * SLOT);
        }
        sender.encapsulate(burst, sa);
        for (int i = 0; i < PACKETS; i++) {
            offset[i] = burst.offset(i);
            length[i] = burst.length(i);
        }
        burst.reset(memory);
        for (int i = 0; i < PACKETS; i++) {
            burst.add(offset[i], length[i], i * SLOT, (i + 1) * SLOT);
        }
        receiver.decapsulate(burst);
        for (int i = 0; i < PACKETS; i++) {
            if (burst.inbound(i) != InboundOutcome.ACCEPTED) {
                throw new IllegalStateException("a packet ended as " + burst.inbound(i));
            }
        }
    }
}
