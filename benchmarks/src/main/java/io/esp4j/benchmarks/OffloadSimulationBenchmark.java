package io.esp4j.benchmarks;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.offload.Machine;
import io.esp4j.offload.Network;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.HostSa;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import java.nio.ByteBuffer;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * Simulated packets from one host's stack through both NICs into the other's, with ESP but with crypto that computes nothing:
 * the simulator's own cost. At least 1,000,000 packets a second on one core is the aim, 1,000 ns each; so the JVM collects garbage
 * as it would choose to where it has one core.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 3, jvmArgsAppend = "-XX:+UseSerialGC")
public class OffloadSimulationBenchmark {
    private static final int PACKETS = 200;

    /** What both devices do; with NONE all is software's. */
    @Param({"CRYPTO", "PACKET", "NONE"})
    public String offload;

    /** Octets of the inner packet. */
    @Param({"64", "1400"})
    public int size;

    private Network network;
    private Machine near;
    private HostSa out;
    private byte[] packet;
    private long delivered;

    /** Two machines with an SA between them. */
    @Setup
    public void setUp() {
        IpAddress from = IpAddress.parse("192.0.2.1");
        IpAddress to = IpAddress.parse("192.0.2.2");
        network = Network.builder(1).provider(new NoOpCryptoProvider()).build();
        near = network.machine("near", from);
        Machine far = network.machine("far", to);
        network.connect(near, far);
        Transform transform = Transform.named("aes128gcm16");
        SaParameters parameters =
                SaParameters.tunnel(0x1000, transform, from, to).esn(true).build();
        KeyingMaterial key = KeyingMaterial.of(new byte[transform.keyOctets() + transform.saltOctets()]);
        OffloadMode mode = OffloadMode.valueOf(offload);
        out = near.host().install(new OffloadSa(parameters, key, SaDirection.TRANSMIT, mode, null, 1500), sa -> {});
        far.host().install(new OffloadSa(parameters, key, SaDirection.RECEIVE, mode, null, 1500), sa -> {});
        network.run();
        far.host().deliverTo((memory, at, octets, sa, protection, segments) -> delivered++);
        packet = new byte[size];
        ByteBuffer.wrap(packet)
                .putInt(0, 0x45000000 | size)
                .putInt(4, 0x4000)
                .putInt(8, 0x40110000)
                .putInt(12, 0x0a010001)
                .putInt(16, 0x0a020002);
        Ipv4Header.writeChecksum(Memory.of(packet), 0);
        deliver();
        if (delivered != PACKETS) {
            throw new IllegalStateException(delivered + " of " + PACKETS + " packets were delivered");
        }
    }

    /** {@return how many packets were delivered so far} */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long deliver() {
        for (int i = 0; i < PACKETS; i++) {
            near.host().send(out, packet);
        }
        network.run();
        return delivered;
    }
}
