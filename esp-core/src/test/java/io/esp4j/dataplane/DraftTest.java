package io.esp4j.dataplane;

import static io.esp4j.outcome.OutboundOutcome.ENCAPSULATED;
import static io.esp4j.outcome.OutboundOutcome.LIFETIME_EXPIRED;
import static io.esp4j.outcome.OutboundOutcome.MALFORMED;
import static io.esp4j.outcome.OutboundOutcome.SEQUENCE_EXHAUSTED;
import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.DontFragment;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.TrafficFlowPadding;
import io.esp4j.wire.Packets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In tunnel mode a packet is written before its number is certain: what becomes of it where it gets another, or none. */
class DraftTest {
    private static final int TAKEN = 5;
    private static final byte[] SHORT = v4().payload(Packets.count(9)).build();
    private static final List<byte[]> PACKETS =
            List.of(SHORT, v4().payload(Packets.count(200)).build(), v6().build());

    private static SaBuilder sa(Transform transform, boolean v6) {
        return Sas.tunnel(transform, v6)
                .esn(true)
                .dontFragment(DontFragment.CLEAR) // so that the number is the outer packet's identification too
                .trafficFlowPadding(TrafficFlowPadding.to(100))
                .lifetime(new Lifetime(0, 0, 0, 0, 0, 1000));
    }

    /** A sender whose clock, which is read between measuring and admitting, takes numbers as another worker would. */
    private static Gateways disturbed(SaBuilder sa) {
        AtomicReference<OutboundSa> victim = new AtomicReference<>();
        Gateways gateways = Gateways.of(
                sa,
                settings -> settings.clock(() -> {
                    OutboundSa out = victim.get();
                    if (out != null) {
                        out.reserve(TAKEN);
                    }
                    return 0;
                }));
        victim.set(gateways.out);
        return gateways;
    }

    private static Burst burst(Memory memory, List<byte[]> packets) {
        Burst burst = new Burst(packets.size());
        burst.reset(memory);
        int slot = memory.length() / packets.size();
        for (int i = 0; i < packets.size(); i++) {
            byte[] packet = packets.get(i);
            memory.write(i * slot + 100, packet, 0, packet.length);
            burst.add(i * slot + 100, packet.length, i * slot, (i + 1) * slot);
        }
        return burst;
    }

    private static void assertSentFrom(long first, Gateways gateways, Burst burst) {
        for (int i = 0; i < burst.size(); i++) {
            assertSent(first + i, gateways, burst, i, PACKETS.get(i));
        }
    }

    private static void assertSent(long number, Gateways gateways, Burst burst, int index, byte[] inner) {
        assertEquals(ENCAPSULATED, burst.outbound(index));
        assertEquals(number, burst.sequence(index));
        byte[] wire = burst.octets(index);
        int outer = wire[0] >>> 4 == 6 ? 40 : 20;
        byte[] esp = Packets.slice(wire, outer, wire.length);
        assertEquals(number & 0xffff_ffffL, Packets.int32(esp, 4));
        if (outer == 20) {
            assertEquals((int) number & 0xffff, Packets.int16(wire, 4));
        }
        byte[] text = gateways.keys.oracle(true).open(esp, number);
        assertEquals(Math.max(100, inner.length), text.length - 2 - text[text.length - 2]);
        assertArrayEquals(inner, gateways.open(wire));
    }

    private static void assertAsItWas(Burst burst, int index, int offset, byte[] packet) {
        assertEquals(offset, burst.offset(index));
        assertArrayEquals(packet, burst.octets(index));
        assertEquals(0, burst.spi(index));
        assertEquals(0, burst.sequence(index));
    }

    @Test
    @DisplayName(
            "R4 R31 where another worker took the numbers meanwhile, packets go with those they got, in every field")
    void shouldWriteAgainWhereNumbersWereTaken() {
        for (Transform transform : Sas.transforms()) {
            for (boolean v6 : new boolean[] {false, true}) {
                for (Memory memory : List.of(Memory.of(new byte[3000]), Memory.allocateDirect(3000))) {
                    try (Gateways gateways = disturbed(sa(transform, v6))) {
                        Burst burst = burst(memory, PACKETS);
                        gateways.sender.encapsulate(burst, gateways.out);
                        assertSentFrom(TAKEN + 1, gateways, burst);
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("R4 R31 packets go with the numbers they got where only those have another high half")
    void shouldWriteAgainBeyond32Bits() {
        long last = 0xffff_ffffL - PACKETS.size();
        try (Gateways gateways = disturbed(sa(Sas.GCM, false).sequence(last))) {
            Burst burst = burst(Memory.of(new byte[3000]), PACKETS);
            gateways.sender.encapsulate(burst, gateways.out);
            assertSentFrom(last + TAKEN + 1, gateways, burst);
        }
    }

    @Test
    @DisplayName("R4 what goes on of a disturbed burst goes with the numbers it got, when some packets are refused")
    void shouldWriteAgainWhatGoesOn() {
        SaBuilder limited = sa(Sas.GCM, false).lifetime(new Lifetime(0, 2, 0, 0, 0, 1000));
        try (Gateways gateways = disturbed(limited)) {
            byte[] stump = new byte[3];
            Burst burst = burst(Memory.of(new byte[7000]), List.of(stump, SHORT, stump, stump, SHORT, SHORT, SHORT));
            gateways.sender.encapsulate(burst, gateways.out);
            assertEquals(
                    List.of(
                            MALFORMED,
                            ENCAPSULATED,
                            MALFORMED,
                            MALFORMED,
                            ENCAPSULATED,
                            LIFETIME_EXPIRED,
                            LIFETIME_EXPIRED),
                    Volley.outbound(burst));
            assertSent(TAKEN + 1, gateways, burst, 1, SHORT);
            assertSent(TAKEN + 2, gateways, burst, 4, SHORT);
            assertAsItWas(burst, 5, 5100, SHORT);
            assertAsItWas(burst, 6, 6100, SHORT);
        }
    }

    @Test
    @DisplayName("R5 where no number is left for a packet it is as it was, with ESN and without")
    void shouldShowPacketsWithoutNumberAsTheyWere() {
        for (boolean esn : new boolean[] {false, true}) {
            long last = esn ? -1 : 0xffff_ffffL;
            try (Gateways gateways = Gateways.of(sa(Sas.GCM, false).esn(esn).sequence(last - 1))) {
                Burst burst = burst(Memory.of(new byte[3000]), PACKETS);
                gateways.sender.encapsulate(burst, gateways.out);
                assertEquals(List.of(ENCAPSULATED, SEQUENCE_EXHAUSTED, SEQUENCE_EXHAUSTED), Volley.outbound(burst));
                assertEquals(last, burst.sequence(0));
                assertAsItWas(burst, 1, 1100, PACKETS.get(1));
                assertAsItWas(burst, 2, 2100, PACKETS.get(2));

                Burst late = burst(Memory.of(new byte[3000]), PACKETS);
                gateways.sender.encapsulate(late, gateways.out);
                for (int i = 0; i < PACKETS.size(); i++) {
                    assertEquals(SEQUENCE_EXHAUSTED, late.outbound(i));
                    assertAsItWas(late, i, i * 1000 + 100, PACKETS.get(i));
                }
            }
        }
    }

    @Test
    @DisplayName("R4 packets of two SAs that alternate in a burst go with the numbers they got")
    void shouldWriteAgainWherePacketsAreSorted() {
        try (Gateways gateways = disturbed(sa(Sas.GCM, false))) {
            Keys otherKeys = Keys.of(Sas.CBC, 8);
            OutboundSa other = gateways.sending.addOutbound(sa(Sas.CBC, false).build(), otherKeys.material());
            Burst burst = burst(Memory.of(new byte[5000]), List.of(SHORT, SHORT, SHORT, SHORT, SHORT));
            for (int i = 0; i < burst.size(); i++) {
                burst.route(i, i % 2 == 0 ? gateways.out : other);
            }
            long taken = gateways.out.lastSequence() + TAKEN;
            gateways.sender.encapsulate(burst);
            for (int i = 0; i < burst.size(); i += 2) {
                assertSent(taken + 1 + i / 2, gateways, burst, i, SHORT);
            }
            for (int i = 1; i < burst.size(); i += 2) {
                int number = 1 + i / 2;
                assertEquals(number, burst.sequence(i));
                byte[] wire = burst.octets(i);
                assertEquals(number, Packets.int32(wire, 24));
                byte[] text = otherKeys.oracle(true).open(Packets.slice(wire, 20, wire.length), number);
                assertArrayEquals(SHORT, Packets.slice(text, 0, SHORT.length));
            }
        }
    }

    @Test
    @DisplayName("R51 a packet that the lifetime refuses is as it was, whatever its SA would have put around it")
    void shouldShowRefusedPacketsAsTheyWere() {
        SaBuilder limited = sa(Sas.GCM, false).lifetime(new Lifetime(0, 1, 0, 0, 0, 0));
        try (Gateways gateways = Gateways.of(limited)) {
            Burst burst = burst(Memory.of(new byte[3000]), PACKETS);
            gateways.sender.encapsulate(burst, gateways.out);
            assertEquals(List.of(ENCAPSULATED, LIFETIME_EXPIRED, LIFETIME_EXPIRED), Volley.outbound(burst));
            for (int i = 1; i < burst.size(); i++) {
                assertAsItWas(burst, i, i * 1000 + 100, PACKETS.get(i));
            }
        }
    }

    @Test
    @DisplayName("R51 a dummy that the lifetime refuses is as it was")
    void shouldShowRefusedDummyAsItWas() {
        SaBuilder limited = Sas.tunnel(Sas.GCM).dummies(true).lifetime(new Lifetime(0, 1, 0, 0, 0, 0));
        try (Gateways gateways = Gateways.of(limited)) {
            gateways.seal(SHORT);
            OutboundOutcome outcome = gateways.bench.dummy(gateways.sender, gateways.out, 77);
            assertEquals(LIFETIME_EXPIRED, outcome);
            assertAsItWas(gateways.bench.burst, 0, 300, new byte[77]);
        }
    }
}
