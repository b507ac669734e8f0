package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.replay.RecordedHistory.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real threads on one lock-free window. */
final class LockFreeReplayWindowThreadsTest {
    private static final int THREADS = 4;

    @Test
    @DisplayName("R21 R22 R23 threads: each verdict is the oracle's in the order in which the commits took effect")
    void shouldAgreeWithOracleShortly() throws Exception {
        runRecorded(20, 10_000);
    }

    @Test
    @Tag("long")
    @DisplayName("R21 R22 R23 threads: each verdict is the oracle's, 20 million commits")
    void shouldAgreeWithOracleAtLength() throws Exception {
        runRecorded(500, 10_000);
    }

    private static void runRecorded(int rounds, int commitsPerThread) throws Exception {
        long seed = Seeds.next("LockFreeReplayWindowThreadsTest");
        Random random = new Random(seed);
        int[] sizes = {1, 7, 32, 64, 249, 250, 1024};
        long[] starts = {0, 0xFFFF_F000L, 0x7FFF_FFFF_FFFF_F000L};
        for (int round = 0; round < rounds; round++) {
            int windowPackets = sizes[random.nextInt(sizes.length)];
            long firstTop = starts[random.nextInt(starts.length)];
            ReplayWindow window = ReplayWindow.lockFree(windowPackets, true, firstTop);
            AtomicLong sender = new AtomicLong(firstTop);
            AtomicLong clock = new AtomicLong();
            long roundSeed = random.nextLong();

            List<Commit> commits = onThreads(thread -> {
                Arrivals arrivals = new Arrivals(sender, windowPackets, new Random(roundSeed + thread));
                List<Commit> recorded = new ArrayList<>(commitsPerThread);
                for (int packet = 0; packet < commitsPerThread; packet++) {
                    long number = arrivals.next();
                    long began = clock.getAndIncrement();
                    ReplayVerdict verdict = window.commit(number);
                    recorded.add(new Commit(number, verdict, began, clock.getAndIncrement()));
                }
                return recorded;
            });

            try {
                assertEquals(
                        new RecordedHistory(windowPackets, firstTop).judge(commits),
                        ReplayOracle.integer(window.top()));
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    @DisplayName(
            "R21 R23 threads: copies of one flow are accepted once each, with none lost while all are in the window")
    void shouldAcceptEachNumberOnce() throws Exception {
        int windowPackets = 1 << 18;
        long first = 0xFFFE_0000L;
        ReplayWindow window = ReplayWindow.lockFree(windowPackets, true, first - 1);

        // Every thread brings every number, in an order of its own, so each number races with its copies.
        List<Integer> accepted = onThreads(thread -> {
            int count = 0;
            for (long number = first; number < first + windowPackets; number++) {
                long brought = number ^ thread;
                boolean fresh = window.check(brought) == ReplayVerdict.ACCEPTED;
                count += fresh && window.commit(brought) == ReplayVerdict.ACCEPTED ? 1 : 0;
            }
            return List.of(count);
        });

        assertEquals(
                windowPackets, accepted.stream().mapToInt(Integer::intValue).sum());
        for (long number = first; number < first + windowPackets; number++) {
            assertEquals(ReplayVerdict.REPLAYED, window.check(number));
        }
    }

    @Test
    void shouldNeverShowTopGoingBack() throws Exception {
        ReplayWindow window = ReplayWindow.lockFree(64, true, 0);
        AtomicLong sender = new AtomicLong();
        List<Boolean> monotonic = onThreads(thread -> {
            long seen = 0;
            boolean grows = true;
            for (int packet = 0; packet < 50_000; packet++) {
                long number = sender.incrementAndGet();
                window.commit(number);
                long top = window.top();
                grows &= top >= seen && top >= number;
                seen = top;
            }
            return List.of(grows);
        });
        assertTrue(monotonic.stream().allMatch(grows -> grows));
        assertEquals(THREADS * 50_000L, window.top());
    }

    /** What reaches one thread of a flow that several share: mostly new numbers, some late, some twice, some too late. */
    private static final class Arrivals {
        private final AtomicLong sender;
        private final int windowPackets;
        private final Random random;

        Arrivals(AtomicLong sender, int windowPackets, Random random) {
            this.sender = sender;
            this.windowPackets = windowPackets;
            this.random = random;
        }

        long next() {
            int kind = random.nextInt(100);
            if (kind < 60) {
                return sender.incrementAndGet();
            }
            if (kind < 62) {
                return sender.addAndGet(1 + random.nextInt(windowPackets + 8));
            }
            long sent = sender.get();
            long late = kind < 75 ? random.nextInt(8) : random.nextInt(windowPackets + 16);
            return Math.max(1, sent - late);
        }
    }

    private interface Work<T> {
        List<T> run(int thread) throws Exception;
    }

    private static <T> List<T> onThreads(Work<T> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try {
            List<Future<List<T>>> results = new ArrayList<>();
            for (int index = 0; index < THREADS; index++) {
                int thread = index;
                results.add(executor.submit(() -> {
                    start.await();
                    return work.run(thread);
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<List<T>> result : results) {
                all.addAll(result.get());
            }
            return all;
        } finally {
            executor.shutdownNow();
        }
    }
}
