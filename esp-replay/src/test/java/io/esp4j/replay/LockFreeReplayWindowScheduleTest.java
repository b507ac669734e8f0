package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.replay.RecordedHistory.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of many commits, one shared access at a time: deeper than the model check, and repeatable by seed.
 * Threads stall for long times between accesses, which no scheduler of real threads does often.
 */
final class LockFreeReplayWindowScheduleTest {
    private static final int[] SIZES = {1, 2, 8, 9, 64, 241, 249, 250, 505};
    private static final long[] STARTS = {0, 0xFFFF_FF00L, 0x7FFF_FFFF_FFFF_FF00L, 0xFFFF_FFFF_FFFF_F000L};
    private static final int COMMITS_PER_SCHEDULE = 400;

    @Test
    @DisplayName("R21 R22 R23 R28 random schedules agree with the oracle in the order in which the commits took effect")
    void shouldAgreeWithOracleShortly() {
        run(500, new StepWords());
    }

    @Test
    @Tag("long")
    @DisplayName("R21 R22 R23 R28 many random schedules agree with the oracle")
    void shouldAgreeWithOracleAtLength() {
        run(50_000, new StepWords());
    }

    @Test
    void shouldFindBlindStores() {
        StepWords blind = new StepWords() {
            @Override
            boolean swap(long[] memory, int index, long expected, long updated) {
                memory[index] = updated;
                return true;
            }
        };
        assertThrows(AssertionError.class, () -> run(50, blind));
    }

    private static void run(int schedules, StepWords words) {
        long seed = Seeds.next("LockFreeReplayWindowScheduleTest");
        Random random = new Random(seed);
        for (int schedule = 0; schedule < schedules; schedule++) {
            try {
                runSchedule(random, words);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", schedule " + schedule, e);
            }
        }
    }

    private static void runSchedule(Random random, StepWords words) {
        int windowPackets = SIZES[random.nextInt(SIZES.length)];
        RingGeometry geometry = random.nextBoolean()
                ? RingGeometry.forTaggedBlocks(windowPackets)
                : RingGeometry.forBlocksOf(random.nextInt(4), windowPackets);
        // Only the ring as it is used keeps all 64-bit numbers apart; smaller ones begin at 0.
        boolean asUsed = geometry.equals(RingGeometry.forTaggedBlocks(windowPackets));
        long firstTop = asUsed ? STARTS[random.nextInt(STARTS.length)] : 0;
        long[] memory = new long[LockFreeReplayWindow.wordCount(geometry)];
        ReplayWindow window = new LockFreeReplayWindow(windowPackets, true, geometry, words);
        if (firstTop != 0) {
            words.run(window, WindowOperation.commit(firstTop), memory);
        }

        List<Commit> commits = new Interleaving(random, words, window, memory).run(COMMITS_PER_SCHEDULE);

        assertEquals(
                new RecordedHistory(windowPackets, firstTop).judge(commits), ReplayOracle.integer(memory[0]), "top");
    }

    /** Five threads, each with a commit under way; the next access is that of a random one, and some are slow. */
    private static final class Interleaving {
        private static final int THREADS = 5;
        private static final long[] NO_ANSWERS = {};

        private final Random random;
        private final StepWords words;
        private final ReplayWindow window;
        private final long[] memory;
        private final long[] numbers = new long[THREADS];
        private final long[] began = new long[THREADS];
        private final long[][] answers = new long[THREADS][];
        private final List<Commit> commits = new ArrayList<>();
        private long moment;

        Interleaving(Random random, StepWords words, ReplayWindow window, long[] memory) {
            this.random = random;
            this.words = words;
            this.window = window;
            this.memory = memory;
        }

        List<Commit> run(int count) {
            for (int thread = 0; thread < THREADS; thread++) {
                begin(thread);
            }
            while (commits.size() < count) {
                // The last thread is slow: it makes an access where the others make dozens.
                int thread = random.nextInt(50) == 0 ? THREADS - 1 : random.nextInt(THREADS - 1);
                if (step(thread)) {
                    begin(thread);
                }
            }
            for (int thread = 0; thread < THREADS; thread++) {
                while (answers[thread] != NO_ANSWERS && !step(thread)) {
                    // Goes on to its return.
                }
            }
            return commits;
        }

        private void begin(int thread) {
            long top = memory[0];
            int size = window.windowPackets();
            numbers[thread] = switch (random.nextInt(8)) {
                case 0, 1, 2 -> top + 1 + random.nextInt(3);
                case 3 -> top + 1 + random.nextInt(2 * size);
                case 4, 5 -> behind(top, random.nextInt(size));
                case 6 -> behind(top, size - 1 + random.nextInt(3));
                default -> copyOf(random.nextInt(THREADS));
            };
            answers[thread] = NO_ANSWERS;
        }

        /** The number that a thread has under way; 1 before its first. */
        private long copyOf(int thread) {
            return numbers[thread] == 0 ? 1 : numbers[thread];
        }

        private static long behind(long top, int distance) {
            return SequenceNumbers.isAbove(top, distance) ? top - distance : 1;
        }

        private boolean step(int thread) {
            if (answers[thread] == NO_ANSWERS) {
                began[thread] = moment++;
            }
            StepWords.Step step = words.step(window, WindowOperation.commit(numbers[thread]), memory, answers[thread]);
            answers[thread] = step.answers;
            if (step.returned) {
                ReplayVerdict verdict = WindowOperation.verdict(step.result);
                commits.add(new Commit(numbers[thread], verdict, began[thread], moment++));
            }
            return step.returned;
        }
    }
}
