package io.esp4j.replay;

import static io.esp4j.replay.ReplayVerdict.ACCEPTED;
import static io.esp4j.replay.ReplayVerdict.REPLAYED;
import static io.esp4j.replay.ReplayVerdict.TOO_OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What both windows promise. One subclass for each. */
abstract class ReplayWindowContractTest {
    private static final int[] SIZES = {1, 2, 7, 8, 9, 31, 32, 33, 63, 64, 65, 100, 128, 249, 250, 1000, 4096, 1 << 20};

    /** Starting points whose windows touch 0, the multiples of 2^32, the sign bit and the last number. */
    private static final long[] TOPS = {
        0x0000_0000_0020_0000L,
        0x0000_0000_FFFF_FFFFL,
        0x0000_0001_0000_0000L,
        0x0000_0001_0000_0001L,
        0x0000_0007_0000_0020L,
        0x7FFF_FFFF_FFFF_FFFFL,
        0x8000_0000_0000_0000L,
        0x8000_0000_0000_0003L,
        0xFFFF_FFFF_FFFF_FFFDL
    };

    abstract ReplayWindow window(int windowPackets, boolean extended, long top);

    @Test
    @DisplayName("R20 a window of 0 packets is anti-replay off: everything is accepted, again and again")
    void shouldAcceptEverythingWhenOff() {
        ReplayWindow window = window(0, false, 5);

        for (long number : new long[] {1, 1, 0, 100, 3, 0xFFFF_FFFFL, 0xFFFF_FFFFL}) {
            assertEquals(ACCEPTED, window.check(number));
            assertEquals(ACCEPTED, window.commit(number));
        }
        assertEquals(0xFFFF_FFF0L, window.infer(0xFFFF_FFF0));
        assertEquals(0, window.windowPackets());
        assertEquals(0, window.top());
    }

    @Test
    @DisplayName("R20 anti-replay off is refused with ESN, whose inference needs the window")
    void shouldRefuseOffWithEsn() {
        assertThrows(IllegalArgumentException.class, () -> window(0, true, 0));
    }

    @Test
    @DisplayName("R21 a duplicate is rejected, by the preliminary check already")
    void shouldRejectDuplicates() {
        ReplayWindow window = window(64, false, 0);
        for (long number : new long[] {1, 5, 3, 40, 41}) {
            assertEquals(ACCEPTED, window.commit(number));
        }

        for (long number : new long[] {41, 1, 3, 5, 40}) {
            assertEquals(REPLAYED, window.check(number));
            assertEquals(REPLAYED, window.commit(number));
        }
        assertEquals(41, window.top());
    }

    @Test
    @DisplayName("R21 R22 the preliminary check changes nothing, wherever the number lies")
    void shouldNotChangeByCheck() {
        ReplayWindow window = window(64, true, 0);
        for (long number : new long[] {10, 70, 100, 99}) {
            window.commit(number);
        }
        List<ReplayVerdict> before = verdicts(window, 0, 400);

        for (long number : new long[] {0, 1, 36, 37, 98, 100, 101, 164, 300, 0x1_0000_0000L, -1L}) {
            window.check(number);
            assertEquals(window.check(number), window.check(number));
        }

        assertEquals(before, verdicts(window, 0, 400));
        assertEquals(100, window.top());
    }

    @Test
    @DisplayName("R22 a number that failed its ICV, and so was not committed, is still fresh and moved nothing")
    void shouldStayWhenIcvFails() {
        ReplayWindow window = window(64, false, 100);
        assertEquals(ACCEPTED, window.check(5000));

        assertEquals(100, window.top());
        assertEquals(ACCEPTED, window.commit(99));
        assertEquals(ACCEPTED, window.commit(5000));
    }

    @Test
    @DisplayName("R22 the check is repeated on commit: a copy that arrived during the open is rejected")
    void shouldRejectReplayWhenCopyArrivesDuringOpen() {
        ReplayWindow window = window(64, false, 0);
        assertEquals(ACCEPTED, window.check(7));
        assertEquals(ACCEPTED, window.check(7));
        assertEquals(ACCEPTED, window.commit(7));

        assertEquals(REPLAYED, window.commit(7));
    }

    @Test
    @DisplayName("R22 the check is repeated on commit: a number that fell out of the window during the open is too old")
    void shouldRejectWhenWindowMovesDuringOpen() {
        ReplayWindow window = window(64, false, 0);
        assertEquals(ACCEPTED, window.check(7));
        assertEquals(ACCEPTED, window.commit(71));

        assertEquals(TOO_OLD, window.commit(7));
    }

    @Test
    @DisplayName("R23 any size from 1 to 2^20 is exact: the bottom is accepted once, the number left of it never")
    void shouldBeExactAtEverySize() {
        for (int size : SIZES) {
            ReplayWindow window = window(size, true, 0);
            long top = 0x3_0000_0000L + size;
            assertEquals(ACCEPTED, window.commit(top));

            assertEquals(TOO_OLD, window.commit(top - size));
            assertEquals(size == 1 ? REPLAYED : ACCEPTED, window.commit(top - size + 1));
            assertEquals(REPLAYED, window.commit(top - size + 1));
            assertEquals(top, window.top());
        }
    }

    @Test
    @DisplayName("R23 every number inside the window is accepted once, in any order")
    void shouldAcceptEachNumberInsideOnce() {
        Random random = new Random(Seeds.next("ReplayWindowContractTest"));
        for (int size : new int[] {1, 9, 64, 65, 250, 1000}) {
            ReplayWindow window = window(size, false, 100_000);
            List<Long> inside = new ArrayList<>();
            for (long number = 100_001L - size; number < 100_000; number++) {
                inside.add(number);
            }
            Collections.shuffle(inside, random);

            inside.forEach(number -> assertEquals(ACCEPTED, window.commit(number)));
            inside.forEach(number -> assertEquals(REPLAYED, window.commit(number)));
            assertEquals(TOO_OLD, window.commit(100_000L - size));
            assertEquals(100_000, window.top());
        }
    }

    @Test
    @DisplayName("R23 a number above top is accepted at any distance, and what falls out of the window is too old")
    void shouldMoveByAnyDistance() {
        for (int size : SIZES) {
            for (long distance : new long[] {1, 63, 64, 65, 255, 256, 257, size, 2L * size, 1L << 32, 1L << 40}) {
                ReplayWindow window = window(size, true, 0);
                assertEquals(ACCEPTED, window.commit(1));
                assertEquals(ACCEPTED, window.commit(2));
                long top = 2 + distance;

                assertEquals(ACCEPTED, window.commit(top));

                assertEquals(top, window.top());
                assertEquals(REPLAYED, window.commit(top));
                assertEquals(distance < size ? REPLAYED : TOO_OLD, window.commit(2), "size " + size + ", " + distance);
                assertEquals(distance + 1 < size ? REPLAYED : TOO_OLD, window.commit(1));
                if (distance > 1) {
                    assertEquals(size > 1 ? ACCEPTED : TOO_OLD, window.commit(top - 1));
                }
            }
        }
    }

    @Test
    @DisplayName("R23 number 0 is refused while anti-replay is on")
    void shouldRefuseZero() {
        for (boolean extended : new boolean[] {false, true}) {
            ReplayWindow window = window(64, extended, 0);
            assertEquals(TOO_OLD, window.check(0));
            assertEquals(TOO_OLD, window.commit(0));
            assertEquals(ACCEPTED, window.commit(1));
            assertEquals(TOO_OLD, window.commit(0));
            assertEquals(TOO_OLD, window.check(window.infer(0)));
        }
    }

    @Test
    @DisplayName("R23 with ESN a low half of 0 under a high half above 0 is ordinary")
    void shouldAcceptLowHalfOfZero() {
        ReplayWindow window = window(64, true, 0xFFFF_FFFFL);

        long inferred = window.infer(0);

        assertEquals(0x1_0000_0000L, inferred);
        assertEquals(ACCEPTED, window.check(inferred));
        assertEquals(ACCEPTED, window.commit(inferred));
        assertEquals(REPLAYED, window.commit(inferred));
    }

    @Test
    @DisplayName("R23 64 is the default, 32 is supported, 1 and 2^20 are the ends")
    void shouldSupportSizes() {
        assertEquals(64, ReplayWindow.DEFAULT_WINDOW_PACKETS);
        for (int size : new int[] {1, 32, 64, 1 << 20}) {
            assertEquals(size, window(size, false, 0).windowPackets());
        }
        assertThrows(IllegalArgumentException.class, () -> window(-1, false, 0));
        assertThrows(IllegalArgumentException.class, () -> window((1 << 20) + 1, false, 0));
    }

    @Test
    @DisplayName("R23 the top that a window begins with counts as received, lower numbers inside do not")
    void shouldBeginWithTop() {
        ReplayWindow window = window(64, false, 1000);

        assertEquals(1000, window.top());
        assertEquals(REPLAYED, window.commit(1000));
        assertEquals(ACCEPTED, window.commit(999));
        assertEquals(ACCEPTED, window.commit(937));
        assertEquals(TOO_OLD, window.commit(936));
    }

    @Test
    @DisplayName("R28 without ESN numbers are 32-bit, and a top that needs more is refused")
    void shouldZeroExtendWithoutEsn() {
        ReplayWindow window = window(64, false, 0xFFFF_FFFFL);

        assertEquals(0xFFFF_FFFFL, window.infer(-1));
        assertEquals(5, window.infer(5));
        assertEquals(TOO_OLD, window.check(window.infer(5)));
        assertThrows(IllegalArgumentException.class, () -> window(64, false, 0x1_0000_0000L));
    }

    @Test
    @DisplayName("R28 edges are exact around the multiples of 2^32, the sign bit and the last number")
    void shouldBeExactAcrossBoundaries() {
        for (long start : TOPS) {
            for (int size : new int[] {1, 2, 32, 64, 100}) {
                ReplayWindow window = window(size, true, start);
                for (long top = start; top != start + 3 && top != 0; top++) {
                    assertEquals(top == start ? REPLAYED : ACCEPTED, window.commit(top));
                    assertEquals(TOO_OLD, window.check(top - size), () -> "size " + size);
                    assertEquals(REPLAYED, window.commit(top));
                    assertEquals(top, window.top());
                }
                for (long number = window.top() - size + 1; SequenceNumbers.isAbove(start, number); number++) {
                    assertEquals(ACCEPTED, window.commit(number));
                    assertEquals(REPLAYED, window.commit(number));
                }
            }
        }
    }

    @Test
    @DisplayName("R27 R28 the window infers with its own top and size")
    void shouldInferByTopAndSize() {
        ReplayWindow window = window(64, true, 0x5_0000_0010L);

        assertEquals(0x4_FFFF_FFD1L, window.infer(0xFFFF_FFD1));
        assertEquals(0x5_FFFF_FFD0L, window.infer(0xFFFF_FFD0));
        window.commit(0x5_0000_0011L);
        assertEquals(0x5_FFFF_FFD1L, window.infer(0xFFFF_FFD1));
        assertEquals(
                TOO_OLD, window(64, true, 0x10).check(window(64, true, 0x10).infer(0xFFFF_FFD1)));
    }

    @Test
    void shouldAdvanceButNeverGoBack() {
        ReplayWindow window = window(64, true, 100);
        window.commit(102);

        window.advanceTo(0x3_0000_0000L);
        assertEquals(0x3_0000_0000L, window.top());
        assertEquals(REPLAYED, window.commit(0x3_0000_0000L));
        assertEquals(ACCEPTED, window.commit(0x2_FFFF_FFFFL));
        assertEquals(TOO_OLD, window.commit(102));

        window.advanceTo(0x2_FFFF_FFF0L);
        assertEquals(0x3_0000_0000L, window.top());
        assertEquals(ACCEPTED, window.commit(0x2_FFFF_FFF0L));
    }

    @Test
    void shouldNotAllocatePerPacket() {
        ReplayWindow window = window(128, true, 0);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        // Twice: the first round loads what is loaded once.
        runPackets(window, 1);
        long before = threads.getCurrentThreadAllocatedBytes();
        runPackets(window, 1_000_000);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertTrue(allocated < 1_000, () -> allocated + " octets allocated over 100,000 packets");
    }

    private static void runPackets(ReplayWindow window, long first) {
        for (long number = first; number < first + 100_000; number++) {
            long inferred = window.infer((int) number);
            window.check(inferred);
            window.commit(inferred);
            window.commit(inferred - 100);
            window.commit(inferred - 1000);
        }
    }

    private static List<ReplayVerdict> verdicts(ReplayWindow window, long from, long to) {
        List<ReplayVerdict> verdicts = new ArrayList<>();
        for (long number = from; number < to; number++) {
            verdicts.add(window.check(number));
        }
        return verdicts;
    }
}
