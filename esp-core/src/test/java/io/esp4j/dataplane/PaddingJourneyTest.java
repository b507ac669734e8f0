package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.wire.Packets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PaddingJourneyTest {
    private static final byte[] INNER = v4().payload(Packets.count(17)).build();

    private static byte[] wire(Gateways gateways, long number, byte[] padding) {
        byte[] text = Packets.join(INNER, padding, new byte[] {(byte) padding.length, 4});
        byte[] esp = gateways.keys.oracle(false).seal(Sas.SPI, number, new byte[8], text);
        return v4().protocol(50).payload(esp).build();
    }

    private static byte[] sequential(int octets) {
        byte[] padding = new byte[octets];
        for (int i = 0; i < octets; i++) {
            padding[i] = (byte) (i + 1);
        }
        return padding;
    }

    @Test
    @DisplayName("R8 R9 0 to 255 octets of padding are consumed; 1, 2, 3 … passes every check")
    void shouldConsumeEveryPadLength() {
        for (PaddingCheck check : PaddingCheck.values()) {
            try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).paddingCheck(check))) {
                for (int octets = 0; octets <= 255; octets++) {
                    assertArrayEquals(INNER, gateways.open(wire(gateways, octets + 1, sequential(octets))));
                }
                assertEquals(0, gateways.in.unusualPadding());
                assertEquals(256, gateways.in.count(InboundOutcome.ACCEPTED));
            }
        }
    }

    @Test
    @DisplayName("R9 COUNT, the default, accepts other padding and counts it")
    void shouldCountUnusualPadding() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            assertArrayEquals(INNER, gateways.open(wire(gateways, 1, new byte[5])));
            assertArrayEquals(INNER, gateways.open(wire(gateways, 2, new byte[255])));
            assertArrayEquals(INNER, gateways.open(wire(gateways, 3, sequential(5))));
            assertEquals(2, gateways.in.unusualPadding());
            assertEquals(3, gateways.in.count(InboundOutcome.ACCEPTED));
        }
    }

    @Test
    @DisplayName("R9 IGNORE accepts other padding and counts nothing")
    void shouldIgnoreUnusualPadding() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).paddingCheck(PaddingCheck.IGNORE))) {
            assertArrayEquals(INNER, gateways.open(wire(gateways, 1, new byte[5])));
            assertEquals(0, gateways.in.unusualPadding());
        }
    }

    @Test
    @DisplayName("R9 DROP drops a packet for any bit of its padding that is not as it should be")
    void shouldDropUnusualPadding() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).paddingCheck(PaddingCheck.DROP))) {
            byte[] padding = sequential(5);
            for (int bit = 0; bit < padding.length * 8; bit++) {
                byte[] wire = wire(gateways, bit + 1, Packets.flip(padding, bit));
                assertEquals(InboundOutcome.MALFORMED_PLAINTEXT, gateways.tryOpen(wire));
                assertEquals(bit + 1, gateways.in.highestSequence());
            }
            assertEquals(40, gateways.in.count(InboundOutcome.MALFORMED_PLAINTEXT));
            assertEquals(0, gateways.in.unusualPadding());
        }
    }

    @Test
    @DisplayName("R9 of a burst only the packets that make sense inside count as ones with unusual padding")
    void shouldCountUnusualPaddingWithinABurst() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[] nonsense =
                    gateways.keys.oracle(false).seal(Sas.SPI, 2, new byte[8], Packets.hex("45000000 00000204"));
            List<InboundOutcome> outcomes = Volley.receive(
                    gateways.receiver,
                    wire(gateways, 1, sequential(3)),
                    v4().protocol(50).payload(nonsense).build(),
                    wire(gateways, 3, new byte[3]),
                    wire(gateways, 4, sequential(7)),
                    wire(gateways, 5, new byte[7]));
            assertEquals(
                    List.of(
                            InboundOutcome.ACCEPTED,
                            InboundOutcome.MALFORMED_PLAINTEXT,
                            InboundOutcome.ACCEPTED,
                            InboundOutcome.ACCEPTED,
                            InboundOutcome.ACCEPTED),
                    outcomes);
            assertEquals(2, gateways.in.unusualPadding());
        }
    }

    @Test
    @DisplayName("R9 a packet that makes no sense inside does not count as one with unusual padding")
    void shouldNotCountPaddingOfPacketsThatAreDropped() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[] text = Packets.join(new byte[20], new byte[2], new byte[] {2, 4});
            byte[] esp = gateways.keys.oracle(false).seal(Sas.SPI, 1, new byte[8], text);
            byte[] wire = v4().protocol(50).payload(esp).build();
            assertEquals(InboundOutcome.MALFORMED_PLAINTEXT, gateways.tryOpen(wire));
            assertEquals(0, gateways.in.unusualPadding());
        }
    }
}
