package io.esp4j.benchmarks;

import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.sa.SaBuilder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The two journeys without crypto, in bursts of 32: what is left is what esp4j itself costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class OwnJourneys {
    static final int PACKETS = 32;

    Traffic encapsulated;
    private Traffic decapsulated;

    /** Packets of tunnel mode on their way out, and sealed ones that arrive. */
    final void begin(int octets, boolean direct) {
        encapsulated = traffic(io.esp4j.sa.Mode.TUNNEL, octets, direct);
        decapsulated = traffic(io.esp4j.sa.Mode.TUNNEL, octets, direct);
        decapsulated.seal();
    }

    static Traffic traffic(io.esp4j.sa.Mode mode, int octets, boolean direct) {
        SaBuilder sa = Traffic.sa(mode, Transform.named("aes128gcm16"));
        return new Traffic(new NoOpCryptoProvider(), sa.build(), PACKETS, octets, direct);
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
