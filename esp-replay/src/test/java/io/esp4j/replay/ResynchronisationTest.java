package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ResynchronisationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ResynchronisationPolicy FEW = new ResynchronisationPolicy(3, 2, 4);

    @Test
    @DisplayName("R29 by default 1024 consecutive failures bring 8 attempts, and not one failure fewer")
    void shouldTryAtThreshold() {
        Resynchronisation resynchronisation = new Resynchronisation(ResynchronisationPolicy.DEFAULT, 0);
        for (int failure = 1; failure < 1024; failure++) {
            assertEquals(0, resynchronisation.icvFailed(7, 0));
            assertEquals(failure, resynchronisation.failures());
        }
        assertEquals(8, resynchronisation.icvFailed(7, 0));
    }

    @Test
    @DisplayName("R29 an accepted packet resets the count")
    void shouldBeginAgainAfterAcceptedPacket() {
        Resynchronisation resynchronisation = new Resynchronisation(FEW, 0);
        resynchronisation.icvFailed(7, 0);
        resynchronisation.icvFailed(7, 0);
        resynchronisation.accepted();

        assertEquals(0, resynchronisation.failures());
        assertEquals(0, resynchronisation.icvFailed(7, 0));
        assertEquals(0, resynchronisation.icvFailed(7, 0));
        assertEquals(2, resynchronisation.icvFailed(7, 0));
    }

    @Test
    @DisplayName("R29 candidates have the packet's low half under the next high halves, always above the inferred one")
    void shouldOfferNextHighHalves() {
        assertEquals(0x0000_0006_1234_5678L, Resynchronisation.candidate(0x0000_0005_1234_5678L, 1));
        assertEquals(0x0000_000D_1234_5678L, Resynchronisation.candidate(0x0000_0005_1234_5678L, 8));
    }

    @Test
    @DisplayName("R29 no candidate lies past the last high half")
    void shouldEndWithLastHighHalf() {
        for (int left = 0; left <= 3; left++) {
            long inferred = 0xFFFF_FFFF_0000_0009L - ((long) left << 32);
            Resynchronisation resynchronisation = new Resynchronisation(new ResynchronisationPolicy(1, 2, 2), 0);

            int attempts = resynchronisation.icvFailed(inferred, 0);

            assertEquals(Math.min(left, 2), attempts);
            for (int attempt = 1; attempt <= attempts; attempt++) {
                assertTrue(SequenceNumbers.isAbove(Resynchronisation.candidate(inferred, attempt), inferred));
            }
        }
    }

    @Test
    @DisplayName("R29 attempts go on at the next failures after the threshold, no faster than the limit per second")
    void shouldLimitRate() {
        Resynchronisation resynchronisation = new Resynchronisation(new ResynchronisationPolicy(1, 2, 4), 100);

        assertEquals(2, resynchronisation.icvFailed(7, 100));
        assertEquals(0, resynchronisation.icvFailed(7, 100));
        assertEquals(0, resynchronisation.icvFailed(7, 100 + SECOND / 2 - 1));
        assertEquals(2, resynchronisation.icvFailed(7, 100 + SECOND / 2));
        assertEquals(0, resynchronisation.icvFailed(7, 100 + SECOND - 1));
        assertEquals(2, resynchronisation.icvFailed(7, 100 + 10 * SECOND));
        assertEquals(0, resynchronisation.icvFailed(7, 100 + 10 * SECOND + 1));
    }

    @Test
    @DisplayName("R29 the limit holds to the nanosecond where it does not divide a second")
    void shouldHoldLimitToTheNanosecond() {
        Resynchronisation resynchronisation = new Resynchronisation(new ResynchronisationPolicy(1, 1, 3), 0);
        int granted = 0;
        for (long third = 0; third <= SECOND; third += SECOND / 3) {
            for (long now = Math.max(0, third - 5); now < Math.min(third + 5, SECOND); now++) {
                granted += resynchronisation.icvFailed(7, now);
            }
        }
        assertEquals(3, granted);
    }

    @Test
    @DisplayName("R29 no second of any flood holds more attempts than the limit, on a clock that wraps too")
    void shouldHoldLimitInEverySecond() {
        long seed = Seeds.next("ResynchronisationTest");
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            int perPacket = 1 + random.nextInt(10);
            int perSecond = perPacket + random.nextInt(100);
            long now = random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE - SECOND;
            Resynchronisation resynchronisation =
                    new Resynchronisation(new ResynchronisationPolicy(1, perPacket, perSecond), now);
            Deque<long[]> lastSecond = new ArrayDeque<>();
            int inLastSecond = 0;
            int granted = 0;
            for (int packet = 0; packet < 5_000; packet++) {
                now += random.nextInt((int) (SECOND / 500));
                while (!lastSecond.isEmpty() && now - lastSecond.peek()[0] >= SECOND) {
                    inLastSecond -= (int) lastSecond.remove()[1];
                }
                int attempts = resynchronisation.icvFailed(7, now);
                granted += attempts;
                lastSecond.add(new long[] {now, attempts});
                inLastSecond += attempts;
                assertTrue(inLastSecond <= perSecond, "seed " + seed + ": " + inLastSecond + " of " + perSecond);
            }
            assertTrue(granted > 0);
        }
    }

    @Test
    @DisplayName("R29 success sets the window, and the packets that follow are inferred rightly")
    void shouldFindLostSender() {
        ReplayWindow window = ReplayWindow.lockFree(64, true, 0x2_0000_1000L);
        Resynchronisation resynchronisation = new Resynchronisation(FEW, 0);
        long sent = 0x4_0000_2000L;
        int packets = 0;
        while (!receive(window, resynchronisation, sent, packets * SECOND)) {
            sent++;
            packets++;
        }

        assertEquals(2, packets);
        assertEquals(sent, window.top());
        assertEquals(0, resynchronisation.failures());
        assertEquals(sent + 1, window.infer((int) (sent + 1)));
        assertEquals(ReplayVerdict.ACCEPTED, window.commit(sent - 1));
        assertEquals(ReplayVerdict.REPLAYED, window.commit(sent));
        assertEquals(ReplayVerdict.TOO_OLD, window.commit(0x2_0000_1000L));
    }

    @Test
    @DisplayName("R29 failure changes nothing: the window stays, and a genuine packet under its high half is accepted")
    void shouldChangeNothingOnFailure() {
        ReplayWindow window = ReplayWindow.singleOwner(64, true, 0x2_0000_1000L);
        Resynchronisation resynchronisation = new Resynchronisation(FEW, 0);
        for (int packet = 0; packet < 100; packet++) {
            // Further ahead than two attempts reach.
            assertEquals(false, receive(window, resynchronisation, 0x9_0000_0000L + packet, packet * SECOND));
        }

        assertEquals(0x2_0000_1000L, window.top());
        assertTrue(receive(window, resynchronisation, 0x2_0000_1001L, 100 * SECOND));
    }

    @Test
    @DisplayName("R29 an old packet sent again is never accepted by resynchronisation, which only looks upwards")
    void shouldNotLetReplaysIn() {
        ReplayWindow window = ReplayWindow.singleOwner(64, true, 0x5_0000_1000L);
        Resynchronisation resynchronisation = new Resynchronisation(new ResynchronisationPolicy(1, 8, 8), 0);
        for (int packet = 0; packet < 64; packet++) {
            long replayed = ((long) packet % 6 << 32) + 0x100 + packet;
            assertEquals(false, receive(window, resynchronisation, replayed, packet * SECOND));
        }
        assertEquals(0x5_0000_1000L, window.top());
    }

    /** A packet on its way through an SA with ESN, the ICV made with the sender's true number. */
    private static boolean receive(ReplayWindow window, Resynchronisation resynchronisation, long sent, long nowNanos) {
        long inferred = window.infer((int) sent);
        if (window.check(inferred) != ReplayVerdict.ACCEPTED) {
            return false;
        }
        long verified = inferred == sent ? inferred : SequenceNumbers.NONE;
        if (verified == SequenceNumbers.NONE) {
            int attempts = resynchronisation.icvFailed(inferred, nowNanos);
            for (int attempt = 1; attempt <= attempts; attempt++) {
                long candidate = Resynchronisation.candidate(inferred, attempt);
                verified = candidate == sent ? candidate : verified;
            }
        }
        if (verified == SequenceNumbers.NONE || window.commit(verified) != ReplayVerdict.ACCEPTED) {
            return false;
        }
        resynchronisation.accepted();
        return true;
    }

    @Test
    @DisplayName("R29 threads that fail at one time share the limit")
    void shouldShareLimitBetweenThreads() throws Exception {
        Resynchronisation resynchronisation = new Resynchronisation(new ResynchronisationPolicy(100, 8, 8), 0);
        ExecutorService executor = Executors.newFixedThreadPool(4);
        try {
            List<Future<Integer>> grants = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                grants.add(executor.submit(() -> {
                    int granted = 0;
                    for (int packet = 0; packet < 20_000; packet++) {
                        granted += resynchronisation.icvFailed(7, SECOND);
                    }
                    return granted;
                }));
            }
            int granted = 0;
            for (Future<Integer> grant : grants) {
                granted += grant.get();
            }
            assertEquals(8, granted);
            assertEquals(100, resynchronisation.failures());
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void shouldRefusePoliciesOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new ResynchronisationPolicy(0, 8, 8));
        assertThrows(IllegalArgumentException.class, () -> new ResynchronisationPolicy(1, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> new ResynchronisationPolicy(1, 8, 7));
    }
}
