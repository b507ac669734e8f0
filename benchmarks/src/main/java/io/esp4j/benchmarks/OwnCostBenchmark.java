package io.esp4j.benchmarks;

import io.esp4j.memory.Memory;
import io.esp4j.replay.ReplayWindow;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** The two journeys without crypto, by size and kind of memory, beside their filling alone and a bare loop. */
@Fork(3)
public class OwnCostBenchmark extends OwnJourneys {
    /** Octets of an inner packet. */
    @Param("64")
    public int size;

    /** Where packets lie. */
    @Param({"direct", "heap"})
    public String memory;

    private static final int SLOT = 512;

    private Memory bareMemory;
    private ReplayWindow bareWindow;
    private long bareSequence;

    /** Two gateways, and sealed packets for the second. */
    @Setup
    public void setUp() {
        boolean direct = memory.equals("direct");
        begin(size, direct);
        bareMemory = direct ? Memory.allocateDirect(SLOT * PACKETS) : Memory.of(new byte[SLOT * PACKETS]);
        bareWindow = ReplayWindow.singleOwner(128, true, 0);
        bareSequence = 0;
    }

    /** {@return the burst, filled: what the others begin with} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Traffic fill() {
        encapsulated.offerInner();
        return encapsulated;
    }

    /** {@return the window of a bare loop that writes the octets of all headers and the trailer, and commits a number} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public ReplayWindow bareLoop() {
        Memory packets = bareMemory;
        for (int i = 0; i < PACKETS; i++) {
            int at = i * SLOT;
            long number = ++bareSequence;
            packets.int64(at, 0x4500_0068_0000_4000L);
            packets.int64(at + 8, 0x4032_0000_c000_0201L);
            packets.int32(at + 16, 0xc000_0202);
            packets.int64(at + 20, (0x1000L << 32) | (number & 0xffff_ffffL));
            packets.int64(at + 28, number);
            packets.int32(at + 36 + size, 0x0102_0204);
            bareWindow.commit(number);
        }
        return bareWindow;
    }
}
