package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.wire.Packets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EcnJourneyTest {
    private static final int DROP = -1;

    /** RFC 6040 Figure 4, by codepoint: the inner header's is the row, the outer header's the column. */
    private static final int[][] FIGURE_4 = {
        // outer: 00, 01, 10, 11
        {0b00, 0b00, 0b00, DROP},
        {0b01, 0b01, 0b01, 0b11},
        {0b10, 0b01, 0b10, 0b11},
        {0b11, 0b11, 0b11, 0b11},
    };

    private static byte[] inner(boolean ipv6, int trafficClass) {
        return ipv6
                ? v6().trafficClass(trafficClass).build()
                : v4().trafficClass(trafficClass).build();
    }

    /** The same ESP packet behind an outer header that a router has marked. */
    private static byte[] marked(byte[] wire, boolean ipv6, int trafficClass) {
        byte[] esp = Packets.slice(wire, ipv6 ? 40 : 20, wire.length);
        return ipv6
                ? v6().trafficClass(trafficClass).protocol(50).payload(esp).build()
                : v4().trafficClass(trafficClass).protocol(50).payload(esp).build();
    }

    @Test
    @DisplayName("R45 every pair of inner and outer ECN comes out as RFC 6040 Figure 4 has it, in all four pairings")
    void shouldDecapsulateAsFigure4() {
        for (int pairing = 0; pairing < 4; pairing++) {
            boolean outerV6 = pairing / 2 == 1;
            boolean innerV6 = pairing % 2 == 1;
            try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM, outerV6))) {
                for (int inner = 0; inner < 4; inner++) {
                    for (int outer = 0; outer < 4; outer++) {
                        byte[] wire = gateways.seal(inner(innerV6, 0xb8 | inner));
                        byte[] arrived = marked(wire, outerV6, 0x28 | outer);
                        int expected = FIGURE_4[inner][outer];
                        if (expected == DROP) {
                            assertEquals(InboundOutcome.ECN_VIOLATION, gateways.tryOpen(arrived));
                        } else {
                            // DSCP stays the inner one, and an IPv4 checksum stays right.
                            assertArrayEquals(inner(innerV6, 0xb8 | expected), gateways.open(arrived));
                        }
                    }
                }
            }
        }
    }

    @Test
    @DisplayName(
            "R45 congestion marked on a packet that is not ECN-capable is dropped and counted, its number is used up")
    void shouldCountViolation() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[] arrived = marked(gateways.seal(inner(false, 0)), false, 0b11);
            assertEquals(InboundOutcome.ECN_VIOLATION, gateways.tryOpen(arrived));
            assertEquals(1, gateways.in.count(InboundOutcome.ECN_VIOLATION));
            assertEquals(1, gateways.receiver.count(InboundOutcome.ECN_VIOLATION));
            assertEquals(0, gateways.in.count(InboundOutcome.ACCEPTED));
            assertEquals(InboundOutcome.REPLAYED, gateways.tryOpen(arrived));
        }
    }

    @Test
    @DisplayName("R45 in transport mode the received header, its ECN included, is the packet's")
    void shouldKeepMarksInTransportMode() {
        try (Gateways gateways = Gateways.of(Sas.transport(Sas.GCM, false))) {
            byte[] wire = gateways.seal(inner(false, 0b10));
            assertArrayEquals(inner(false, 0b11), gateways.open(marked(wire, false, 0b11)));
        }
    }

    @Test
    @DisplayName("R45 where a socket keeps the outer header there is no mark to carry on")
    void shouldTakeNoMarkFromSocket() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).carriedBySocket(true))) {
            byte[] packet = inner(false, 0b10);
            byte[] esp = gateways.seal(packet);
            InboundOutcome outcome = gateways.bench.decapsulate(gateways.receiver, esp, 0, Framing.UDP_PAYLOAD, 0);
            assertEquals(InboundOutcome.ACCEPTED, outcome);
            assertArrayEquals(packet, gateways.bench.packet());
        }
    }
}
