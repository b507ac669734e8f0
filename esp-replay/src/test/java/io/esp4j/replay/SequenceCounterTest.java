package io.esp4j.replay;

import static io.esp4j.replay.SequenceCounter.EXHAUSTED;
import static io.esp4j.replay.SequenceCounter.NO_SOFT_THRESHOLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SequenceCounterTest {
    private record Range(long first, int count, boolean crossed) {}

    @Test
    @DisplayName("R4 R5 the first packet carries 1, and the number increments for each packet")
    void shouldCountFromOne() {
        SequenceCounter counter = new SequenceCounter(false, 0, NO_SOFT_THRESHOLD);

        assertEquals(1, counter.reserve(1));
        assertEquals(2, counter.reserve(1));
        assertEquals(3, counter.reserve(32));
        assertEquals(35, counter.reserve(1));
        assertEquals(35, counter.last());
    }

    @Test
    @DisplayName("R4 a counter goes on from the last number sent")
    void shouldGoOnFromLast() {
        SequenceCounter counter = new SequenceCounter(true, 0x1_FFFF_FFFFL, NO_SOFT_THRESHOLD);

        assertEquals(0x1_FFFF_FFFFL, counter.last());
        assertEquals(0x2_0000_0000L, counter.reserve(1));
    }

    @Test
    @DisplayName("R5 without ESN 2^32-1 is sent and nothing after it")
    void shouldNotCycle32Bits() {
        SequenceCounter counter = new SequenceCounter(false, 0xFFFF_FFFEL, NO_SOFT_THRESHOLD);

        assertEquals(1, counter.remaining());
        assertEquals(0xFFFF_FFFFL, counter.reserve(1));
        assertEquals(0, counter.remaining());
        assertEquals(EXHAUSTED, counter.reserve(1));
        assertEquals(EXHAUSTED, counter.reserve(Integer.MAX_VALUE));
        assertEquals(0xFFFF_FFFFL, counter.last());
    }

    @Test
    @DisplayName("R5 R6 with ESN 2^64-1 is sent and nothing after it")
    void shouldNotCycle64Bits() {
        SequenceCounter counter = new SequenceCounter(true, -3, NO_SOFT_THRESHOLD);

        assertEquals(-2, counter.reserve(2));
        assertEquals(EXHAUSTED, counter.reserve(1));
        assertEquals(-1, counter.last());
    }

    @Test
    @DisplayName("R5 a refused reservation leaves the counter as it was: a smaller one still succeeds")
    void shouldStayWhenRefused() {
        for (boolean extended : new boolean[] {false, true}) {
            long limit = extended ? -1 : 0xFFFF_FFFFL;
            SequenceCounter counter = new SequenceCounter(extended, limit - 5, NO_SOFT_THRESHOLD);

            assertEquals(EXHAUSTED, counter.reserve(6));
            assertEquals(limit - 5, counter.last());
            assertEquals(5, counter.remaining());
            assertEquals(limit - 4, counter.reserve(5));
            assertEquals(EXHAUSTED, counter.reserve(1));
        }
    }

    @Test
    @DisplayName("R6 with ESN the counter passes 2^32 and 2^63 like any other number")
    void shouldCountIn64Bits() {
        assertEquals(0x1_0000_0000L, new SequenceCounter(true, 0xFFFF_FFFFL, 0).reserve(1));
        assertEquals(Long.MIN_VALUE, new SequenceCounter(true, Long.MAX_VALUE, 0).reserve(7));
        assertEquals(-1, new SequenceCounter(true, 0, 0).remaining());
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        SequenceCounter counter = new SequenceCounter(false, 7, NO_SOFT_THRESHOLD);
        assertThrows(IllegalArgumentException.class, () -> counter.reserve(0));
        assertThrows(IllegalArgumentException.class, () -> counter.reserve(-1));
        assertEquals(7, counter.last());
        assertThrows(IllegalArgumentException.class, () -> new SequenceCounter(false, 0x1_0000_0000L, 0));
        assertThrows(IllegalArgumentException.class, () -> new SequenceCounter(false, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new SequenceCounter(false, 0, 0x1_0000_0000L));
    }

    @Test
    void shouldReportSoftThresholdOnce() {
        SequenceCounter counter = new SequenceCounter(false, 0, 10);
        int crossings = 0;
        for (int packets : new int[] {4, 5, 1, 1, 20}) {
            boolean before = counter.softThresholdReached();
            long first = counter.reserve(packets);
            boolean crosses = counter.crossesSoftThreshold(first, packets);
            assertEquals(crosses, !before && counter.softThresholdReached());
            assertEquals(crosses, first <= 10 && 10 < first + packets);
            crossings += crosses ? 1 : 0;
        }
        assertEquals(1, crossings);
        assertTrue(counter.softThresholdReached());

        SequenceCounter none = new SequenceCounter(false, 0, NO_SOFT_THRESHOLD);
        assertFalse(none.crossesSoftThreshold(none.reserve(1000), 1000));
        assertFalse(none.softThresholdReached());
    }

    @Test
    @DisplayName("R5 R6 several threads get disjoint ranges, every number up to the last, and none beyond")
    void shouldHandOutEachNumberOnceToThreads() throws Exception {
        long seed = Seeds.next("SequenceCounterTest");
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            boolean extended = random.nextBoolean();
            int numbers = 20_000 + random.nextInt(5000);
            long last = (extended ? -1L : 0xFFFF_FFFFL) - numbers;
            long softThreshold = last + 1 + random.nextInt(numbers);
            SequenceCounter counter = new SequenceCounter(extended, last, softThreshold);

            List<Range> ranges = reserveByThreads(4, counter, random.nextLong());

            ranges.sort(Comparator.comparingLong(range -> range.first() - last));
            long next = last + 1;
            for (Range range : ranges) {
                assertEquals(next, range.first(), "seed " + seed);
                next += range.count();
            }
            assertEquals(extended ? 0 : 0x1_0000_0000L, next, "seed " + seed);
            assertEquals(1, ranges.stream().filter(Range::crossed).count(), "seed " + seed);
            assertEquals(EXHAUSTED, counter.reserve(1));
        }
    }

    private static List<Range> reserveByThreads(int threads, SequenceCounter counter, long seed) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<List<Range>>> results = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                Random random = new Random(seed + thread);
                results.add(executor.submit(() -> reserveAll(counter, random)));
            }
            List<Range> ranges = new ArrayList<>();
            for (Future<List<Range>> result : results) {
                ranges.addAll(result.get());
            }
            return ranges;
        } finally {
            executor.shutdownNow();
        }
    }

    private static List<Range> reserveAll(SequenceCounter counter, Random random) {
        List<Range> ranges = new ArrayList<>();
        while (true) {
            int count = 1 + random.nextInt(32);
            long first = counter.reserve(count);
            if (first == EXHAUSTED) {
                count = 1;
                first = counter.reserve(1);
                if (first == EXHAUSTED) {
                    return ranges;
                }
            }
            ranges.add(new Range(first, count, counter.crossesSoftThreshold(first, count)));
        }
    }
}
