package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.esp4j.outcome.AuditEvent;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Packets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditJourneyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Instant TIME = Instant.parse("2026-11-21T12:34:56.789Z");
    private static final byte[] INNER = v4().build();

    private record Told(
            Enum<?> outcome,
            long millis,
            int spi,
            long sequence,
            IpAddress source,
            IpAddress destination,
            int flowLabel,
            long suppressed) {}

    private final List<Told> told = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong(-100 * SECOND);

    private void note(AuditEvent event) {
        told.add(new Told(
                event.outcome(),
                event.epochMillis(),
                event.spi(),
                event.sequence(),
                event.source(),
                event.destination(),
                event.flowLabel(),
                event.suppressed()));
    }

    private Gateways gateways(SaBuilder sa, int eventsPerSecond) {
        return Gateways.of(sa, settings -> settings.audit(this::note, eventsPerSecond)
                .clock(clock::get)
                .wallClock(Clock.fixed(TIME, ZoneOffset.UTC)));
    }

    private static Told over4(Enum<?> outcome, int spi, long sequence) {
        IpAddress from = IpAddress.parse("10.1.0.1");
        IpAddress to = IpAddress.parse("10.2.0.2");
        return new Told(outcome, TIME.toEpochMilli(), spi, sequence, from, to, 0, 0);
    }

    private static Told over6(Enum<?> outcome, int spi, long sequence) {
        IpAddress from = IpAddress.parse("2001:db8:1::1");
        IpAddress to = IpAddress.parse("2001:db8:2::2");
        return new Told(outcome, TIME.toEpochMilli(), spi, sequence, from, to, 0x12345, 0);
    }

    private static byte[] esp(long spi, long sequence) {
        return Packets.join(Packets.int32(spi), Packets.int32(sequence), new byte[40]);
    }

    @Test
    @DisplayName("R19 R26 a packet of no SA is discarded and audited with SPI, time, addresses, number and flow label")
    void shouldAuditUnknownSpi() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM), 100)) {
            byte[] from4 =
                    v4().protocol(50).payload(esp(0xfedc_ba98L, 0x8000_0001L)).build();
            byte[] from6 = v6().protocol(50).payload(esp(0, 7)).build();
            assertEquals(InboundOutcome.UNKNOWN_SPI, gateways.tryOpen(from4));
            assertEquals(InboundOutcome.UNKNOWN_SPI, gateways.tryOpen(from6));
            assertEquals(2, gateways.receiver.count(InboundOutcome.UNKNOWN_SPI));
            assertEquals(
                    List.of(
                            over4(InboundOutcome.UNKNOWN_SPI, 0xfedc_ba98, 0x8000_0001L),
                            over6(InboundOutcome.UNKNOWN_SPI, 0, 7)),
                    told);
        }
    }

    @Test
    @DisplayName("R26 replay, too old and ICV failure are audited with the inferred 64-bit number")
    void shouldAuditReplayAndIcvFailure() {
        SaBuilder sa = Sas.tunnel(Sas.GCM, true).esn(true).sequence(0x7_0000_0000L);
        try (Gateways gateways = gateways(sa, 100)) {
            byte[] wire = gateways.seal(INNER);
            byte[] arrived = v6().protocol(50)
                    .payload(Packets.slice(wire, 40, wire.length))
                    .build();
            gateways.tryOpen(Packets.flip(arrived, arrived.length * 8 - 1));
            gateways.open(arrived);
            gateways.tryOpen(arrived);
            assertEquals(
                    List.of(
                            over6(InboundOutcome.ICV_MISMATCH, Sas.SPI, 0x7_0000_0001L),
                            over6(InboundOutcome.REPLAYED, Sas.SPI, 0x7_0000_0001L)),
                    told);
        }
        told.clear();
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM).sequence(1000), 100)) {
            gateways.tryOpen(v4().protocol(50).payload(esp(Sas.SPI, 5)).build());
            assertEquals(List.of(over4(InboundOutcome.TOO_OLD, Sas.SPI, 5)), told);
        }
    }

    @Test
    @DisplayName("R26 where a socket kept the addresses the event has none")
    void shouldTellNoAddressesOfSocket() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM).carriedBySocket(true), 100)) {
            gateways.bench.decapsulate(gateways.receiver, esp(0x9999, 3), 0, Framing.UDP_PAYLOAD, 0);
            assertEquals(1, told.size());
            assertEquals(0x9999, told.get(0).spi());
            assertEquals(3, told.get(0).sequence());
            assertNull(told.get(0).source());
            assertNull(told.get(0).destination());
        }
    }

    @Test
    @DisplayName(
            "R26 so many events a second at most, whatever the clock's origin; the next one tells how many were not told")
    void shouldLimitRate() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM), 3)) {
            byte[] unknown = v4().protocol(50).payload(esp(0x9999, 1)).build();
            for (int i = 0; i < 10; i++) {
                gateways.tryOpen(unknown);
            }
            assertEquals(3, told.size());
            clock.addAndGet(SECOND - 1);
            gateways.tryOpen(unknown);
            assertEquals(3, told.size());
            clock.incrementAndGet();
            for (int i = 0; i < 5; i++) {
                gateways.tryOpen(unknown);
            }
            assertEquals(6, told.size());
            assertEquals(8, told.get(3).suppressed());
            assertEquals(0, told.get(4).suppressed());
            assertEquals(16, gateways.receiver.count(InboundOutcome.UNKNOWN_SPI));
        }
    }

    @Test
    @DisplayName("R26 auditing is off unless it is switched on, and everything is counted all the same")
    void shouldBeOffByDefault() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            gateways.tryOpen(v4().protocol(50).payload(esp(0x9999, 1)).build());
            assertEquals(List.of(), told);
            assertEquals(1, gateways.receiver.count(InboundOutcome.UNKNOWN_SPI));
        }
    }

    @Test
    @DisplayName("R26 what is no auditable event tells nobody")
    void shouldNotAuditOtherOutcomes() {
        try (Gateways gateways = gateways(Sas.tunnel(Sas.GCM).mtu(100), 100)) {
            gateways.tryOpen(v4().build());
            gateways.tryOpen(v4().protocol(50).payload(new byte[7]).build());
            gateways.tryOpen(gateways.seal(v4().payload(new byte[1]).build()));
            gateways.trySeal(v4().payload(new byte[200]).build());
            gateways.trySeal(new byte[5]);
            assertEquals(List.of(), told);
        }
    }
}
