package io.esp4j.benchmarks;

import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.sa.Mode;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The two journeys of {@link OwnCostBenchmark}, tunnel mode and direct memory, in a process that has used other modes or
 * packets on the heap before: what the JIT has seen of those makes it compile the same loops in another way.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class CompanyBenchmark {
    private static final int PACKETS = 32;
    private static final int OCTETS = 64;
    private static final int BURSTS_BEFORE = 50_000;

    /** What else the process has carried: {@code none}, {@code modes}, {@code memories} or {@code both}. */
    @Param({"none", "modes", "memories", "both"})
    public String company;

    private Traffic encapsulated;
    private Traffic decapsulated;

    /** Two gateways, and the traffic of others, which is over when the measurement begins. */
    @Setup
    public void setUp() {
        boolean modes = company.equals("modes") || company.equals("both");
        boolean memories = company.equals("memories") || company.equals("both");
        for (Mode mode : Mode.values()) {
            if (modes || mode == Mode.TUNNEL) {
                keepCompany(mode, true);
                if (memories) {
                    keepCompany(mode, false);
                }
            }
        }
        encapsulated = traffic(Mode.TUNNEL, true);
        decapsulated = traffic(Mode.TUNNEL, true);
        decapsulated.seal();
    }

    private static void keepCompany(Mode mode, boolean direct) {
        try (Traffic out = traffic(mode, direct);
                Traffic in = traffic(mode, direct)) {
            in.seal();
            for (int i = 0; i < BURSTS_BEFORE; i++) {
                out.offerInner();
                out.encapsulate();
                in.decapsulateNext();
            }
        }
    }

    private static Traffic traffic(Mode mode, boolean direct) {
        Transform transform = Transform.named("aes128gcm16");
        return new Traffic(new NoOpCryptoProvider(), Traffic.sa(mode, transform).build(), PACKETS, OCTETS, direct);
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
}
