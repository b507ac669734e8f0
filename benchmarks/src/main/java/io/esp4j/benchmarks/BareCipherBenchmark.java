package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
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

/** The way out with the {@code jdk} provider beside a bare {@link Cipher} that seals the same octets in arrays. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class BareCipherBenchmark {
    private static final int PACKETS = 32;
    private static final int SLOT = 16 * 1024;
    private static final int TRAILER_AND_PADDING = 4;

    /** Octets of an inner packet. */
    @Param({"64", "1420"})
    public int size;

    private final byte[] packets = new byte[PACKETS * SLOT];
    private final byte[] aad = new byte[12];
    private final SecretKeySpec key = new SecretKeySpec(new byte[16], "AES");
    private Cipher cipher;
    private long sequence;
    private Traffic traffic;

    /** A cipher, and a gateway. */
    @Setup
    public void setUp() throws GeneralSecurityException {
        cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        traffic =
                new Traffic(CryptoProviders.load().named("jdk"), Transform.named("aes128gcm16"), PACKETS, size, false);
    }

    /** Closes the gateway. */
    @TearDown
    public void tearDown() {
        traffic.close();
    }

    /** {@return the packets, each sealed under a nonce of its own} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public byte[] bareCipher() throws GeneralSecurityException {
        for (int i = 0; i < PACKETS; i++) {
            byte[] nonce = new byte[12]; // the cipher keeps it
            ByteBuffer.wrap(nonce).putLong(4, ++sequence);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
            cipher.updateAAD(aad);
            cipher.doFinal(packets, i * SLOT, size + TRAILER_AND_PADDING, packets, i * SLOT);
        }
        return packets;
    }

    /** {@return the burst of an encapsulation, filling it included} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public Burst journey() {
        traffic.offerInner();
        return traffic.encapsulate();
    }
}
