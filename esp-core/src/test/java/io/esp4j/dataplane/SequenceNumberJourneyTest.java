package io.esp4j.dataplane;

import static io.esp4j.outcome.OutboundOutcome.ENCAPSULATED;
import static io.esp4j.outcome.OutboundOutcome.SEQUENCE_EXHAUSTED;
import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SequenceNumberJourneyTest {
    private static final byte[] INNER = v4().build();

    @Test
    @DisplayName("R4 R5 the first packet carries 1, and the number increments for each packet, in bursts too")
    void shouldCountFromOne() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            assertEquals(1, Packets.int32(gateways.seal(INNER), 24));
            Burst burst = Volley.burst(INNER, INNER, INNER);
            gateways.sender.encapsulate(burst, gateways.out);
            for (int i = 0; i < 3; i++) {
                assertEquals(i + 2, Packets.int32(burst.octets(i), 24));
                assertEquals(i + 2, burst.sequence(i));
            }
            assertEquals(4, gateways.out.lastSequence());
        }
    }

    @Test
    @DisplayName("R4 packets that are refused use no number: those that go are numbered without a gap")
    void shouldUseNoNumberForRefusedPackets() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).mtu(400))) {
            byte[] big = v4().payload(new byte[500]).build();
            Burst burst = Volley.burst(big, INNER, new byte[3], INNER, big, INNER);
            gateways.sender.encapsulate(burst, gateways.out);
            assertEquals(1, burst.sequence(1));
            assertEquals(2, burst.sequence(3));
            assertEquals(3, burst.sequence(5));
            assertEquals(3, gateways.out.lastSequence());
            assertEquals(3, gateways.out.packets());
        }
    }

    private static void exhaust(boolean esn, long last) {
        List<String> audited = new ArrayList<>();
        SaBuilder sa = Sas.tunnel(Sas.GCM).esn(esn).sequence(last - 3);
        Gateways created = Gateways.of(sa, settings -> settings.audit(event -> audited.add(event.toString()), 100));
        try (Gateways gateways = created) {
            Burst burst = Volley.burst(INNER, INNER, INNER, INNER, INNER);
            gateways.sender.encapsulate(burst, gateways.out);
            assertEquals(
                    List.of(ENCAPSULATED, ENCAPSULATED, ENCAPSULATED, SEQUENCE_EXHAUSTED, SEQUENCE_EXHAUSTED),
                    Volley.outbound(burst));
            assertEquals(last, burst.sequence(2));
            assertArrayEquals(INNER, burst.octets(3));
            assertEquals(SEQUENCE_EXHAUSTED, gateways.trySeal(INNER));
            assertArrayEquals(INNER, gateways.bench.packet());
            assertEquals(last, gateways.out.lastSequence());
            assertEquals(3, gateways.out.packets());
            assertEquals(3, gateways.out.count(ENCAPSULATED));
            assertEquals(3, gateways.out.count(SEQUENCE_EXHAUSTED));
            assertEquals(3, audited.size());
            String number = "SEQUENCE_EXHAUSTED spi=0x1000 sequence=0x" + Long.toHexString(last);
            assertTrue(audited.get(0).contains(number + " source=10.1.0.1 destination=10.2.0.2"), audited.toString());
        }
    }

    @Test
    @DisplayName("R5 R26 without ESN 2^32-1 is the last; what would cycle is refused and audited, and nothing is sent")
    void shouldStopAtTheEndOf32Bits() {
        exhaust(false, 0xffff_ffffL);
    }

    @Test
    @DisplayName(
            "R5 R6 R26 R28 with ESN 2^64-1 is the last; what would cycle is refused and audited, and nothing is sent")
    void shouldStopAtTheEndOf64Bits() {
        exhaust(true, -1);
    }

    @Test
    @DisplayName("R31 the IV of a counter mode is the 64-bit number, nobody else's choice, and never repeats")
    void shouldMakeIvOfNumber() {
        for (Transform transform : Transform.all()) {
            if (!transform.counterIv() || transform.ivOctets() == 0) {
                continue;
            }
            SaBuilder sa = Sas.tunnel(transform).esn(true).sequence(0x0102_0304_ffff_fffeL);
            try (Gateways gateways = Gateways.of(sa)) {
                assertArrayEquals(Packets.hex("01020304ffffffff"), Packets.slice(gateways.seal(INNER), 28, 36));
                assertArrayEquals(Packets.hex("0102030500000000"), Packets.slice(gateways.seal(INNER), 28, 36));
            }
        }
    }

    @Test
    @DisplayName("R36 the IV of CBC is unpredictable: what the generator gives, 16 fresh octets a packet")
    void shouldDrawIvOfCbc() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.CBC))) {
            Set<String> ivs = new HashSet<>();
            for (int i = 0; i < 1000; i++) {
                ivs.add(Arrays.toString(Packets.slice(gateways.seal(INNER), 28, 44)));
            }
            assertEquals(1000, ivs.size());
        }
    }

    @Test
    @DisplayName("R36 no two workers draw the same IVs, nor two dataplanes")
    void shouldDrawOtherIvsAtEachWorker() {
        Set<String> ivs = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.CBC));
                    Worker second = gateways.sending.newWorker()) {
                ivs.add(Arrays.toString(Packets.slice(gateways.seal(INNER), 28, 44)));
                gateways.bench.encapsulate(second, gateways.out, INNER);
                ivs.add(Arrays.toString(Packets.slice(gateways.bench.packet(), 28, 44)));
            }
        }
        assertEquals(4, ivs.size());
    }

    @Test
    @DisplayName("R4 the packets of a burst are numbered SA by SA, in the order they came")
    void shouldNumberEachSaOfBurstInOrder() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            OutboundSa second = gateways.sending.addOutbound(
                    Sas.tunnel(Sas.CBC, true).build(), Keys.of(Sas.CBC, 8).material());
            Burst burst = Volley.burst(INNER, v6().build(), INNER, INNER, INNER);
            OutboundSa[] routes = {gateways.out, second, null, gateways.out, second};
            for (int i = 0; i < 5; i++) {
                burst.route(i, routes[i]);
            }
            gateways.sender.encapsulate(burst);
            assertEquals(io.esp4j.outcome.OutboundOutcome.NO_POLICY, burst.outbound(2));
            assertArrayEquals(INNER, burst.octets(2));
            long[] numbers = {1, 1, 0, 2, 2};
            for (int i = 0; i < 5; i++) {
                assertEquals(numbers[i], burst.sequence(i));
                assertEquals(routes[i], burst.sa(i));
            }
        }
    }
}
