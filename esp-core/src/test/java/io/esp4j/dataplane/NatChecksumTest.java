package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.esp4j.sa.NatOriginal;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Packets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Transport mode through a NAT: the sender computed its checksums with its own addresses, the packet arrives with
 * others. Expected is what a host would have sent from the addresses that arrived: a checksum computed anew.
 */
class NatChecksumTest {
    private static final Path V4 = new Path("10.1.0.1", "203.0.113.77", "198.51.100.5");
    private static final Path V6 = new Path("fd00::1:2", "2001:db8:ffff::9", "2001:db8::5");

    /** Addresses on the way: what the sender has, what the NAT makes of it, where it goes. */
    private record Path(String from, String natted, String to) {
        byte[] original() {
            return Packets.address(from);
        }

        byte[] translated() {
            return Packets.address(natted);
        }

        byte[] destination() {
            return Packets.address(to);
        }

        private byte[] packet(String source, int protocol, byte[] upper) {
            return source.contains(":")
                    ? v6().addresses(source, to)
                            .protocol(protocol)
                            .payload(upper)
                            .build()
                    : v4().addresses(source, to)
                            .protocol(protocol)
                            .payload(upper)
                            .build();
        }

        byte[] expected(int protocol, byte[] upper) {
            return packet(natted, protocol, upper);
        }

        /** Seals a packet of the original address, and puts ESP behind the header of the translated one. */
        byte[] through(Gateways gateways, int protocol, byte[] upper) {
            byte[] wire = gateways.seal(packet(from, protocol, upper));
            int header = from.contains(":") ? 40 : 20;
            return packet(natted, 50, Packets.slice(wire, header, wire.length));
        }

        Gateways gateways(boolean corrected) {
            IpAddress source = IpAddress.parse(from);
            IpAddress destination = IpAddress.parse(to);
            SaBuilder out = SaParameters.transport(Sas.SPI, Sas.GCM, source, destination);
            SaBuilder in = SaParameters.transport(Sas.SPI, Sas.GCM, source, destination);
            return Gateways.of(out, corrected ? in.natOriginal(new NatOriginal(source, destination)) : in);
        }
    }

    private static void correctTcpAndUdp(Path path) {
        long seed = System.nanoTime();
        System.out.println("NAT checksums, seed " + seed);
        Random random = new Random(seed);
        byte[] original = path.original();
        byte[] translated = path.translated();
        byte[] destination = path.destination();
        try (Gateways gateways = path.gateways(true)) {
            for (int i = 0; i < 500; i++) {
                byte[] data = Packets.random(random, random.nextInt(60));
                byte[] tcp = Packets.tcp(original, destination, 1000, 80, data);
                byte[] expectedTcp = Packets.tcp(translated, destination, 1000, 80, data);
                assertArrayEquals(path.expected(6, expectedTcp), gateways.open(path.through(gateways, 6, tcp)));
                byte[] udp = Packets.udp(original, destination, 1000, 53, data);
                byte[] expectedUdp = Packets.udp(translated, destination, 1000, 53, data);
                assertArrayEquals(path.expected(17, expectedUdp), gateways.open(path.through(gateways, 17, udp)));
            }
        }
    }

    @Test
    @DisplayName("R43 over IPv4 TCP and UDP checksums are corrected to what computing them anew gives")
    void shouldCorrectOverIpv4() {
        correctTcpAndUdp(V4);
    }

    @Test
    @DisplayName("R43 over IPv6 TCP and UDP checksums are corrected to what computing them anew gives")
    void shouldCorrectOverIpv6() {
        correctTcpAndUdp(V6);
    }

    @Test
    @DisplayName("R43 a checksum that was wrong stays wrong")
    void shouldNotMendWrongChecksum() {
        try (Gateways gateways = V4.gateways(true)) {
            byte[] tcp = Packets.tcp(V4.original(), V4.destination(), 1000, 80, Packets.count(9));
            byte[] packet = gateways.open(V4.through(gateways, 6, Packets.flip(tcp, 8 * 25)));
            byte[] upper = Packets.slice(packet, 20, packet.length);
            assertNotEquals(0, Packets.upperChecksum(V4.translated(), V4.destination(), 6, upper));
        }
    }

    @Test
    @DisplayName("R43 UDP without a checksum stays without; one that comes out as 0 is ffff")
    void shouldKeepUdpConventionsOfZero() {
        try (Gateways gateways = V4.gateways(true)) {
            byte[] without = Packets.udp(V4.original(), V4.destination(), 1000, 53, Packets.count(9));
            Packets.int16(without, 6, 0);
            assertArrayEquals(V4.expected(17, without), gateways.open(V4.through(gateways, 17, without)));

            byte[] zero = Packets.udp(V4.translated(), V4.destination(), 1000, 53, new byte[2]);
            byte[] data =
                    Packets.slice(zero, 6, 8); // data that completes the sum: the checksum becomes 0, sent as ffff
            byte[] expected = Packets.udp(V4.translated(), V4.destination(), 1000, 53, data);
            assertEquals(0xffff, Packets.int16(expected, 6));
            byte[] sent = Packets.udp(V4.original(), V4.destination(), 1000, 53, data);
            assertArrayEquals(V4.expected(17, expected), gateways.open(V4.through(gateways, 17, sent)));
        }
    }

    @Test
    @DisplayName("R43 other protocols, and upper layers too short for a checksum, are left alone")
    void shouldLeaveOthersAlone() {
        try (Gateways gateways = V4.gateways(true)) {
            int[][] cases = {{1, 40}, {132, 40}, {6, 17}, {17, 7}, {6, 1}};
            for (int[] one : cases) {
                byte[] upper = Packets.count(one[1]);
                assertArrayEquals(V4.expected(one[0], upper), gateways.open(V4.through(gateways, one[0], upper)));
            }
        }
    }

    @Test
    @DisplayName("R43 without original addresses checksums are as received")
    void shouldLeaveChecksumsAloneUnlessAsked() {
        try (Gateways gateways = V4.gateways(false)) {
            byte[] tcp = Packets.tcp(V4.original(), V4.destination(), 1000, 80, Packets.count(9));
            assertArrayEquals(V4.expected(6, tcp), gateways.open(V4.through(gateways, 6, tcp)));
        }
    }
}
