package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Both windows against the oracle, over random packets. */
final class ReplayWindowOracleTest {
    private static final int STEPS_PER_WALK = 2_000;

    @Test
    @DisplayName("R21 R22 R23 R27 R28 both windows agree with the oracle over 1 million random packets")
    void shouldAgreeWithOracleShortly() {
        walk(1_000_000);
    }

    @Test
    @Tag("long")
    @DisplayName("R21 R22 R23 R27 R28 both windows agree with the oracle over 20 million random packets")
    void shouldAgreeWithOracleAtLength() {
        walk(20_000_000);
    }

    private static void walk(int steps) {
        long seed = Seeds.next("ReplayWindowOracleTest");
        Random random = new Random(seed);
        for (int done = 0; done < steps; done += STEPS_PER_WALK) {
            RandomWalk walk = new RandomWalk(random);
            try {
                for (int step = 0; step < STEPS_PER_WALK; step++) {
                    walk.step();
                }
                walk.compareWholeWindow();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", after " + done + " steps, " + walk, e);
            }
        }
    }

    @Test
    void shouldNoticeWrongWindow() {
        // The walk can fail: a window of another size disagrees within one walk.
        RandomWalk walk = new RandomWalk(new Random(1), 64, 65, true, 0x1_0000_0000L);
        int disagreements = 0;
        try {
            for (int step = 0; step < STEPS_PER_WALK; step++) {
                walk.step();
            }
        } catch (AssertionError e) {
            disagreements++;
        }
        assertEquals(1, disagreements);
    }
}
