package io.esp4j.offload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Machine a, machine b, a link between them, and what tests do with them. Threads: single owner thread. */
final class Lab {
    static final String A = "192.0.2.1";
    static final String B = "192.0.2.2";
    static final String INNER_A = "10.1.0.1";
    static final String INNER_B = "10.2.0.2";
    static final String A6 = "2001:db8::1";
    static final String B6 = "2001:db8::2";
    static final String INNER_A6 = "2001:db8:1::1";
    static final String INNER_B6 = "2001:db8:2::2";
    static final int SPI = 0x1000;

    final Network network;
    final Machine a;
    final Machine b;
    final Wire wire;
    final List<Delivery> received;

    Lab(Network.Builder builder) {
        network = builder.build();
        a = network.machine("a", IpAddress.parse(A));
        b = network.machine("b", IpAddress.parse(B));
        network.connect(a, b);
        network.neighbours().enter(IpAddress.parse(A6), a.physical().address());
        network.neighbours().enter(IpAddress.parse(B6), b.physical().address());
        wire = Wire.of(a.link());
        received = b.host().record();
    }

    static Lab plain() {
        return new Lab(Network.builder(1));
    }

    static Lab with(Hazard hazard) {
        return new Lab(Network.builder(1).with(hazard));
    }

    static Lab with(Parameter parameter, long value) {
        return new Lab(Network.builder(1).with(parameter, value));
    }

    static KeyingMaterial key(Transform transform, int number) {
        Random random = new Random(number);
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        byte[] integrity = new byte[transform.integrityKeyOctets()];
        random.nextBytes(key);
        random.nextBytes(integrity);
        return KeyingMaterial.of(key, integrity);
    }

    /** From a to b in tunnel mode, AES-128-GCM, SPI and key of a number. */
    static OffloadSa sa(int number, SaDirection direction, OffloadMode mode, UnaryOperator<SaBuilder> change) {
        Transform transform = Transform.named("aes128gcm16");
        SaBuilder builder = SaParameters.tunnel(SPI + number, transform, IpAddress.parse(A), IpAddress.parse(B));
        return sa(number, direction, mode, change.apply(builder).build());
    }

    /** The same tunnel over IPv6. */
    static UnaryOperator<SaBuilder> overIpv6() {
        return builder ->
                SaParameters.tunnel(SPI, builder.build().transform(), IpAddress.parse(A6), IpAddress.parse(B6));
    }

    static OffloadSa sa(int number, SaDirection direction, OffloadMode mode, SaParameters parameters) {
        return new OffloadSa(parameters, key(parameters.transform(), number), direction, mode, null, 1500);
    }

    /** Installs an SA, which must succeed or mean software. */
    HostSa install(HostStack host, OffloadSa sa) {
        HostSa installed = host.install(sa, done -> {});
        network.run();
        return installed;
    }

    HostSa transmit(OffloadMode mode) {
        return transmit(mode, builder -> builder);
    }

    HostSa transmit(OffloadMode mode, UnaryOperator<SaBuilder> change) {
        return install(a.host(), sa(0, SaDirection.TRANSMIT, mode, change));
    }

    HostSa receive(OffloadMode mode) {
        return receive(mode, builder -> builder);
    }

    HostSa receive(OffloadMode mode, UnaryOperator<SaBuilder> change) {
        return install(b.host(), sa(0, SaDirection.RECEIVE, mode, change));
    }

    static byte[] inner(int number) {
        return Packets.udp(INNER_A, INNER_B, number, 100);
    }

    /** A TCP packet whose payload makes so many segments of 100 octets. */
    static byte[] large(int segments, int number) {
        return Packets.tcp(INNER_A, INNER_B, number * 10_000, Packets.payload(number, 100 * segments));
    }

    static final SendOptions CUT = SendOptions.segments(100);

    void send(HostSa sa, byte[] packet) {
        send(sa, packet, SendOptions.PLAIN);
    }

    void send(HostSa sa, byte[] packet, SendOptions options) {
        a.host().send(sa, packet, options);
        network.run();
    }

    long total(Counter counter) {
        return network.simulation().total(counter);
    }

    /** Every frame has come to exactly one end, and each end was counted. */
    void assertBookIsClosed() {
        assertEquals(0, network.frames().underWay(), "frames under way");
        long ends = 0;
        for (Counter counter : Counter.values()) {
            ends += counter.isEnd() ? total(counter) : 0;
        }
        assertEquals(network.frames().made(), ends, "frames counted");
    }
}
