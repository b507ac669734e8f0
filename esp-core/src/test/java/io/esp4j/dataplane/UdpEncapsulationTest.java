package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Packets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UdpEncapsulationTest {
    private static final byte[] INNER = v4().fragmentation(0x4000).build();
    private static final byte[] FROM_V6 = Packets.address("2001:db8::1");
    private static final byte[] TO_V6 = Packets.address("2001:db8::2");

    private static SaBuilder sa(boolean ipv6) {
        return Sas.tunnel(Sas.GCM, ipv6).udpEncapsulation(new UdpEncapsulation(10_000, 4500));
    }

    /** UDP with any content, ports 10000 and 4500, checksum 0. */
    private static byte[] udp(byte[] content) {
        return Packets.join(
                Packets.int32(10_000 << 16 | 4500), Packets.int32((long) (content.length + 8) << 16), content);
    }

    private static byte[] inV4(byte[] udp) {
        return v4().addresses("192.0.2.1", "192.0.2.2")
                .protocol(17)
                .payload(udp)
                .build();
    }

    private static byte[] inV6(byte[] udp) {
        return v6().addresses("2001:db8::1", "2001:db8::2")
                .protocol(17)
                .payload(udp)
                .build();
    }

    private static byte[] withChecksum(byte[] udp) {
        byte[] datagram = udp.clone();
        Packets.int16(datagram, 6, Packets.upperChecksum(FROM_V6, TO_V6, 17, udp));
        return datagram;
    }

    @Test
    @DisplayName(
            "R40 over IPv4 the UDP header has the SA's ports, the length and a checksum of 0; an SPI follows, never 0")
    void shouldWriteUdpOverIpv4() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            byte[] wire = gateways.seal(INNER);
            byte[] esp = Packets.slice(wire, 28, wire.length);
            byte[] expected = v4().addresses("192.0.2.1", "192.0.2.2")
                    .identification(0)
                    .fragmentation(0x4000)
                    .hops(64)
                    .protocol(17)
                    .payload(udp(esp))
                    .build();
            assertArrayEquals(expected, wire);
            assertEquals(Sas.SPI, Packets.int32(esp, 0));
            assertArrayEquals(INNER, gateways.open(wire));
        }
    }

    @Test
    @DisplayName("R40 over IPv6 the UDP checksum is computed over the sealed octets")
    void shouldComputeChecksumOverIpv6() {
        try (Gateways gateways = Gateways.of(sa(true))) {
            for (int octets = 1; octets < 20; octets++) {
                byte[] inner = v4().payload(Packets.count(octets)).build();
                byte[] wire = gateways.seal(inner);
                byte[] udp = Packets.slice(wire, 40, wire.length);
                assertEquals(0, Packets.upperChecksum(FROM_V6, TO_V6, 17, udp));
                assertArrayEquals(inner, gateways.open(wire));
            }
        }
    }

    @Test
    @DisplayName("R40 over IPv4 any UDP checksum is accepted")
    void shouldAcceptAnyChecksumOverIpv4() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            for (int checksum : new int[] {0, 1, 0x8000, 0xffff}) {
                byte[] wire = gateways.seal(INNER);
                Packets.int16(wire, 26, checksum);
                assertArrayEquals(INNER, gateways.open(wire));
            }
        }
    }

    @Test
    @DisplayName(
            "R40 over IPv6 a UDP checksum of 0 is refused, the window does not move; configured (RFC 6935) it is accepted")
    void shouldRefuseZeroChecksumOverIpv6() {
        try (Gateways strict = Gateways.of(sa(true));
                Gateways configured = Gateways.of(sa(true).zeroUdpChecksumOverIpv6(true))) {
            byte[] wire = strict.seal(INNER);
            Packets.int16(wire, 46, 0);
            assertEquals(InboundOutcome.NO_UDP_CHECKSUM, strict.tryOpen(wire));
            assertEquals(1, strict.in.count(InboundOutcome.NO_UDP_CHECKSUM));
            assertEquals(0, strict.in.highestSequence());
            assertArrayEquals(INNER, configured.open(wire));
        }
    }

    @Test
    @DisplayName("R40 an SA takes its packets in UDP or not, and from any port")
    void shouldAcceptWithAndWithoutUdp() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            byte[] first = gateways.seal(INNER);
            byte[] esp = Packets.slice(first, 28, first.length);
            assertArrayEquals(
                    INNER, gateways.open(v4().protocol(50).payload(esp).build()));
            byte[] second = gateways.seal(INNER);
            Packets.int16(second, 20, 1);
            assertArrayEquals(INNER, gateways.open(second));
        }
    }

    @Test
    @DisplayName("R40 UDP is looked into behind port 4500 and the ports of SAs, and nowhere else")
    void shouldLookBehindItsOwnPortsOnly() {
        SaBuilder own = Sas.tunnel(Sas.GCM).udpEncapsulation(new UdpEncapsulation(4500, 5555));
        try (Gateways with = Gateways.of(own);
                Gateways without = Gateways.of(sa(false))) {
            byte[] wire = with.seal(INNER);
            assertEquals(InboundOutcome.NOT_ESP, without.tryOpen(wire));
            assertArrayEquals(wire, without.bench.packet());
            assertArrayEquals(INNER, with.open(wire));
        }
    }

    @Test
    @DisplayName("R42 a lone FF is a keepalive: ignored, counted, and no proof that the peer lives")
    void shouldIgnoreKeepalive() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            byte[] keepalive = inV4(udp(Packets.hex("ff")));
            assertEquals(InboundOutcome.KEEPALIVE, gateways.tryOpen(keepalive));
            assertArrayEquals(keepalive, gateways.bench.packet());
            assertEquals(InboundOutcome.KEEPALIVE, gateways.tryOpen(inV6(withChecksum(udp(Packets.hex("ff"))))));
            assertEquals(2, gateways.receiver.count(InboundOutcome.KEEPALIVE));
            assertEquals(0, gateways.in.count(InboundOutcome.KEEPALIVE));
            assertEquals(0, gateways.in.packets());
        }
    }

    @Test
    @DisplayName("R41 four zero octets are the non-ESP marker: the packet is handed on untouched")
    void shouldHandOnMarker() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            for (int ike = 0; ike < 40; ike++) {
                byte[] packet = inV4(udp(Packets.join(new byte[4], Packets.count(ike))));
                assertEquals(InboundOutcome.NON_ESP_MARKER, gateways.tryOpen(packet));
                assertArrayEquals(packet, gateways.bench.packet());
                assertEquals(0, gateways.bench.burst.spi(0));
            }
            assertEquals(40, gateways.receiver.count(InboundOutcome.NON_ESP_MARKER));
        }
    }

    @Test
    @DisplayName("R41 R42 what is shorter than a marker and no keepalive, or shorter than an ESP header, is malformed")
    void shouldRefuseShortDatagrams() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            for (String content : new String[] {"", "00", "fe", "ffff", "ffffff", "00001000", "00001000000000"}) {
                byte[] packet = inV4(udp(Packets.hex(content)));
                assertEquals(InboundOutcome.MALFORMED, gateways.tryOpen(packet), content);
                assertArrayEquals(packet, gateways.bench.packet());
            }
            byte[] header = inV4(udp(Packets.hex("0000999900000001")));
            assertEquals(InboundOutcome.UNKNOWN_SPI, gateways.tryOpen(header));
        }
    }

    @Test
    @DisplayName(
            "R40 a UDP length that does not lie within its packet is malformed; what lies behind it is not the packet's")
    void shouldRefuseWrongUdpLengths() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            byte[] wire = gateways.seal(INNER);
            byte[] udp = Packets.slice(wire, 20, wire.length);
            for (int length : new int[] {0, 7, 8, 9, udp.length + 1, 65535}) {
                byte[] changed = udp.clone();
                Packets.int16(changed, 4, length);
                assertEquals(InboundOutcome.MALFORMED, gateways.tryOpen(inV4(changed)), length + " octets");
            }
            assertArrayEquals(INNER, gateways.open(inV4(Packets.join(udp, new byte[5]))));
        }
    }

    @Test
    @DisplayName("R40 R41 R42 what a UDP socket delivers is told apart in the same way, without an IP header")
    void shouldTakeApartWhatSocketDelivers() {
        try (Gateways gateways = Gateways.of(sa(false).carriedBySocket(true))) {
            byte[] esp = gateways.seal(INNER);
            assertEquals(Sas.SPI, Packets.int32(esp, 0));
            assertEquals(InboundOutcome.KEEPALIVE, deliver(gateways, Packets.hex("ff")));
            assertEquals(InboundOutcome.NON_ESP_MARKER, deliver(gateways, Packets.hex("0000000001")));
            for (String content : new String[] {"", "00", "ffff", "fefefe", "00001000000000"}) {
                assertEquals(InboundOutcome.MALFORMED, deliver(gateways, Packets.hex(content)), content);
            }
            assertEquals(InboundOutcome.UNKNOWN_SPI, deliver(gateways, Packets.hex("4500002800000000")));
            assertEquals(InboundOutcome.ACCEPTED, deliver(gateways, esp));
            assertArrayEquals(INNER, gateways.bench.packet());
        }
    }

    private static InboundOutcome deliver(Gateways gateways, byte[] payload) {
        return gateways.bench.decapsulate(gateways.receiver, payload, 0, Framing.UDP_PAYLOAD, 0);
    }

    @Test
    @DisplayName("R40 what is not IP, not ESP and not UDP to a known port is left alone")
    void shouldLeaveOtherPacketsAlone() {
        try (Gateways gateways = Gateways.of(sa(false))) {
            byte[][] others = {
                v4().protocol(6).build(),
                v4().protocol(51).build(),
                v6().protocol(58).build(),
                v6().protocol(59).payload(new byte[0]).build(),
                inV4(Packets.slice(udp(new byte[9]), 0, 7)),
                Packets.hex("0180c2000000"),
                {},
            };
            for (byte[] packet : others) {
                assertEquals(InboundOutcome.NOT_ESP, gateways.tryOpen(packet));
                assertArrayEquals(packet, gateways.bench.packet());
            }
            assertEquals(others.length, gateways.receiver.count(InboundOutcome.NOT_ESP));
        }
    }
}
