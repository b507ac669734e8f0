package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.wire.Packets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** BEET mode, draft-nikander-esp-beet-mode §5. */
class BeetTest {
    private static final byte[] PAYLOAD = Packets.count(23);

    private static byte[] payload(Gateways gateways, byte[] wire, int espAt, int nextHeader) {
        byte[] esp = Packets.slice(wire, espAt, wire.length);
        byte[] text = gateways.keys.oracle(false).open(esp, gateways.out.lastSequence());
        byte[] payload = Packets.slice(text, 0, text.length - 2 - text[text.length - 2]);
        assertArrayEquals(gateways.keys.oracle(false).text(payload, nextHeader), text);
        return payload;
    }

    @Test
    @DisplayName("R58 the inner header is not sent: ESP carries the upper layer, the outer header the rest of it")
    void shouldSendUpperLayerBehindOuterHeader() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, false, false))) {
            byte[] packet = v4().trafficClass(0xb9)
                    .identification(0x7777)
                    .hops(33)
                    .protocol(6)
                    .payload(PAYLOAD)
                    .build();
            byte[] wire = gateways.seal(packet);
            byte[] expected = v4().addresses("192.0.2.1", "192.0.2.2")
                    .trafficClass(0xb9)
                    .identification(0x7777)
                    .hops(33)
                    .protocol(50)
                    .payload(Packets.slice(wire, 20, wire.length))
                    .build();
            assertArrayEquals(expected, wire);
            assertArrayEquals(PAYLOAD, payload(gateways, wire, 20, 6));
            assertArrayEquals(packet, gateways.open(wire));
        }
    }

    @Test
    @DisplayName("R58 IPv4 options travel in a pseudo-header of whole 8 octets, next header 94")
    void shouldCarryOptionsInPseudoHeader() {
        for (boolean outerV6 : new boolean[] {false, true}) {
            try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, outerV6, false))) {
                for (int octets = 4; octets <= 40; octets += 4) {
                    byte[] options = Packets.random(new java.util.Random(octets), octets);
                    byte[] packet = v4().identification(0)
                            .fragmentation(0x4000)
                            .options(options)
                            .protocol(6)
                            .payload(PAYLOAD)
                            .build();
                    byte[] wire = gateways.seal(packet);
                    byte[] padding = octets % 8 == 4 ? new byte[0] : Packets.hex("01010101");
                    int whole = 4 + padding.length + octets;
                    byte[] fields = {6, (byte) (whole / 8 - 1), (byte) padding.length, 0};
                    byte[] carried = payload(gateways, wire, outerV6 ? 40 : 20, 94);
                    assertArrayEquals(Packets.join(fields, padding, options, PAYLOAD), carried);
                    assertArrayEquals(packet, gateways.open(wire));
                }
            }
        }
    }

    @Test
    @DisplayName("R58 a pseudo-header without options is taken too")
    void shouldTakePseudoHeaderWithoutOptions() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, false, false))) {
            EspOracle oracle = gateways.keys.oracle(false);
            byte[] text = oracle.text(Packets.join(Packets.hex("0600 0400 01010101"), PAYLOAD), 94);
            byte[] esp = oracle.seal(Sas.SPI, 1, new byte[8], text);
            byte[] wire =
                    v4().identification(5).hops(9).protocol(50).payload(esp).build();
            byte[] inner =
                    v4().identification(5).hops(9).protocol(6).payload(PAYLOAD).build();
            assertArrayEquals(inner, gateways.open(wire));
        }
    }

    @Test
    @DisplayName("R58 a payload of protocol 94 gets a pseudo-header too, so that it is not taken for one itself")
    void shouldCarryProtocol94() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, false, false))) {
            byte[] packet = v4().identification(0)
                    .fragmentation(0x4000)
                    .protocol(94)
                    .payload(PAYLOAD)
                    .build();
            byte[] wire = gateways.seal(packet);
            byte[] carried = payload(gateways, wire, 20, 94);
            assertArrayEquals(Packets.join(Packets.hex("5e00 0400 01010101"), PAYLOAD), carried);
            assertArrayEquals(packet, gateways.open(wire));
        }
    }

    @Test
    @DisplayName("R58 hop limit and traffic class are the outer header's as they arrive, in all four pairings")
    void shouldTakeHopsAndTrafficClassFromOuterHeader() {
        for (int pairing = 0; pairing < 4; pairing++) {
            boolean outerV6 = pairing / 2 == 1;
            boolean innerV6 = pairing % 2 == 1;
            try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, outerV6, innerV6))) {
                byte[] sent = innerV6
                        ? v6().payload(PAYLOAD).build()
                        : v4().fragmentation(0x4000).payload(PAYLOAD).build();
                byte[] wire = gateways.seal(sent);
                byte[] esp = Packets.slice(wire, outerV6 ? 40 : 20, wire.length);
                byte[] arrived = outerV6
                        ? v6().trafficClass(0x2b)
                                .hops(7)
                                .protocol(50)
                                .payload(esp)
                                .build()
                        : v4().trafficClass(0x2b)
                                .hops(7)
                                .identification(0)
                                .fragmentation(0x4000)
                                .protocol(50)
                                .payload(esp)
                                .build();
                byte[] expected = innerV6
                        ? v6().trafficClass(0x2b)
                                .hops(7)
                                .flowLabel(0)
                                .payload(PAYLOAD)
                                .build()
                        : v4().trafficClass(0x2b)
                                .hops(7)
                                .identification(0)
                                .fragmentation(0x4000)
                                .payload(PAYLOAD)
                                .build();
                assertArrayEquals(expected, gateways.open(arrived));
            }
        }
    }

    @Test
    @DisplayName("R58 an inner IPv4 header made without an IPv4 outer one has ID 0 and so DF (RFC 6864 §4)")
    void shouldForbidFragmentsOfPacketWithoutId() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, true, false))) {
            byte[] packet = gateways.open(
                    gateways.seal(v4().identification(77).payload(PAYLOAD).build()));
            byte[] expected = v4().identification(0)
                    .fragmentation(0x4000)
                    .payload(PAYLOAD)
                    .build();
            assertArrayEquals(expected, packet);
        }
    }

    @Test
    @DisplayName("R58 packets between other addresses than the SA's inner ones are refused")
    void shouldRefuseOtherAddresses() {
        try (Gateways v4 = Gateways.of(Sas.beet(Sas.GCM, false, false));
                Gateways v6 = Gateways.of(Sas.beet(Sas.GCM, false, true))) {
            byte[][] others4 = {
                v4().addresses("10.1.0.2", "10.2.0.2").build(),
                v4().addresses("10.1.0.1", "10.2.0.1").build(),
                v6().build(),
            };
            byte[][] others6 = {
                v6().addresses("2001:db8:1::2", "2001:db8:2::2").build(),
                v6().addresses("2001:db8:1:1::1", "2001:db8:2::2").build(),
                v6().addresses("2001:db8:1::1", "2001:db8:2::3").build(),
                v6().addresses("2001:db8:1::1", "2001:db9:2::2").build(),
                v4().build(),
            };
            for (byte[] packet : others4) {
                assertEquals(OutboundOutcome.NO_POLICY, v4.trySeal(packet));
                assertArrayEquals(packet, v4.bench.packet());
            }
            for (byte[] packet : others6) {
                assertEquals(OutboundOutcome.NO_POLICY, v6.trySeal(packet));
            }
            assertEquals(0, v4.out.lastSequence());
        }
    }

    @Test
    @DisplayName("R58 IPv6 extension headers are carried in ESP")
    void shouldCarryExtensionHeaders() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, false, true))) {
            byte[] packet = v6().flowLabel(0)
                    .extension(0, 8)
                    .extension(60, 16)
                    .protocol(6)
                    .payload(PAYLOAD)
                    .build();
            byte[] wire = gateways.seal(packet);
            assertArrayEquals(Packets.slice(packet, 40, packet.length), payload(gateways, wire, 20, 0));
            assertArrayEquals(packet, gateways.open(wire));
        }
    }

    @Test
    @DisplayName("R10 R58 next header 59 is a dummy in BEET mode too; a dummy of our making goes with tunnel mode")
    void shouldDiscardDummies() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, false, false))) {
            assertEquals(
                    InboundOutcome.DUMMY,
                    gateways.tryOpen(gateways.seal(v4().protocol(59).build())));
            assertEquals(OutboundOutcome.MALFORMED, gateways.bench.dummy(gateways.sender, gateways.out, 100));
        }
    }
}
