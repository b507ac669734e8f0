package io.esp4j.dataplane;

import static io.esp4j.outcome.InboundOutcome.ACCEPTED;
import static io.esp4j.outcome.InboundOutcome.ICV_MISMATCH;
import static io.esp4j.outcome.InboundOutcome.REPLAYED;
import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.Packets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 4303 Appendix A3, from the wire to the window. */
class ResynchronisationJourneyTest {
    private static final byte[] INNER = v4().build();
    private static final long TWO_32 = 1L << 32;
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(-5 * SECOND);
    private final WatchedProvider provider = new WatchedProvider(Gateways.JDK);

    /** At 100 in high half 3; after 5 failures in a row, 4 high halves on one packet, 8 a second. */
    private Gateways gateways() {
        SaBuilder sa = Sas.tunnel(Sas.GCM)
                .esn(true)
                .sequence(3 * TWO_32 + 100)
                .resynchronisation(new ResynchronisationPolicy(5, 4, 8));
        return Gateways.of(sa, settings -> settings.clock(clock::get).provider(provider));
    }

    private static byte[] wire(Gateways gateways, long number) {
        EspOracle oracle = gateways.keys.oracle(true);
        byte[] esp = oracle.seal(Sas.SPI, number, new byte[8], oracle.text(INNER, 4));
        return v4().protocol(50).payload(esp).build();
    }

    private static byte[] forged(Gateways gateways) {
        byte[] wire = wire(gateways, 3 * TWO_32 + 500);
        return Packets.flip(wire, wire.length * 8 - 1);
    }

    private static void fail(Gateways gateways, int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(ICV_MISMATCH, gateways.tryOpen(forged(gateways)));
        }
    }

    @Test
    @DisplayName(
            "R29 at the threshold the next high halves are tried; success moves the window there, and all is well again")
    void shouldFindHighHalfAtThreshold() {
        try (Gateways gateways = gateways()) {
            for (int i = 1; i <= 4; i++) {
                assertEquals(ICV_MISMATCH, gateways.tryOpen(wire(gateways, 6 * TWO_32 + i)));
                assertEquals(3 * TWO_32 + 100, gateways.in.highestSequence());
            }
            assertArrayEquals(INNER, gateways.open(wire(gateways, 6 * TWO_32 + 5)));
            assertEquals(6 * TWO_32 + 5, gateways.bench.burst.sequence(0));
            assertEquals(6 * TWO_32 + 5, gateways.in.highestSequence());
            assertEquals(0, gateways.in.resynchronisation().failures());
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, 6 * TWO_32 + 6)));
            assertEquals(REPLAYED, gateways.tryOpen(wire(gateways, 6 * TWO_32 + 5)));
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, 6 * TWO_32 + 1)));
        }
    }

    @Test
    @DisplayName(
            "R29 within one burst the threshold is met just the same, and the octets are restored for the attempts")
    void shouldFindHighHalfWithinBurst() {
        try (Gateways gateways = gateways()) {
            byte[][] wires = new byte[6][];
            for (int i = 0; i < 6; i++) {
                wires[i] = wire(gateways, 5 * TWO_32 + 1 + i);
            }
            List<?> outcomes = Volley.receive(gateways.receiver, wires);
            assertEquals(Collections.nCopies(4, ICV_MISMATCH), outcomes.subList(0, 4));
            assertEquals(ACCEPTED, outcomes.get(4));
            assertEquals(5 * TWO_32 + 5, gateways.in.highestSequence());
            // The last one's number was inferred before the window moved.
            assertEquals(ACCEPTED, gateways.tryOpen(wires[5]));
        }
    }

    @Test
    @DisplayName("R29 failure changes nothing: neither the window nor the octets of the packet")
    void shouldChangeNothingWhenNoHighHalfFits() {
        try (Gateways gateways = gateways()) {
            fail(gateways, 4);
            byte[] forged = forged(gateways);
            int opened = provider.opened.get();
            assertEquals(ICV_MISMATCH, gateways.tryOpen(forged));
            assertEquals(1 + 4, provider.opened.get() - opened);
            assertArrayEquals(forged, gateways.bench.packet());
            assertEquals(3 * TWO_32 + 100, gateways.in.highestSequence());
            assertEquals(5, gateways.in.count(ICV_MISMATCH));
        }
    }

    @Test
    @DisplayName("R29 no more high halves are tried on a packet than the policy allows")
    void shouldNotTryBeyondAllowedAttempts() {
        try (Gateways gateways = gateways()) {
            fail(gateways, 4);
            assertEquals(ICV_MISMATCH, gateways.tryOpen(wire(gateways, 9 * TWO_32 + 1)));
            clock.addAndGet(SECOND);
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, 8 * TWO_32 + 2)));
        }
    }

    @Test
    @DisplayName("R29 attempts are limited a second, so that garbage cannot ask for any number of decryptions")
    void shouldLimitAttemptsPerSecond() {
        try (Gateways gateways = gateways()) {
            fail(gateways, 4);
            int opened = provider.opened.get();
            for (int tenth = 0; tenth < 50; tenth++) {
                clock.addAndGet(SECOND / 10);
                fail(gateways, 20);
            }
            int attempts = provider.opened.get() - opened - 50 * 20;
            assertEquals(5 * 8, attempts);
        }
    }

    @Test
    @DisplayName("R29 an accepted packet resets the count")
    void shouldResetCountOnAccept() {
        try (Gateways gateways = gateways()) {
            fail(gateways, 4);
            assertEquals(4, gateways.in.resynchronisation().failures());
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, 3 * TWO_32 + 101)));
            assertEquals(0, gateways.in.resynchronisation().failures());
            assertEquals(ICV_MISMATCH, gateways.tryOpen(wire(gateways, 4 * TWO_32 + 900)));
        }
    }

    @Test
    @DisplayName("R29 replays do not feed the count, packets left of the window do, since A2.2 infers them upwards")
    void shouldCountFailuresOnly() {
        try (Gateways gateways = gateways()) {
            byte[] replay = wire(gateways, 3 * TWO_32 + 100);
            for (int i = 0; i < 10; i++) {
                assertEquals(REPLAYED, gateways.tryOpen(replay));
            }
            assertEquals(0, gateways.in.resynchronisation().failures());
            assertEquals(ICV_MISMATCH, gateways.tryOpen(wire(gateways, 3 * TWO_32 + 20)));
            assertEquals(1, gateways.in.resynchronisation().failures());
        }
    }

    @Test
    @DisplayName("R29 a candidate is always above the inferred half: no old packet gets in, however often it is sent")
    void shouldNeverAcceptOldPackets() {
        try (Gateways gateways = gateways()) {
            byte[][] old = {
                wire(gateways, 3 * TWO_32 + 20), wire(gateways, 2 * TWO_32 + 600), wire(gateways, TWO_32 + 600),
            };
            for (int i = 0; i < 100; i++) {
                clock.addAndGet(SECOND);
                assertEquals(ICV_MISMATCH, gateways.tryOpen(old[i % 3]));
            }
            assertEquals(3 * TWO_32 + 100, gateways.in.highestSequence());
        }
    }

    @Test
    @DisplayName("R29 octets are only restored where an attempt may be due")
    void shouldRestoreOnlyNearThreshold() {
        try (Gateways gateways = gateways()) {
            fail(gateways, 3);
            assertEquals(0, provider.openedWithRestore.get());
            fail(gateways, 1);
            assertEquals(0, provider.openedWithRestore.get());
            fail(gateways, 1);
            assertEquals(1 + 4, provider.openedWithRestore.get());
        }
    }

    @Test
    @DisplayName("R29 without ESN, or with resynchronisation switched off, nothing is tried")
    void shouldNotResynchroniseWhereThereIsNothingToFind() {
        List<SaBuilder> builders = List.of(
                Sas.tunnel(Sas.GCM).resynchronisation(new ResynchronisationPolicy(1, 1, 1)),
                Sas.tunnel(Sas.GCM).esn(true).resynchronisation(null));
        for (SaBuilder builder : builders) {
            try (Gateways gateways = Gateways.of(builder, settings -> settings.provider(provider))) {
                byte[] wire = gateways.seal(INNER);
                int opened = provider.opened.get();
                for (int i = 0; i < 3; i++) {
                    assertEquals(ICV_MISMATCH, gateways.tryOpen(Packets.flip(wire, wire.length * 8 - 1)));
                }
                assertEquals(3, provider.opened.get() - opened);
            }
        }
    }
}
