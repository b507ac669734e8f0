package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.TrafficFlowPadding;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TrafficFlowConfidentialityTest {
    private static byte[] packet(int octets) {
        return v4().payload(Packets.count(octets - 20)).build();
    }

    /** What the ESP packet carries before its own padding. */
    private static byte[] payload(Gateways gateways, byte[] wire) {
        byte[] esp = Packets.slice(wire, 20, wire.length);
        byte[] text = gateways.keys.oracle(false).open(esp, gateways.out.lastSequence());
        return Packets.slice(text, 0, text.length - 2 - text[text.length - 2]);
    }

    private static Gateways gateways(SaBuilder builder) {
        Gateways gateways = Gateways.of(builder, settings -> settings.random(new SplittableRandom(5)));
        gateways.bench = Bench.large();
        return gateways;
    }

    private static byte[] seal(Gateways gateways, byte[] packet) {
        OutboundOutcome outcome =
                gateways.bench.encapsulate(gateways.sender, gateways.out, packet, gateways.out.headroom(), 2500);
        assertEquals(OutboundOutcome.ENCAPSULATED, outcome);
        return gateways.bench.packet();
    }

    @Test
    @DisplayName("R12 no traffic flow padding by default")
    void shouldNotPadByDefault() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM))) {
            assertArrayEquals(packet(61), payload(gateways, seal(gateways, packet(61))));
        }
    }

    @Test
    @DisplayName("R11 R12 fixed padding brings every shorter packet to one length; longer ones go as they are")
    void shouldPadToFixedLength() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM).trafficFlowPadding(TrafficFlowPadding.to(500)))) {
            for (int octets : new int[] {21, 60, 499, 500, 501, 900}) {
                byte[] packet = packet(octets);
                byte[] wire = seal(gateways, packet);
                byte[] expected = Packets.join(packet, new byte[Math.max(0, 500 - octets)]);
                assertArrayEquals(expected, payload(gateways, wire));
                assertArrayEquals(packet, gateways.open(wire));
            }
            byte[] v6 = v6().build();
            assertArrayEquals(v6, gateways.open(seal(gateways, v6)));
        }
    }

    @Test
    @DisplayName("R12 random padding takes every length of its range, and no other")
    void shouldPadToEveryLengthOfRange() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM).trafficFlowPadding(new TrafficFlowPadding(100, 107)))) {
            TreeSet<Integer> lengths = new TreeSet<>();
            for (int i = 0; i < 300; i++) {
                lengths.add(payload(gateways, seal(gateways, packet(60))).length);
            }
            assertEquals(new TreeSet<>(List.of(100, 101, 102, 103, 104, 105, 106, 107)), lengths);
        }
    }

    @Test
    @DisplayName(
            "R12 padding to the path MTU fills it as far as the transform's alignment allows, and never exceeds it")
    void shouldPadToPathMtu() {
        for (Transform transform : List.of(Sas.GCM, Sas.CBC, Sas.NULL)) {
            for (int mtu = 1396; mtu < 1414; mtu++) {
                SaBuilder builder = Sas.tunnel(transform).mtu(mtu);
                try (Gateways gateways = gateways(builder.trafficFlowPadding(TrafficFlowPadding.toPathMtu()))) {
                    byte[] wire = seal(gateways, packet(60));
                    assertTrue(wire.length <= mtu, wire.length + " octets");
                    assertTrue(wire.length > mtu - transform.alignment(), wire.length + " octets");
                    assertArrayEquals(packet(60), gateways.open(wire));
                }
            }
        }
    }

    @Test
    @DisplayName("R10 dummy packets are next header 59, and are discarded without error after they moved the window")
    void shouldSendAndDiscardDummies() {
        List<String> events = new ArrayList<>();
        Gateways created = Gateways.of(
                Sas.tunnel(Sas.GCM).dummies(true),
                settings -> settings.audit(event -> events.add(event.toString()), 100));
        try (Gateways gateways = created) {
            gateways.bench = Bench.large();
            for (int octets : new int[] {1, 2, 20, 1400}) {
                assertEquals(OutboundOutcome.ENCAPSULATED, gateways.bench.dummy(gateways.sender, gateways.out, octets));
                byte[] wire = gateways.bench.packet();
                long number = gateways.out.lastSequence();
                byte[] esp = Packets.slice(wire, 20, wire.length);
                EspOracle oracle = gateways.keys.oracle(false);
                assertArrayEquals(oracle.text(new byte[octets], 59), oracle.open(esp, number));

                assertEquals(InboundOutcome.DUMMY, gateways.tryOpen(wire));
                assertEquals(number, gateways.in.highestSequence());
                assertEquals(InboundOutcome.REPLAYED, gateways.tryOpen(wire));
            }
            assertEquals(4, gateways.in.count(InboundOutcome.DUMMY));
            assertEquals(4, gateways.receiver.count(InboundOutcome.DUMMY));
            assertEquals(0, gateways.in.count(InboundOutcome.ACCEPTED));
            assertEquals(4, gateways.out.count(OutboundOutcome.ENCAPSULATED));
            assertTrue(events.stream().allMatch(event -> event.contains("REPLAYED")), events.toString());
        }
    }

    @Test
    @DisplayName("R12 an SA sends dummies only if it says so")
    void shouldSendDummiesOnlyWhereTheSaDoes() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            assertEquals(OutboundOutcome.NO_POLICY, gateways.bench.dummy(gateways.sender, gateways.out, 100));
            assertEquals(0, gateways.out.lastSequence());
        }
    }

    @Test
    @DisplayName("R10 a dummy may carry anything, an impossible pad length too")
    void shouldDiscardDummyOfAnyContent() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[][] texts = {{0, 59}, {(byte) 255, 59}, Packets.join(new byte[30], new byte[] {77, 59})};
            for (int i = 0; i < texts.length; i++) {
                byte[] esp = gateways.keys.oracle(false).seal(Sas.SPI, i + 1, new byte[8], texts[i]);
                byte[] wire = v4().protocol(50).payload(esp).build();
                assertEquals(InboundOutcome.DUMMY, gateways.tryOpen(wire));
            }
            assertEquals(3, gateways.in.highestSequence());
        }
    }

    @Test
    @DisplayName("a dummy stays one, and is refused in transport and BEET mode, even if a packet was written over it")
    void shouldRefuseDummyWithAPacketOverIt() {
        byte[] packet = v4().build();
        for (SaBuilder sa : List.of(Sas.transport(Sas.GCM, false), Sas.beet(Sas.GCM, false, false))) {
            try (Gateways gateways = Gateways.of(sa)) {
                Burst burst = Volley.burst(packet);
                int at = burst.offset(0);
                burst.reset(burst.memory());
                burst.addDummy(at, packet.length, at - 100, at + packet.length + 100);
                burst.memory().write(at, packet, 0, packet.length);
                gateways.sender.encapsulate(burst, gateways.out);
                assertEquals(OutboundOutcome.MALFORMED, burst.outbound(0));
            }
        }
    }

    @Test
    @DisplayName(
            "R10 in transport mode an IP packet of protocol 59 is a dummy; a dummy of our making goes with tunnel mode")
    void shouldTakeProtocol59AsDummyInTransportMode() {
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, false))) {
            byte[] wire = gateways.seal(v4().protocol(59).build());
            assertEquals(InboundOutcome.DUMMY, gateways.tryOpen(wire));
            assertEquals(OutboundOutcome.MALFORMED, gateways.bench.dummy(gateways.sender, gateways.out, 100));
        }
    }
}
