package io.esp4j.offload;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.driver.AddReply;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a device can do in one direction, measured by asking it: how many SAs, how fast they are installed, how fast it
 * encrypts or decrypts. Each measurement is a run of its own, with the parameters given. Stateless.
 */
public final class DeviceMetrics {
    private static final IpAddress NEAR = IpAddress.parse("192.0.2.1");
    private static final IpAddress FAR = IpAddress.parse("192.0.2.2");
    private static final int FIRST_SPI = 0x10000;

    /**
     * How a device installs SAs.
     *
     * @param most how many it takes
     * @param perSecond how many a second, with several callers that each wait for their reply
     * @param p50Nanos median time from call to reply
     * @param p99Nanos the time that 99 of 100 replies take at most
     */
    public record Installation(int most, double perSecond, long p50Nanos, long p99Nanos) {}

    /**
     * How fast a device encrypts or decrypts packets of one size.
     *
     * @param packetOctets octets of each packet before encryption
     * @param packetsPerSecond packets a second
     * @param bitsPerSecond bits of those packets a second
     */
    public record Throughput(int packetOctets, double packetsPerSecond, double bitsPerSecond) {}

    private DeviceMetrics() {}

    private static OffloadSa sa(int number, SaDirection direction, OffloadMode mode) {
        Transform transform = Transform.named("aes128gcm16");
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        new Random(number).nextBytes(key);
        SaParameters parameters =
                SaParameters.tunnel(FIRST_SPI + number, transform, NEAR, FAR).build();
        return new OffloadSa(parameters, KeyingMaterial.of(key), direction, mode, null, Integer.MAX_VALUE);
    }

    /**
     * Installs SAs until the device refuses one.
     *
     * @param settings a fresh builder
     * @param direction which way their packets go
     * @param callers how many install at a time, each waiting for its reply, at least 1
     * @return how it went
     */
    public static Installation installation(Network.Builder settings, SaDirection direction, int callers) {
        Network network = settings.build();
        Machine machine = network.machine("device", NEAR);
        Installer installer = new Installer(network, machine, direction);
        for (int caller = 0; caller < callers; caller++) {
            installer.next();
        }
        network.run();
        double seconds = installer.lastNanos / 1e9;
        return new Installation(
                installer.installed,
                installer.installed / seconds,
                machine.physical().installNanos().quantile(0.5),
                machine.physical().installNanos().quantile(0.99));
    }

    /** A caller that is answered goes on; one that is refused stops. */
    private static final class Installer {
        private final Network network;
        private final Machine machine;
        private final SaDirection direction;
        private int asked;
        private int installed;
        private long lastNanos;

        Installer(Network network, Machine machine, SaDirection direction) {
            this.network = network;
            this.machine = machine;
            this.direction = direction;
        }

        void next() {
            asked++;
            machine.physical().stateAdd(sa(asked, direction, OffloadMode.CRYPTO), this::answered);
        }

        private void answered(AddReply reply) {
            if (reply.ok()) {
                installed++;
                lastNanos = network.simulation().nowNanos();
                next();
            }
        }
    }

    /**
     * Sends packets of each size through a device with crypto offload, as many at once as wait for its crypto unit, over a link and a bus that
     * don't limit it.
     *
     * @param seed of the runs
     * @param cryptoBitsPerSecond the device's {@link Parameter#AGENT_CRYPTO_BITS_PER_SECOND}
     * @param direction which way
     * @param sizes octets of IPv4 packets before encryption, 28 to 9000
     * @return how fast each size went
     */
    public static List<Throughput> throughput(
            long seed, long cryptoBitsPerSecond, SaDirection direction, int... sizes) {
        List<Throughput> measured = new ArrayList<>();
        for (int size : sizes) {
            Network network = Network.builder(seed)
                    .with(Parameter.AGENT_CRYPTO_BITS_PER_SECOND, cryptoBitsPerSecond)
                    .with(Parameter.LINK_BITS_PER_SECOND, 0)
                    .with(Parameter.DMA_BITS_PER_SECOND, 0)
                    .with(Parameter.LINK_MTU, 65_535)
                    .build();
            measured.add(throughput(network, direction, size));
        }
        return measured;
    }

    private static Throughput throughput(Network network, SaDirection direction, int size) {
        Machine near = network.machine("near", NEAR);
        Machine far = network.machine("far", FAR);
        network.connect(near, far);
        boolean transmit = direction == SaDirection.TRANSMIT;
        OffloadMode here = transmit ? OffloadMode.CRYPTO : OffloadMode.NONE;
        OffloadMode there = transmit ? OffloadMode.NONE : OffloadMode.CRYPTO;
        HostSa out = near.host().install(sa(0, SaDirection.TRANSMIT, here), done -> {});
        far.host().install(sa(0, SaDirection.RECEIVE, there), done -> {});
        network.run();
        int packets = (int) network.simulation().value(Parameter.AGENT_QUEUE_FRAMES);
        byte[] packet = packet(size);
        long[] times = new long[2];
        int[] seen = {0};
        far.host().deliverTo((memory, at, octets, sa, protection, segments) -> {
            times[seen[0] == 0 ? 0 : 1] = network.simulation().nowNanos();
            seen[0]++;
        });
        for (int i = 0; i < packets; i++) {
            near.host().send(out, packet);
        }
        network.run();
        double seconds = (times[1] - times[0]) / 1e9;
        double perSecond = (seen[0] - 1) / seconds;
        return new Throughput(size, perSecond, perSecond * size * Byte.SIZE);
    }

    private static byte[] packet(int octets) {
        byte[] whole = new byte[octets];
        ByteBuffer packet = ByteBuffer.wrap(whole);
        packet.put(0, (byte) 0x45).putShort(2, (short) octets).putShort(6, (short) Ipv4Header.DONT_FRAGMENT);
        packet.put(8, (byte) 64)
                .put(9, (byte) NextHeader.UDP)
                .putInt(12, 0x0a010001)
                .putInt(16, 0x0a020002);
        Ipv4Header.writeChecksum(Memory.of(whole), 0);
        return whole;
    }
}
