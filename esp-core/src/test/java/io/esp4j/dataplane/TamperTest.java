package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.wire.Packets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bit flipped and every length cut, of a packet of every transform. What must come of it is worked out here from
 * RFC 4303 §3.4, with the window's content written down.
 */
class TamperTest {
    private static final byte[] INNER = v4().payload(Packets.count(15)).build();
    private static final long HIGH = 0x3_0000_0000L;
    /** The window of 64 ends here; of what it spans only this number was received. */
    private static final int TOP = 0x100;
    /** The packet that is tampered with. */
    private static final int NUMBER = 0x101;

    static List<Transform> transforms() {
        return Transform.all();
    }

    private static Gateways gateways(Transform transform, boolean esn) {
        long high = esn ? HIGH : 0;
        return Gateways.of(Sas.tunnel(transform).esn(esn).sequence(high + TOP).resynchronisation(null));
    }

    private static byte[] wire(byte[] esp) {
        return v4().protocol(50).payload(esp).build();
    }

    private static byte[] esp(Gateways gateways) {
        byte[] wire = gateways.seal(INNER);
        assertEquals(NUMBER, gateways.out.lastSequence() & 0xffff);
        return Packets.slice(wire, 20, wire.length);
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R16 R22 R24 every flipped bit from SPI to ICV is rejected, nothing is released, the window stays")
    @MethodSource("transforms")
    void shouldRejectEveryFlippedBit(Transform transform) {
        for (boolean esn : new boolean[] {false, true}) {
            try (Gateways gateways = gateways(transform, esn)) {
                byte[] esp = esp(gateways);
                for (int bit = 0; bit < esp.length * 8; bit++) {
                    byte[] flipped = Packets.flip(esp, bit);
                    byte[] wire = wire(flipped);
                    InboundOutcome expected = verdict(flipped, bit, esn);
                    assertEquals(expected, gateways.tryOpen(wire), transform + ", ESN " + esn + ", bit " + bit);
                    verifyNothingReleased(gateways, wire, transform);
                }
                assertArrayEquals(INNER, gateways.open(wire(esp)), "the genuine packet");
            }
        }
    }

    /** What RFC 4303 §3.4 makes of a packet whose one bit was flipped. */
    private static InboundOutcome verdict(byte[] flipped, int bit, boolean esn) {
        if (bit < 32) {
            return InboundOutcome.UNKNOWN_SPI;
        }
        if (bit >= 64) {
            return InboundOutcome.ICV_MISMATCH;
        }
        long low = Packets.int32(flipped, 4);
        if (low == TOP) {
            return InboundOutcome.REPLAYED;
        }
        // With ESN a number left of the window belongs to the next high half, and its ICV fails.
        return low <= TOP - 64 && !esn ? InboundOutcome.TOO_OLD : InboundOutcome.ICV_MISMATCH;
    }

    @ParameterizedTest(name = "{displayName} [{0}]")
    @DisplayName("R24 R25 every truncation is rejected, nothing is released, the window stays")
    @MethodSource("transforms")
    void shouldRejectEveryTruncation(Transform transform) {
        for (boolean esn : new boolean[] {false, true}) {
            try (Gateways gateways = gateways(transform, esn)) {
                byte[] esp = esp(gateways);
                EspOracle oracle = gateways.keys.oracle(esn);
                for (int octets = 0; octets < esp.length; octets++) {
                    byte[] cut = wire(Packets.slice(esp, 0, octets));
                    int text = octets - 8 - oracle.ivOctets - oracle.icvOctets;
                    boolean blocks = oracle.alignment == 4 ? text >= 2 : text >= 16 && text % 16 == 0;
                    InboundOutcome expected = blocks ? InboundOutcome.ICV_MISMATCH : InboundOutcome.MALFORMED;
                    assertEquals(expected, gateways.tryOpen(cut), transform + ", " + octets + " octets");
                    verifyNothingReleased(gateways, cut, transform);

                    byte[] whole = wire(esp);
                    byte[] shorter = Packets.slice(whole, 0, 20 + octets);
                    assertEquals(InboundOutcome.MALFORMED, gateways.tryOpen(shorter), "shorter than its IP length");
                    assertArrayEquals(shorter, gateways.bench.packet());
                }
                for (int octets = 0; octets < 20; octets++) {
                    byte[] header = Packets.slice(wire(esp), 0, octets);
                    InboundOutcome expected = octets == 0 ? InboundOutcome.NOT_ESP : InboundOutcome.MALFORMED;
                    assertEquals(expected, gateways.tryOpen(header));
                }
                assertArrayEquals(INNER, gateways.open(wire(esp)), "the genuine packet");
            }
        }
    }

    /** The burst still shows the packet as it came, and its text is the wire's octets or zeros. */
    private static void verifyNothingReleased(Gateways gateways, byte[] wire, Transform transform) {
        assertEquals(TOP, gateways.in.highestSequence() & 0xffff);
        byte[] shown = gateways.bench.packet();
        assertEquals(wire.length, shown.length);
        int textAt = Math.min(20 + 8 + transform.ivOctets(), wire.length);
        assertTrue(Arrays.equals(wire, 0, textAt, shown, 0, textAt), "headers and IV are as they came");
        byte[] text = Packets.slice(shown, textAt, shown.length);
        assertTrue(
                Arrays.equals(text, Packets.slice(wire, textAt, wire.length))
                        || Arrays.equals(text, new byte[text.length]),
                "the text is the wire's octets or zeros");
    }

    @Test
    @DisplayName("R24 a provider that leaves zeros in a refused packet leaves nothing else")
    void shouldLeaveZerosWhereProviderDoes() {
        Gateways created = Gateways.of(Sas.tunnel(Sas.GCM), settings -> settings.provider(new StubProvider()));
        try (Gateways gateways = created) {
            byte[] wire = gateways.seal(INNER);
            assertEquals(InboundOutcome.ICV_MISMATCH, gateways.tryOpen(Packets.flip(wire, wire.length * 8 - 65)));
            byte[] expected = Packets.join(Packets.slice(wire, 0, 36), new byte[wire.length - 36]);
            assertArrayEquals(expected, gateways.bench.packet());
        }
    }
}
