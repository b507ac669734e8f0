package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.sa.SaParameters;
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
 * The whole way in of genuine packets, of forged ones that become zeros, and of forged ones that are restored because a
 * resynchronisation may need them. {@link ProviderOpenBenchmark} is the crypto alone. Every burst is made anew by a sender, outside of
 * what is timed; two looks at the clock are a nanosecond or two of each packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ForgedJourneyBenchmark {
    private static final int PACKETS = 32;

    /** Who computes. */
    @Param({"ipsec-mb", "openssl", "jdk"})
    public String provider;

    /** Octets of an inner packet. */
    @Param({"64", "1420"})
    public int size;

    /** What arrives and what becomes of it: {@code genuine}, {@code zeroised} or {@code restored}. */
    @Param({"genuine", "zeroised", "restored"})
    public String arrival;

    private Traffic traffic;
    private boolean forged;

    /** Two gateways. Without a resynchronisation nobody needs the octets of a refused packet. */
    @Setup
    public void setUp() {
        forged = !arrival.equals("genuine");
        ResynchronisationPolicy policy = arrival.equals("zeroised") ? null : ResynchronisationPolicy.DEFAULT;
        SaParameters sa = Traffic.tunnel(Transform.named("aes128gcm16"))
                .resynchronisation(policy)
                .build();
        traffic = new Traffic(CryptoProviders.load().named(provider), sa, PACKETS, size, true);
    }

    /** A burst of packets with the next numbers. */
    @Setup(Level.Invocation)
    public void arrive() {
        traffic.seal();
        if (forged) {
            traffic.forge();
        }
        traffic.offerOuter();
    }

    /** Closes the gateways. */
    @TearDown
    public void tearDown() {
        traffic.close();
    }

    /** {@return the burst, accepted or refused} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Burst decapsulate() {
        return traffic.decapsulate();
    }
}
