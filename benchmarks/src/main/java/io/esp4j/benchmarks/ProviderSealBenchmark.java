package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoBurst;
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

/** Sealing with a provider and nothing around it but new numbers and IVs, which {@link #renumber} measures alone. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ProviderSealBenchmark {
    /** Octets of an inner packet. */
    @Param({"64", "1420"})
    public int size;

    /** Name of a transform. */
    @Param("aes128gcm16")
    public String transform;

    /** Name of a provider. */
    @Param({"ipsec-mb", "openssl", "jdk"})
    public String provider;

    /** Packets in a run: 1 to 32, a power of two. */
    @Param({"1", "32"})
    public int burst;

    /** Where packets lie. */
    @Param({"direct", "heap"})
    public String memory;

    private ProviderPackets packets;

    /** Key, session and packets. */
    @Setup
    public void setUp() {
        packets = new ProviderPackets(provider, transform, size, memory.equals("direct"));
        packets.renumber();
        packets.seal(burst);
        packets.require(CryptoBurst.DONE);
    }

    /** Frees them. */
    @TearDown
    public void tearDown() {
        packets.close();
    }

    /** {@return the sealed packets} */
    @Benchmark
    @OperationsPerInvocation(ProviderPackets.PACKETS)
    public CryptoBurst seal() {
        packets.renumber();
        packets.seal(burst);
        return packets.burst();
    }

    /** {@return what {@link #seal} does beside sealing} */
    @Benchmark
    @OperationsPerInvocation(ProviderPackets.PACKETS)
    public CryptoBurst renumber() {
        packets.renumber();
        return packets.burst();
    }
}
