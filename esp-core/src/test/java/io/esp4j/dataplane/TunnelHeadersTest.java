package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.sa.DontFragment;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The outer header octet by octet: what is expected is built from RFC 791 and RFC 8200 in front of the ESP packet. */
class TunnelHeadersTest {
    private static Ipv4Packet outer4() {
        return v4().addresses("192.0.2.1", "192.0.2.2").hops(64).protocol(50).identification(0);
    }

    private static Ipv6Packet outer6() {
        return v6().addresses("2001:db8::1", "2001:db8::2")
                .hops(64)
                .protocol(50)
                .flowLabel(0);
    }

    private static void assertOuter(Ipv4Packet expected, byte[] wire) {
        assertArrayEquals(expected.payload(Packets.slice(wire, 20, wire.length)).build(), wire);
    }

    private static void assertOuter(Ipv6Packet expected, byte[] wire) {
        assertArrayEquals(expected.payload(Packets.slice(wire, 40, wire.length)).build(), wire);
    }

    private static byte[] seal(SaBuilder builder, byte[] packet) {
        try (Gateways gateways = Gateways.of(builder)) {
            return gateways.seal(packet);
        }
    }

    @Test
    @DisplayName("R14 R46 the IPv4 header has 20 octets, TTL 64, protocol 50, the SA's addresses and a right checksum")
    void shouldWriteIpv4Header() {
        byte[] wire = seal(Sas.tunnel(Sas.GCM), v4().fragmentation(0x4000).build());
        assertOuter(outer4().fragmentation(0x4000), wire);
    }

    @Test
    @DisplayName("R14 R46 the IPv6 header has flow label 0, hop limit 64, next header 50 and the SA's addresses")
    void shouldWriteIpv6Header() {
        assertOuter(outer6(), seal(Sas.tunnel(Sas.GCM, true), v4().build()));
        assertOuter(outer6(), seal(Sas.tunnel(Sas.GCM, true), v6().build()));
    }

    @Test
    @DisplayName("R46 DF is copied, set or cleared; an inner IPv6 packet has none to copy")
    void shouldSetDontFragmentAsAsked() {
        byte[] with = v4().fragmentation(0x4000).build();
        byte[] without = v4().build();
        byte[] v6 = v6().build();
        Ipv4Packet clear = outer4().identification(1);
        Ipv4Packet set = outer4().fragmentation(0x4000);
        assertOuter(set, seal(Sas.tunnel(Sas.GCM), with));
        assertOuter(clear, seal(Sas.tunnel(Sas.GCM), without));
        assertOuter(clear, seal(Sas.tunnel(Sas.GCM), v6));
        for (byte[] packet : new byte[][] {with, without, v6}) {
            assertOuter(set, seal(Sas.tunnel(Sas.GCM).dontFragment(DontFragment.SET), packet));
            assertOuter(clear, seal(Sas.tunnel(Sas.GCM).dontFragment(DontFragment.CLEAR), packet));
        }
    }

    @Test
    @DisplayName("R46 the ID is 0 where DF is set (RFC 6864), and a counter where fragments may need it")
    void shouldCountIdentification() {
        SaBuilder builder = Sas.tunnel(Sas.GCM).sequence(0xfffdL);
        try (Gateways gateways = Gateways.of(builder)) {
            byte[] mayFragment = v4().build();
            byte[] atomic = v4().fragmentation(0x4000).build();
            assertOuter(outer4().identification(0xfffe), gateways.seal(mayFragment));
            assertOuter(outer4().identification(0xffff), gateways.seal(mayFragment));
            assertOuter(outer4().identification(0), gateways.seal(mayFragment));
            assertOuter(outer4().fragmentation(0x4000), gateways.seal(atomic));
            assertOuter(outer4().identification(2), gateways.seal(mayFragment));
        }
    }

    @Test
    @DisplayName("R45 R46 DSCP and ECN are copied to the outer header, all 256 of them (RFC 6040 §4.1, normal mode)")
    void shouldCopyTrafficClass() {
        try (Gateways in4 = Gateways.of(Sas.tunnel(Sas.GCM));
                Gateways in6 = Gateways.of(Sas.tunnel(Sas.GCM, true))) {
            for (int octet = 0; octet < 256; octet++) {
                byte[] inner4 = v4().trafficClass(octet).fragmentation(0x4000).build();
                byte[] inner6 = v6().trafficClass(octet).build();
                assertOuter(outer4().trafficClass(octet).fragmentation(0x4000), in4.seal(inner4));
                assertOuter(outer4().trafficClass(octet).identification(2 * octet + 2), in4.seal(inner6));
                assertOuter(outer6().trafficClass(octet), in6.seal(inner4));
                assertOuter(outer6().trafficClass(octet), in6.seal(inner6));
            }
        }
    }

    @Test
    @DisplayName("R45 R46 a DSCP of the SA replaces the inner one, ECN is copied all the same")
    void shouldMapDscp() {
        for (int ecn = 0; ecn < 4; ecn++) {
            byte[] packet =
                    v4().trafficClass(10 << 2 | ecn).fragmentation(0x4000).build();
            int expected = 46 << 2 | ecn;
            assertOuter(
                    outer4().trafficClass(expected).fragmentation(0x4000),
                    seal(Sas.tunnel(Sas.GCM).dscp(46), packet));
            assertOuter(
                    outer6().trafficClass(expected),
                    seal(Sas.tunnel(Sas.GCM, true).dscp(46), packet));
        }
    }

    @Test
    @DisplayName("R46 a map gives every inner DSCP its outer one, ECN is copied all the same")
    void shouldMapEveryDscp() {
        for (int inner = 0; inner < 64; inner++) {
            byte[] packet =
                    v4().trafficClass(inner << 2 | 1).fragmentation(0x4000).build();
            assertOuter(
                    outer4().trafficClass((63 - inner) << 2 | 1).fragmentation(0x4000),
                    seal(Sas.tunnel(Sas.GCM).dscpMap(codepoint -> 63 - codepoint), packet));
        }
    }

    @Test
    @DisplayName("R46 the flow label of an inner IPv6 packet is copied where the SA says so")
    void shouldCopyFlowLabel() {
        byte[] packet = v6().flowLabel(0xabcde).build();
        assertOuter(outer6().flowLabel(0xabcde), seal(Sas.tunnel(Sas.GCM, true).flowLabelCopied(true), packet));
        byte[] without = v4().build();
        assertOuter(outer6().flowLabel(0), seal(Sas.tunnel(Sas.GCM, true).flowLabelCopied(true), without));
    }

    @Test
    @DisplayName("R46 hop limit and flow label are the SA's, whatever the inner packet has")
    void shouldWriteHopLimitAndFlowLabelOfSa() {
        byte[] packet = v6().hops(3).flowLabel(0x55555).build();
        assertOuter(
                outer6().hops(255).flowLabel(0xfffff),
                seal(Sas.tunnel(Sas.GCM, true).hopLimit(255).flowLabel(0xfffff), packet));
        assertOuter(outer4().hops(1).identification(1), seal(Sas.tunnel(Sas.GCM).hopLimit(1), packet));
    }

    @Test
    @DisplayName("R46 the inner packet is carried as it is, TTL included: forwarding is the caller's")
    void shouldLeaveInnerPacketAlone() {
        byte[] packet = v4().hops(1).build();
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            assertArrayEquals(packet, gateways.open(gateways.seal(packet)));
        }
    }

    @Test
    @DisplayName("R14 a packet longer than its IP length loses the excess: the padding of Ethernet")
    void shouldTrimWhatLiesBehindThePacket() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            for (byte[] packet : new byte[][] {v4().build(), v6().build()}) {
                byte[] padded = Packets.join(packet, new byte[6]);
                byte[] wire = gateways.seal(padded);
                assertArrayEquals(packet, gateways.open(Packets.join(wire, new byte[6])));
            }
        }
    }

    @Test
    @DisplayName("R14 the largest IPv4 packet that fits 65535 goes, one octet more is too big")
    void shouldCarryLargestPacket() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            gateways.bench = Bench.large();
            int largest = gateways.out.innerMtu(65535);
            byte[] packet = v4().payload(Packets.count(largest - 20)).build();
            byte[] wire = gateways.seal(packet);
            assertEquals(Packets.int16(wire, 2), wire.length);
            assertArrayEquals(packet, gateways.open(wire));
            byte[] larger = v4().payload(Packets.count(largest - 19)).build();
            assertEquals(io.esp4j.outcome.OutboundOutcome.PACKET_TOO_BIG, gateways.trySeal(larger));
        }
    }
}
