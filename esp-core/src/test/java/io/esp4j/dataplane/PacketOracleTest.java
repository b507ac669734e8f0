package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.Transform;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Packets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random packets through the engine and through the oracle: what one makes, the other takes, bit for bit. The outer
 * headers are built here from RFC 791, RFC 8200, RFC 768 and RFC 3948.
 */
class PacketOracleTest {
    private static final int PACKETS_PER_SA = 50;

    private static byte[] inner(Random random, boolean ipv6) {
        byte[] payload = Packets.random(random, random.nextInt(random.nextInt(20) == 0 ? 1500 : 200));
        int trafficClass = random.nextInt(256);
        return ipv6
                ? v6().trafficClass(trafficClass)
                        .hops(random.nextInt(256))
                        .protocol(random.nextInt(256))
                        .payload(payload)
                        .build()
                : v4().trafficClass(trafficClass)
                        .identification(random.nextInt(65536))
                        .fragmentation(random.nextBoolean() ? 0x4000 : random.nextInt(0x4000))
                        .options(Packets.random(random, 4 * random.nextInt(4)))
                        .payload(payload)
                        .build();
    }

    /** The tunnel-mode packet around an ESP packet. */
    private static byte[] outer(byte[] inner, byte[] esp, boolean outerV6, boolean udp, int identification) {
        boolean innerV6 = inner[0] >>> 4 == 6;
        int trafficClass = innerV6 ? Packets.int16(inner, 0) >>> 4 & 0xff : inner[1] & 0xff;
        boolean fixed = !innerV6 && (inner[6] & 0x40) != 0;
        byte[] payload = esp;
        if (udp) {
            byte[] header =
                    Packets.join(Packets.int32(4500 << 16 | 4500), Packets.int32((long) (esp.length + 8) << 16));
            payload = Packets.join(header, esp);
            if (outerV6) {
                payload = Packets.udp(Packets.address("2001:db8::1"), Packets.address("2001:db8::2"), 4500, 4500, esp);
            }
        }
        int protocol = udp ? 17 : 50;
        return outerV6
                ? v6().addresses("2001:db8::1", "2001:db8::2")
                        .flowLabel(0)
                        .trafficClass(trafficClass)
                        .hops(64)
                        .protocol(protocol)
                        .payload(payload)
                        .build()
                : v4().addresses("192.0.2.1", "192.0.2.2")
                        .trafficClass(trafficClass)
                        .identification(fixed ? 0 : identification)
                        .fragmentation(fixed ? 0x4000 : 0)
                        .hops(64)
                        .protocol(protocol)
                        .payload(payload)
                        .build();
    }

    private static void compare(int packets, long seed) {
        System.out.println("packets against the oracle: " + packets + ", seed " + seed);
        Random random = new Random(seed);
        List<Transform> transforms = Transform.all();
        Bench[] benches = {Bench.heap(), Bench.direct()};
        for (int done = 0; done < packets; done += PACKETS_PER_SA) {
            Transform transform = transforms.get(random.nextInt(transforms.size()));
            boolean outerV6 = random.nextBoolean();
            boolean udp = random.nextBoolean();
            boolean esn = random.nextBoolean();
            long start = esn ? random.nextLong() >>> random.nextInt(64) : random.nextInt() & 0x7fff_ffffL;
            SaBuilder sa = Sas.tunnel(transform, outerV6).esn(esn).sequence(start);
            if (udp) {
                sa.udpEncapsulation(new UdpEncapsulation(4500, 4500));
            }
            try (Gateways gateways = Gateways.of(sa)) {
                EspOracle oracle = gateways.keys.oracle(esn);
                for (int i = 1; i <= PACKETS_PER_SA; i++) {
                    gateways.bench = benches[random.nextInt(2)];
                    byte[] inner = inner(random, random.nextBoolean());
                    String what = "seed " + seed + ", " + transform + ", packet " + (done + i);
                    long number = start + 2L * i - 1;

                    byte[] wire = gateways.seal(inner);
                    int espAt = (outerV6 ? 40 : 20) + (udp ? 8 : 0);
                    byte[] iv = Packets.slice(wire, espAt + 8, espAt + 8 + oracle.ivOctets);
                    int nextHeader = inner[0] >>> 4 == 6 ? 41 : 4;
                    long sent = gateways.out.lastSequence();
                    byte[] esp = oracle.seal(Sas.SPI, sent, iv, oracle.text(inner, nextHeader));
                    assertArrayEquals(outer(inner, esp, outerV6, udp, (int) sent), wire, what);

                    byte[] theirIv = Packets.random(random, oracle.ivOctets);
                    byte[] theirs = oracle.seal(Sas.SPI, number, theirIv, oracle.text(inner, nextHeader));
                    byte[] arrived = outer(inner, theirs, outerV6, udp, random.nextInt(65536));
                    assertEquals(InboundOutcome.ACCEPTED, gateways.tryOpen(arrived), what);
                    assertArrayEquals(inner, gateways.bench.packet(), what);
                    assertEquals(number, gateways.bench.burst.sequence(0), what);
                }
            }
        }
    }

    @Test
    @DisplayName("R14 R16 R30 R32 R33 R34 R35 R36 R37 R40 R46 random tunnel packets agree with the oracle both ways")
    void shouldAgreeWithOracle() {
        compare(4_000, System.nanoTime());
    }

    @Test
    @Tag("long")
    @DisplayName(
            "R14 R16 R30 R32 R33 R34 R35 R36 R37 R40 R46 200,000 random tunnel packets agree with the oracle both ways")
    void shouldAgreeWithOracleAtLength() {
        compare(200_000, System.nanoTime());
    }
}
