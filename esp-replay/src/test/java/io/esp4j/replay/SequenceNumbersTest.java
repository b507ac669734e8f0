package io.esp4j.replay;

import static io.esp4j.replay.SequenceNumbers.MAX_64_BIT;
import static io.esp4j.replay.SequenceNumbers.NONE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SequenceNumbersTest {
    @Test
    @DisplayName("R27 case A: a low half at or right of the bottom keeps the high half, one left of it takes the next")
    void shouldInferWithinOneSubspace() {
        long top = 0x0000_0007_0000_1000L;

        assertEquals(0x0000_0007_0000_0FC1L, SequenceNumbers.infer(top, 64, 0x0FC1));
        assertEquals(0x0000_0007_FFFF_FFFFL, SequenceNumbers.infer(top, 64, 0xFFFF_FFFF));
        assertEquals(0x0000_0008_0000_0FC0L, SequenceNumbers.infer(top, 64, 0x0FC0));
        assertEquals(0x0000_0008_0000_0000L, SequenceNumbers.infer(top, 64, 0));
    }

    @Test
    @DisplayName("R27 case A begins where the bottom is exactly a multiple of 2^32")
    void shouldInferWithBottomOnTheBoundary() {
        long top = 0x0000_0007_0000_003FL;

        assertEquals(0x0000_0007_0000_0000L, SequenceNumbers.infer(top, 64, 0));
        assertEquals(0x0000_0007_FFFF_FFFFL, SequenceNumbers.infer(top, 64, 0xFFFF_FFFF));
    }

    @Test
    @DisplayName("R27 case B: a low half at or right of the bottom belongs to the subspace before")
    void shouldInferAcrossSubspaces() {
        long top = 0x0000_0007_0000_0010L;

        assertEquals(0x0000_0006_FFFF_FFD1L, SequenceNumbers.infer(top, 64, 0xFFFF_FFD1));
        assertEquals(0x0000_0006_FFFF_FFFFL, SequenceNumbers.infer(top, 64, 0xFFFF_FFFF));
        assertEquals(0x0000_0007_0000_0000L, SequenceNumbers.infer(top, 64, 0));
        assertEquals(0x0000_0007_FFFF_FFD0L, SequenceNumbers.infer(top, 64, 0xFFFF_FFD0));
    }

    @Test
    @DisplayName("R27 case B under a high half of 0 is no number, never one with a high half of -1")
    void shouldNotInferBelowTheFirstSubspace() {
        assertEquals(NONE, SequenceNumbers.infer(0x10, 64, 0xFFFF_FFD1));
        assertEquals(NONE, SequenceNumbers.infer(0, 64, 0xFFFF_FFFF));
        assertEquals(NONE, SequenceNumbers.infer(0, 1 << 20, 0xFFF0_0001));
        assertEquals(0xFFFF_FFC0L, SequenceNumbers.infer(0, 64, 0xFFFF_FFC0));
        assertEquals(1, SequenceNumbers.infer(0, 64, 1));
    }

    @Test
    @DisplayName("R27 a low half left of the window under the last high half is no number")
    void shouldNotInferPastTheLastSubspace() {
        assertEquals(NONE, SequenceNumbers.infer(0xFFFF_FFFF_0000_1000L, 64, 0x0FC0));
        assertEquals(0xFFFF_FFFF_0000_0FC1L, SequenceNumbers.infer(0xFFFF_FFFF_0000_1000L, 64, 0x0FC1));
        assertEquals(NONE, SequenceNumbers.infer(MAX_64_BIT, 64, 0));
        assertEquals(MAX_64_BIT, SequenceNumbers.infer(MAX_64_BIT, 64, 0xFFFF_FFFF));
    }

    @Test
    @DisplayName("R27 R28 the inference agrees with A2.2 in halves, around multiples of 2^32 and anywhere")
    void shouldAgreeWithTheOracle() {
        long seed = Seeds.next("SequenceNumbersTest");
        Random random = new Random(seed);
        for (int round = 0; round < 200_000; round++) {
            int windowPackets = WalkChoices.windowPackets(random);
            long top = WalkChoices.top(random, true, windowPackets);
            long low32 = random.nextBoolean()
                    ? Integer.toUnsignedLong(random.nextInt())
                    : (top - windowPackets + random.nextInt(5) - 2) & 0xFFFF_FFFFL;
            BigInteger expected = new ReplayOracle(windowPackets, true, ReplayOracle.integer(top))
                    .infer(BigInteger.valueOf(low32))
                    .orElse(BigInteger.ZERO);

            long inferred = SequenceNumbers.infer(top, windowPackets, (int) low32);

            assertEquals(
                    expected,
                    ReplayOracle.integer(inferred),
                    () -> String.format("seed %d top %x window %d low32 %x", seed, top, windowPackets, low32));
        }
    }

    @Test
    @DisplayName("R28 comparisons are unsigned")
    void shouldCompareUnsigned() {
        assertTrue(SequenceNumbers.isAbove(0x8000_0000_0000_0000L, 0x7FFF_FFFF_FFFF_FFFFL));
        assertFalse(SequenceNumbers.isAbove(1, MAX_64_BIT));
        assertFalse(SequenceNumbers.isAbove(5, 5));

        assertTrue(SequenceNumbers.isLeftOfWindow(0x7FFF_FFFF_FFFF_FFFFL, 0x8000_0000_0000_0000L, 1));
        assertFalse(SequenceNumbers.isLeftOfWindow(0x7FFF_FFFF_FFFF_FFFFL, 0x8000_0000_0000_0000L, 2));
        assertTrue(SequenceNumbers.isLeftOfWindow(1, MAX_64_BIT, 1 << 20));
        assertFalse(SequenceNumbers.isLeftOfWindow(MAX_64_BIT, 1, 1));
    }

    @Test
    @DisplayName("R6 a number parts into the low half that is sent and the high half that is authenticated")
    void shouldPartIntoHalves() {
        assertEquals(0x89AB_CDEF, SequenceNumbers.lowHalf(0x0123_4567_89AB_CDEFL));
        assertEquals(0x0123_4567, SequenceNumbers.highHalf(0x0123_4567_89AB_CDEFL));
        assertEquals(0xFFFF_FFFF, SequenceNumbers.highHalf(MAX_64_BIT));
    }

    @Test
    @DisplayName("R29 raising the high half keeps the low one and ends with the last subspace")
    void shouldRaiseTheHighHalf() {
        assertEquals(0x0000_0003_FFFF_FFFFL, SequenceNumbers.raiseHighHalf(0x0000_0001_FFFF_FFFFL, 2));
        assertEquals(0xFFFF_FFFF_0000_0005L, SequenceNumbers.raiseHighHalf(0xFFFF_FFFE_0000_0005L, 1));
        assertEquals(NONE, SequenceNumbers.raiseHighHalf(0xFFFF_FFFE_0000_0005L, 2));
        assertEquals(NONE, SequenceNumbers.raiseHighHalf(0xFFFF_FFFF_0000_0005L, Integer.MAX_VALUE));
    }
}
