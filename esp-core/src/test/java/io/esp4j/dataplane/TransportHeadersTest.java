package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static io.esp4j.wire.NextHeader.DESTINATION_OPTIONS;
import static io.esp4j.wire.NextHeader.HOP_BY_HOP;
import static io.esp4j.wire.NextHeader.ROUTING;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TransportHeadersTest {
    private static final byte[] TCP = Packets.count(33);

    /** The wire must be the expected headers in front of an ESP packet that carries the expected payload; and come back. */
    private static void assertWire(
            Gateways gateways, byte[] packet, byte[] headers, byte[] payload, int nextHeader, int udpOctets) {
        byte[] wire = gateways.seal(packet);
        byte[] expected = Packets.join(headers, Packets.slice(wire, headers.length, wire.length));
        assertArrayEquals(expected, wire);
        byte[] esp = Packets.slice(wire, headers.length + udpOctets, wire.length);
        EspOracle oracle = gateways.keys.oracle(false);
        assertArrayEquals(oracle.text(payload, nextHeader), oracle.open(esp, gateways.out.lastSequence()));
        assertArrayEquals(packet, gateways.open(wire));
    }

    /** An IPv4 header for a payload of so many octets. */
    private static byte[] header(Ipv4Packet packet, int protocol, int payloadOctets) {
        byte[] whole =
                packet.protocol(protocol).payload(new byte[payloadOctets]).build();
        return Packets.slice(whole, 0, whole.length - payloadOctets);
    }

    private static byte[] header(Ipv6Packet packet, int protocol, int payloadOctets) {
        byte[] whole =
                packet.protocol(protocol).payload(new byte[payloadOctets]).build();
        return Packets.slice(whole, 0, whole.length - payloadOctets);
    }

    /** GCM: 16 octets before the payload, padding to 4 with the trailer, 16 behind. */
    private static int espOctets(int payloadOctets) {
        return 16 + (payloadOctets + 2 + 3) / 4 * 4 + 16;
    }

    @Test
    @DisplayName("R13 ESP follows the IPv4 header with its options; protocol, length and checksum are rewritten")
    void shouldFollowIpv4Options() {
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, false))) {
            for (int options = 0; options <= 40; options += 4) {
                Ipv4Packet packet =
                        v4().trafficClass(0xb9).fragmentation(0x4000).options(Packets.count(options));
                byte[] whole = packet.protocol(6).payload(TCP).build();
                assertWire(gateways, whole, header(packet, 50, espOctets(33)), TCP, 6, 0);
            }
        }
    }

    @Test
    @DisplayName("R13 R40 UDP stands between the IPv4 header with its options and ESP")
    void shouldFollowIpv4OptionsInUdp() {
        UdpEncapsulation ports = new UdpEncapsulation(4500, 4500);
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, false).udpEncapsulation(ports))) {
            Ipv4Packet packet = v4().options(Packets.hex("94040000"));
            byte[] whole = packet.protocol(6).payload(TCP).build();
            assertWire(gateways, whole, header(packet, 17, 8 + espOctets(33)), TCP, 6, 8);
        }
    }

    @Test
    @DisplayName(
            "R13 in IPv6 ESP follows hop-by-hop, destination options, routing; later destination options are inside")
    void shouldFollowIpv6Chain() {
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, true))) {
            byte[] whole = v6().extension(HOP_BY_HOP, 8)
                    .extension(DESTINATION_OPTIONS, 16)
                    .extension(ROUTING, 24)
                    .extension(DESTINATION_OPTIONS, 8)
                    .protocol(6)
                    .payload(TCP)
                    .build();
            Ipv6Packet outside = v6().extension(HOP_BY_HOP, 8)
                    .extension(DESTINATION_OPTIONS, 16)
                    .extension(ROUTING, 24);
            byte[] inside = Packets.slice(whole, 40 + 48, whole.length);
            assertWire(gateways, whole, header(outside, 50, espOctets(41)), inside, DESTINATION_OPTIONS, 0);
        }
    }

    @Test
    @DisplayName("R13 R18 ESP follows the header of an atomic fragment, which is whole, and comes back")
    void shouldFollowAtomicFragment() {
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, true))) {
            byte[] whole = v6().fragment(0, false, 7).protocol(6).payload(TCP).build();
            Ipv6Packet outside = v6().fragment(0, false, 7);
            assertWire(gateways, whole, header(outside, 50, espOctets(33)), TCP, 6, 0);
        }
    }

    @Test
    @DisplayName("R13 R40 in IPv6 UDP with its checksum stands between the chain and ESP")
    void shouldFollowIpv6ChainInUdp() {
        UdpEncapsulation ports = new UdpEncapsulation(4500, 4500);
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, true).udpEncapsulation(ports))) {
            byte[] whole =
                    v6().extension(HOP_BY_HOP, 8).protocol(6).payload(TCP).build();
            Ipv6Packet outside = v6().extension(HOP_BY_HOP, 8);
            assertWire(gateways, whole, header(outside, 17, 8 + espOctets(33)), TCP, 6, 8);

            byte[] wire = gateways.seal(whole);
            byte[] udp = Packets.slice(wire, 48, wire.length);
            assertEquals(0, Packets.upperChecksum(Packets.slice(wire, 8, 24), Packets.slice(wire, 24, 40), 17, udp));
        }
    }

    @Test
    @DisplayName("R13 destination options that a peer puts before ESP stay outside when they come back")
    void shouldKeepOptionsThatPeerPutOutside() {
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, true))) {
            EspOracle oracle = gateways.keys.oracle(false);
            byte[] esp = oracle.seal(Sas.SPI, 1, new byte[8], oracle.text(TCP, 6));
            byte[] wire = v6().extension(DESTINATION_OPTIONS, 8)
                    .protocol(50)
                    .payload(esp)
                    .build();
            byte[] inner = v6().extension(DESTINATION_OPTIONS, 8)
                    .protocol(6)
                    .payload(TCP)
                    .build();
            assertArrayEquals(inner, gateways.open(wire));
        }
    }

    @Test
    @DisplayName("R13 any chain of extension headers comes back as it was")
    void shouldBringBackAnyChain() {
        long seed = System.nanoTime();
        System.out.println("transport mode over IPv6 chains, seed " + seed);
        Random random = new Random(seed);
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.NULL, true))) {
            for (int i = 0; i < 2000; i++) {
                Ipv6Packet packet = v6().protocol(6).payload(Packets.count(1 + random.nextInt(40)));
                for (int header = random.nextInt(5); header > 0; header--) {
                    int type = new int[] {HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS}[random.nextInt(3)];
                    packet.extension(type, 8 + 8 * random.nextInt(5));
                }
                byte[] whole = packet.build();
                assertArrayEquals(whole, gateways.open(gateways.seal(whole)), "seed " + seed);
            }
        }
    }

    @Test
    @DisplayName("R13 a header without payload, or a chain that the end of the packet cuts, is refused")
    void shouldRefuseWhatHasNoPayload() {
        try (Gateways v4 = Gateways.of(Sas.transport(Sas.GCM, false));
                Gateways v6 = Gateways.of(Sas.transport(Sas.GCM, true))) {
            byte[] empty = v4().payload(new byte[0]).build();
            assertEquals(OutboundOutcome.MALFORMED, v4.trySeal(empty));
            byte[] cut = v6().protocol(HOP_BY_HOP).payload(new byte[7]).build();
            assertEquals(OutboundOutcome.MALFORMED, v6.trySeal(cut));
        }
    }
}
