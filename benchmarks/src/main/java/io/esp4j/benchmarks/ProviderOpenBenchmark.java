package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoBurst;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * Opening with a provider: genuine packets, forged ones that are zeroised, forged ones that are restored. Every figure includes
 * putting the packets back as they arrived, which {@link #copy} measures alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ProviderOpenBenchmark {
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

    /** What arrives and what becomes of it: {@code genuine}, {@code zeroised} or {@code restored}. */
    @Param({"genuine", "zeroised", "restored"})
    public String arrival;

    private ProviderPackets packets;
    private boolean restore;

    /** Key, session and sealed packets. */
    @Setup
    public void setUp() {
        packets = new ProviderPackets(provider, transform, size, memory.equals("direct"));
        packets.renumber();
        packets.seal(burst);
        packets.remember();
        if (!arrival.equals("genuine")) {
            packets.forge();
        }
        restore = arrival.equals("restored");
    }

    /** Every packet must have ended as it should. */
    @TearDown(Level.Iteration)
    public void check() {
        packets.recall();
        packets.open(burst, restore);
        packets.require(arrival.equals("genuine") ? CryptoBurst.DONE : CryptoBurst.ICV_MISMATCH);
    }

    /** Frees them. */
    @TearDown
    public void tearDown() {
        packets.close();
    }

    /** {@return the packets, opened or refused} */
    @Benchmark
    @OperationsPerInvocation(ProviderPackets.PACKETS)
    public CryptoBurst open() {
        packets.recall();
        packets.open(burst, restore);
        return packets.burst();
    }

    /** {@return what {@link #open} does beside opening} */
    @Benchmark
    @OperationsPerInvocation(ProviderPackets.PACKETS)
    public CryptoBurst copy() {
        packets.recall();
        return packets.burst();
    }
}
