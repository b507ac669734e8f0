package io.esp4j.dataplane;

import static io.esp4j.outcome.OutboundOutcome.ENCAPSULATED;
import static io.esp4j.outcome.OutboundOutcome.LIFETIME_EXPIRED;
import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LifetimeJourneyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final byte[] INNER = v4().payload(Packets.count(21)).build();
    /** 41 octets, 1 of padding, 2 of trailer. */
    private static final int TEXT = 44;

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - SECOND); // wraps before long
    private final AtomicInteger clockReadings = new AtomicInteger();
    private final List<SecurityAssociation> softEvents = new ArrayList<>();

    private Gateways gateways(Lifetime lifetime) {
        return Gateways.of(Sas.tunnel(Sas.GCM).lifetime(lifetime), settings -> settings.clock(this::read)
                .listener(softEvents::add));
    }

    private long read() {
        clockReadings.incrementAndGet();
        return clock.get();
    }

    private static Lifetime packets(long soft, long hard) {
        return new Lifetime(soft, hard, 0, 0, 0, 0);
    }

    private static Lifetime octets(long soft, long hard) {
        return new Lifetime(0, 0, soft, hard, 0, 0);
    }

    private static Lifetime seconds(long soft, long hard) {
        return new Lifetime(0, 0, 0, 0, soft, hard);
    }

    private static int sent(Gateways gateways, int packets) {
        byte[][] burst = Collections.nCopies(packets, INNER).toArray(new byte[0][]);
        Burst sent = Volley.burst(burst);
        gateways.sender.encapsulate(sent, gateways.out);
        int encapsulated = Collections.frequency(Volley.outbound(sent), ENCAPSULATED);
        assertEquals(packets - encapsulated, Collections.frequency(Volley.outbound(sent), LIFETIME_EXPIRED));
        return encapsulated;
    }

    @Test
    @DisplayName("R51 a hard limit in packets lets exactly so many go, and then nothing more")
    void shouldStopAfterPackets() {
        try (Gateways gateways = gateways(packets(0, 13))) {
            assertEquals(8, sent(gateways, 8));
            assertFalse(gateways.out.isExpired());
            assertEquals(5, sent(gateways, 8));
            assertTrue(gateways.out.isExpired());
            assertEquals(0, sent(gateways, 1));
            assertEquals(13, gateways.out.packets());
            assertEquals(13, gateways.out.lastSequence());
            assertEquals(4, gateways.out.count(LIFETIME_EXPIRED));
            assertEquals(4, gateways.sender.count(LIFETIME_EXPIRED));
        }
    }

    @Test
    @DisplayName("R51 octets are what the cipher processes, padding and trailer included, to the last octet")
    void shouldStopAfterOctets() {
        for (int spare = 0; spare < TEXT; spare++) {
            try (Gateways gateways = gateways(octets(0, 5 * TEXT + spare))) {
                assertEquals(5, sent(gateways, 8));
                assertEquals(5 * TEXT, gateways.out.octets());
                assertEquals(0, sent(gateways, 2));
                assertTrue(gateways.out.meter().isExhausted());
            }
        }
        try (Gateways gateways = gateways(octets(0, 5 * TEXT - 1))) {
            assertEquals(4, sent(gateways, 8));
        }
    }

    @Test
    @DisplayName("R51 the nearer of two limits stops the SA")
    void shouldStopAtNearerLimit() {
        try (Gateways gateways = gateways(new Lifetime(0, 7, 0, 100 * TEXT, 0, 0))) {
            assertEquals(7, sent(gateways, 10));
        }
        try (Gateways gateways = gateways(new Lifetime(0, 100, 0, 7 * TEXT, 0, 0))) {
            assertEquals(7, sent(gateways, 10));
            assertEquals(7, gateways.out.packets());
        }
    }

    @Test
    @DisplayName("R51 a hard limit in seconds stops the SA to the nanosecond, on a clock that wraps")
    void shouldStopAfterSeconds() {
        try (Gateways gateways = gateways(seconds(0, 10))) {
            byte[] wire = gateways.seal(INNER);
            clock.addAndGet(10 * SECOND - 1);
            assertEquals(1, sent(gateways, 1));
            gateways.open(wire);
            byte[] late = gateways.seal(INNER);
            clock.incrementAndGet();
            assertEquals(0, sent(gateways, 3));
            assertEquals(InboundOutcome.LIFETIME_EXPIRED, gateways.tryOpen(late));
            assertTrue(gateways.out.isExpired());
            assertTrue(gateways.in.isExpired());
        }
    }

    @Test
    @DisplayName("R51 a limit of more seconds than the clock can tell is none")
    void shouldTakeEndlessSeconds() {
        try (Gateways gateways = gateways(seconds(Long.MAX_VALUE, Long.MAX_VALUE))) {
            clock.addAndGet(1_000_000 * SECOND);
            assertEquals(1, sent(gateways, 1));
            assertTrue(softEvents.isEmpty());
        }
    }

    @Test
    @DisplayName("R51 time is read once a burst, and not at all where nothing depends on it")
    void shouldReadClockOncePerBurst() {
        try (Gateways gateways = gateways(seconds(5, 10))) {
            clockReadings.set(0);
            sent(gateways, 8);
            assertEquals(1, clockReadings.get());
        }
        try (Gateways gateways = gateways(packets(5, 1000))) {
            clockReadings.set(0);
            sent(gateways, 8);
            gateways.open(gateways.seal(INNER));
            assertEquals(0, clockReadings.get());
        }
    }

    @Test
    @DisplayName("R51 a soft limit of each kind raises one event, at the end of the burst that reaches it")
    void shouldRaiseSoftEventOnce() {
        try (Gateways gateways = gateways(packets(10, 0))) {
            sent(gateways, 9);
            assertEquals(List.of(), softEvents);
            sent(gateways, 1);
            assertEquals(List.of(gateways.out), softEvents);
            sent(gateways, 20);
            assertEquals(1, softEvents.size());
        }
        softEvents.clear();
        try (Gateways gateways = gateways(octets(10 * TEXT, 0))) {
            sent(gateways, 9);
            assertEquals(List.of(), softEvents);
            sent(gateways, 5);
            sent(gateways, 5);
            assertEquals(List.of(gateways.out), softEvents);
        }
        softEvents.clear();
        try (Gateways gateways = gateways(seconds(10, 20))) {
            clock.addAndGet(10 * SECOND - 1);
            sent(gateways, 1);
            assertEquals(List.of(), softEvents);
            clock.incrementAndGet();
            sent(gateways, 1);
            sent(gateways, 1);
            assertEquals(List.of(gateways.out), softEvents);
        }
    }

    @Test
    @DisplayName(
            "R51 an SA that expires before anything passed its soft limit raises the soft event all the same, once")
    void shouldRaiseSoftEventOfAnSaThatExpiredFirst() {
        try (Gateways gateways = gateways(seconds(50, 60))) {
            byte[] wire = gateways.seal(INNER);
            clock.addAndGet(65 * SECOND);
            assertEquals(0, sent(gateways, 2));
            assertEquals(List.of(gateways.out), softEvents);
            assertEquals(InboundOutcome.LIFETIME_EXPIRED, gateways.tryOpen(wire));
            gateways.tryOpen(wire);
            assertEquals(0, sent(gateways, 1));
            assertEquals(List.of(gateways.out, gateways.in), softEvents);
        }
        softEvents.clear();
        Gateways created = new Gateways(
                Sas.tunnel(Sas.GCM).build(),
                Sas.tunnel(Sas.GCM).lifetime(octets(TEXT - 2, TEXT - 1)).build(),
                settings -> settings.clock(this::read).listener(softEvents::add));
        try (Gateways gateways = created) {
            assertEquals(InboundOutcome.LIFETIME_EXPIRED, gateways.tryOpen(gateways.seal(INNER)));
            assertEquals(List.of(gateways.in), softEvents);
        }
        softEvents.clear();
        try (Gateways gateways = gateways(octets(TEXT - 2, TEXT - 1))) {
            assertEquals(0, sent(gateways, 1));
            assertEquals(List.of(gateways.out), softEvents);
        }
    }

    @Test
    @DisplayName("R51 an SA that expires without a soft limit raises no event")
    void shouldRaiseNoSoftEventWithoutASoftLimit() {
        try (Gateways gateways = gateways(packets(0, 1))) {
            sent(gateways, 3);
            assertTrue(gateways.out.isExpired());
            assertEquals(List.of(), softEvents);
        }
    }

    @Test
    @DisplayName("R51 inbound counts after ICV and commit only: forgeries and replays expire nothing")
    void shouldNotCountForgeriesAndReplays() {
        try (Gateways gateways = gateways(packets(2, 3))) {
            byte[] wire = gateways.seal(INNER);
            byte[] next = gateways.seal(INNER);
            for (int i = 0; i < 20; i++) {
                gateways.tryOpen(Packets.flip(wire, wire.length * 8 - 1));
            }
            assertEquals(0, gateways.in.packets());
            gateways.open(wire);
            for (int i = 0; i < 20; i++) {
                gateways.tryOpen(wire);
            }
            assertEquals(1, gateways.in.packets());
            assertEquals(TEXT, gateways.in.octets());
            assertFalse(softEvents.contains(gateways.in));
            assertArrayEquals(INNER, gateways.open(next));
            assertEquals(1, Collections.frequency(softEvents, gateways.in));
        }
    }

    @Test
    @DisplayName("R51 inbound a hard limit is exact within a burst, and then refuses before any cryptography")
    void shouldStopInboundExactly() {
        WatchedProvider provider = new WatchedProvider(Gateways.JDK);
        Gateways created = new Gateways(
                Sas.tunnel(Sas.GCM).build(),
                Sas.tunnel(Sas.GCM).lifetime(packets(0, 3)).build(),
                settings -> settings.provider(provider));
        try (Gateways gateways = created) {
            byte[][] wires = Volley.seal(gateways, INNER, 6).toArray(new byte[0][]);
            List<InboundOutcome> outcomes =
                    Volley.receive(gateways.receiver, wires[0], wires[0], wires[1], wires[2], wires[3], wires[4]);
            assertEquals(3, Collections.frequency(outcomes, InboundOutcome.ACCEPTED));
            assertEquals(2, Collections.frequency(outcomes, InboundOutcome.LIFETIME_EXPIRED));
            int opened = provider.opened.get();
            assertEquals(InboundOutcome.LIFETIME_EXPIRED, gateways.tryOpen(wires[5]));
            assertEquals(opened, provider.opened.get());
            assertEquals(3, gateways.in.packets());
        }
    }

    @Test
    @DisplayName("R51 dummies and packets with malformed plaintext count, since they are authentic")
    void shouldCountEverythingAuthentic() {
        try (Gateways gateways = gateways(packets(0, 2))) {
            EspOracle oracle = gateways.keys.oracle(false);
            byte[] dummy = oracle.seal(Sas.SPI, 1, new byte[8], oracle.text(new byte[9], 59));
            byte[] malformed = oracle.seal(Sas.SPI, 2, new byte[8], oracle.text(new byte[9], 4));
            gateways.tryOpen(v4().protocol(50).payload(dummy).build());
            gateways.tryOpen(v4().protocol(50).payload(malformed).build());
            assertEquals(2, gateways.in.packets());
            assertEquals(12 + 12, gateways.in.octets());
            assertTrue(gateways.in.isExpired());
        }
    }
}
