package io.esp4j.benchmarks;

import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.memory.Memory;
import io.esp4j.replay.ReplayWindow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The two journeys without crypto: what is left is what esp4j itself costs. A burst has 32 packets. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OwnCostBenchmark {
    private static final int PACKETS = 32;

    /** Octets of an inner packet. */
    @Param("64")
    public int size;

    /** Where packets lie. */
    @Param({"direct", "heap"})
    public String memory;

    private static final int SLOT = 512;

    private Traffic encapsulated;
    private Traffic decapsulated;
    private Memory bareMemory;
    private ReplayWindow bareWindow;
    private long bareSequence;

    /** Two gateways, and sealed packets for the second. */
    @Setup
    public void setUp() {
        Transform transform = Transform.named("aes128gcm16");
        boolean direct = memory.equals("direct");
        encapsulated = new Traffic(new NoOpCryptoProvider(), transform, PACKETS, size, direct);
        decapsulated = new Traffic(new NoOpCryptoProvider(), transform, PACKETS, size, direct);
        decapsulated.seal();
        bareMemory = direct ? Memory.allocateDirect(SLOT * PACKETS) : Memory.of(new byte[SLOT * PACKETS]);
        bareWindow = ReplayWindow.singleOwner(128, true, 0);
        bareSequence = 0;
    }

    /** Closes the gateways. */
    @TearDown
    public void tearDown() {
        encapsulated.close();
        decapsulated.close();
    }

    /** {@return the burst of a whole encapsulation, filling it included} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Burst encapsulate() {
        encapsulated.offerInner();
        return encapsulated.encapsulate();
    }

    /** {@return the burst of a whole decapsulation, filling it and renumbering its packets included} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Burst decapsulate() {
        return decapsulated.decapsulateNext();
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
