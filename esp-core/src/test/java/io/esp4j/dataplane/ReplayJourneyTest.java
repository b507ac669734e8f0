package io.esp4j.dataplane;

import static io.esp4j.outcome.InboundOutcome.ACCEPTED;
import static io.esp4j.outcome.InboundOutcome.ICV_MISMATCH;
import static io.esp4j.outcome.InboundOutcome.REPLAYED;
import static io.esp4j.outcome.InboundOutcome.TOO_OLD;
import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.Packets;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Anti-replay as a packet meets it. That the windows themselves are exact is the business of their own module. */
class ReplayJourneyTest {
    private static final byte[] INNER = v4().build();
    private static final long TWO_32 = 1L << 32;

    /** An authentic packet of any number. */
    private static byte[] wire(Gateways gateways, boolean esn, long number) {
        EspOracle oracle = gateways.keys.oracle(esn);
        byte[] esp = oracle.seal(Sas.SPI, number, new byte[oracle.ivOctets], oracle.text(INNER, 4));
        return v4().protocol(50).payload(esp).build();
    }

    private static byte[] forged(byte[] wire) {
        return Packets.flip(wire, wire.length * 8 - 1);
    }

    @Test
    @DisplayName("R21 a duplicate is rejected, in a later burst and within one, each number accepted once")
    void shouldRejectDuplicates() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[] a = gateways.seal(INNER);
            byte[] b = gateways.seal(INNER);
            assertEquals(
                    List.of(ACCEPTED, REPLAYED, ACCEPTED, REPLAYED, REPLAYED),
                    Volley.receive(gateways.receiver, a, a, b, a, b));
            assertEquals(List.of(REPLAYED, REPLAYED), Volley.receive(gateways.receiver, b, a));
            assertEquals(2, gateways.in.count(ACCEPTED));
            assertEquals(5, gateways.in.count(REPLAYED));
        }
    }

    @Test
    @DisplayName("R21 a duplicate of an earlier burst is rejected before any cryptography is paid for")
    void shouldRejectDuplicatesBeforeOpening() {
        WatchedProvider provider = new WatchedProvider(Gateways.JDK);
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM), settings -> settings.provider(provider))) {
            byte[] wire = gateways.seal(INNER);
            gateways.open(wire);
            assertEquals(1, provider.opened.get());
            assertEquals(REPLAYED, gateways.tryOpen(wire));
            assertEquals(REPLAYED, gateways.tryOpen(forged(wire)));
            assertEquals(1, provider.opened.get());
        }
    }

    @Test
    @DisplayName(
            "R22 a wrong ICV does not move the window: the genuine packet is accepted after it, in the same burst too")
    void shouldNotMoveWindowForForgery() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[] genuine = wire(gateways, false, 5);
            byte[] farAhead = forged(wire(gateways, false, 0xffff_ffffL));
            assertEquals(ICV_MISMATCH, gateways.tryOpen(farAhead));
            assertEquals(0, gateways.in.highestSequence());
            assertEquals(
                    List.of(ICV_MISMATCH, ICV_MISMATCH, ACCEPTED, ICV_MISMATCH),
                    Volley.receive(gateways.receiver, forged(genuine), farAhead, genuine, farAhead));
            assertEquals(5, gateways.in.highestSequence());
        }
    }

    @Test
    @DisplayName("R22 the check is repeated at commit: what fell out of the window during the open is too old")
    void shouldJudgeAgainAtCommit() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            byte[] low = wire(gateways, false, 1);
            byte[] edge = wire(gateways, false, 37);
            byte[] high = wire(gateways, false, 100);
            byte[] beyond = wire(gateways, false, 36);
            assertEquals(
                    List.of(ACCEPTED, TOO_OLD, ACCEPTED, TOO_OLD),
                    Volley.receive(gateways.receiver, high, low, edge, beyond));
        }
    }

    @Test
    @DisplayName("R23 the window is exact at both ends, for sizes 1, 2, 31, 32, 33, 64, 100 and 1024")
    void shouldBeExactAtBothEnds() {
        for (int window : new int[] {1, 2, 31, 32, 33, 64, 100, 1024}) {
            for (boolean several : new boolean[] {false, true}) {
                SaBuilder sa = Sas.tunnel(Sas.NULL).replayWindow(window).severalWorkers(several);
                try (Gateways gateways = Gateways.of(sa)) {
                    assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, false, 5000)));
                    assertEquals(TOO_OLD, gateways.tryOpen(wire(gateways, false, 5000 - window)));
                    InboundOutcome bottom = window == 1 ? REPLAYED : ACCEPTED;
                    assertEquals(bottom, gateways.tryOpen(wire(gateways, false, 5001 - window)));
                    assertEquals(REPLAYED, gateways.tryOpen(wire(gateways, false, 5001 - window)));
                    assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, false, 5001)));
                    assertEquals(TOO_OLD, gateways.tryOpen(wire(gateways, false, 5001 - window)));
                }
            }
        }
    }

    @Test
    @DisplayName("R23 number 0 is refused while anti-replay is on; with ESN a low half of 0 is ordinary further up")
    void shouldRefuseNumberZero() {
        try (Gateways without = Gateways.of(Sas.tunnel(Sas.GCM));
                Gateways with = Gateways.of(Sas.tunnel(Sas.GCM).esn(true).sequence(TWO_32 - 1))) {
            assertEquals(TOO_OLD, without.tryOpen(wire(without, false, 0)));
            assertEquals(ACCEPTED, with.tryOpen(wire(with, true, TWO_32)));
            assertEquals(TWO_32, with.bench.burst.sequence(0));
        }
    }

    @Test
    @DisplayName("R23 the number that an SA begins with counts as received, lower ones in the window do not")
    void shouldBeginWhereTheSaStands() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).sequence(1000))) {
            assertEquals(1000, gateways.in.highestSequence());
            assertEquals(REPLAYED, gateways.tryOpen(wire(gateways, false, 1000)));
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, false, 999)));
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, false, 937)));
            assertEquals(TOO_OLD, gateways.tryOpen(wire(gateways, false, 936)));
        }
    }

    @Test
    @DisplayName("R20 with anti-replay off copies are accepted, but never without integrity")
    void shouldAcceptCopiesWithoutWindow() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).replayWindow(0))) {
            byte[] wire = gateways.seal(INNER);
            assertEquals(
                    List.of(ACCEPTED, ACCEPTED, ICV_MISMATCH, ACCEPTED),
                    Volley.receive(gateways.receiver, wire, wire, forged(wire), wire));
            assertEquals(ACCEPTED, gateways.tryOpen(wire(gateways, false, 0)));
        }
    }

    @Test
    @DisplayName("R20 several senders of one SA use the same numbers, and all are accepted")
    void shouldAcceptSeveralSenders() {
        SaBuilder sa = Sas.tunnel(Sas.CBC).severalSenders(true).replayWindow(0);
        try (Gateways first = Gateways.of(sa);
                Gateways second = Gateways.of(sa)) {
            byte[] a = first.seal(INNER);
            byte[] b = second.seal(INNER);
            assertEquals(List.of(ACCEPTED, ACCEPTED), Volley.receive(first.receiver, a, b));
        }
    }

    @Test
    @DisplayName("R6 R27 R28 with ESN numbers cross 2^32 in and out of order, across bursts and within one")
    void shouldCrossSubspaces() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM).esn(true).sequence(TWO_32 - 4))) {
            List<byte[]> wires = Volley.seal(gateways, INNER, 8); // 2^32 - 3 to 2^32 + 4
            assertEquals(
                    List.of(ACCEPTED, ACCEPTED, ACCEPTED, REPLAYED, ACCEPTED),
                    Volley.receive(
                            gateways.receiver, wires.get(5), wires.get(0), wires.get(2), wires.get(5), wires.get(7)));
            assertEquals(TWO_32 + 4, gateways.in.highestSequence());
            assertEquals(
                    List.of(ACCEPTED, REPLAYED, ACCEPTED, ACCEPTED, ACCEPTED),
                    Volley.receive(
                            gateways.receiver, wires.get(1), wires.get(2), wires.get(3), wires.get(4), wires.get(6)));
        }
    }

    @Test
    @DisplayName("R27 case B under a high half of 0 is too old; what else lies left of the window is inferred upwards")
    void shouldNeverInferHighHalfOfMinusOne() {
        try (Gateways young = Gateways.of(Sas.tunnel(Sas.GCM).esn(true).sequence(5));
                Gateways older = Gateways.of(Sas.tunnel(Sas.GCM).esn(true).sequence(500))) {
            assertEquals(TOO_OLD, young.tryOpen(wire(young, true, 0xffff_fff0L)));
            byte[] left = wire(older, true, 400);
            assertEquals(ICV_MISMATCH, older.tryOpen(left));
            assertEquals(TWO_32 + 400, older.bench.burst.sequence(0));
            assertEquals(500, older.in.highestSequence());
        }
    }

    @Test
    @DisplayName("R21 R22 R23 R27 any walk of authentic packets is judged as a set of numbers and A2.2 say")
    void shouldAgreeWithSetOfNumbers() {
        long seed = System.nanoTime();
        System.out.println("replay walk, seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            boolean esn = random.nextBoolean();
            int window = 1 + random.nextInt(80);
            long top = esn ? TWO_32 * random.nextInt(3) + random.nextInt(200) : random.nextInt(200);
            SaBuilder sa = Sas.tunnel(Sas.NULL)
                    .esn(esn)
                    .replayWindow(window)
                    .severalWorkers(random.nextBoolean())
                    .sequence(top)
                    .resynchronisation(null);
            Set<Long> received = new HashSet<>(Set.of(top));
            try (Gateways gateways = Gateways.of(sa)) {
                for (int step = 0; step < 300; step++) {
                    long number = Math.max(0, top + random.nextInt(3 * window + 10) - 2L * window);
                    InboundOutcome expected = verdict(top, window, esn, number, received);
                    String what = "seed " + seed + ", number " + number + ", top " + top + ", window " + window;
                    assertEquals(expected, gateways.tryOpen(wire(gateways, esn, number)), what);
                    if (expected == ACCEPTED) {
                        received.add(number);
                        top = Math.max(top, number);
                    }
                    assertEquals(top, gateways.in.highestSequence(), what);
                }
            }
        }
    }

    private static InboundOutcome verdict(long top, int window, boolean esn, long number, Set<Long> received) {
        if (esn) {
            long inferred = inferred(top, window, number % TWO_32);
            if (inferred < 0) {
                return TOO_OLD;
            }
            if (inferred != number) {
                return ICV_MISMATCH;
            }
        }
        if (number == 0 || number <= top - window) {
            return TOO_OLD;
        }
        return received.contains(number) ? REPLAYED : ACCEPTED;
    }

    /** RFC 4303 A2.2, its own letters: Tl, Th of the top, Bl of the bottom. */
    private static long inferred(long top, int window, long low) {
        long tl = top % TWO_32;
        long th = top / TWO_32;
        long bl = Math.floorMod(tl - window + 1, TWO_32);
        if (tl >= window - 1) {
            return (low >= bl ? th : th + 1) * TWO_32 + low;
        }
        return (low >= bl ? th - 1 : th) * TWO_32 + low;
    }
}
