package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
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

/**
 * Whole journeys with real crypto, a burst of 32: the way out alone, and out and in again, since a packet can be opened only
 * once. {@link OwnCostBenchmark} is the same without crypto, {@link ProviderSealBenchmark} the crypto alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class JourneyBenchmark {
    private static final int PACKETS = 32;

    /** Who computes. */
    @Param({"ipsec-mb", "openssl", "jdk", "bouncycastle"})
    public String provider;

    /** The algorithms. */
    @Param({"aes128gcm16", "aes256gcm16"})
    public String transform;

    /** Octets of an inner packet. */
    @Param({"64", "256", "576", "1420", "8900"})
    public int size;

    /** Where packets lie. */
    @Param({"direct", "heap"})
    public String memory;

    private Traffic traffic;

    /** Two gateways. */
    @Setup
    public void setUp() {
        CryptoProvider chosen = CryptoProviders.load().named(provider);
        traffic = new Traffic(chosen, Transform.named(transform), PACKETS, size, memory.equals("direct"));
    }

    /** Closes the gateways. */
    @TearDown
    public void tearDown() {
        traffic.close();
    }

    /** {@return the burst of an encapsulation, filling it included} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Burst encapsulate() {
        traffic.offerInner();
        return traffic.encapsulate();
    }

    /** {@return the burst of an encapsulation and the decapsulation of what it made} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Burst outAndIn() {
        traffic.seal();
        traffic.offerOuter();
        return traffic.decapsulate();
    }
}
