package io.esp4j.offload.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventQueueTest {
    /** An event that was asked for, by its time and its place among all. */
    private record Asked(long nanos, int order) {}

    @Test
    void shouldKeepOrderOfTimeAndOfComing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int run = 0; run < 30; run++) {
            EventQueue queue = new EventQueue();
            List<Asked> waiting = new ArrayList<>();
            List<Asked> happened = new ArrayList<>();
            List<Asked> expected = new ArrayList<>();
            int spread = 1 + random.nextInt(200);
            long now = run % 2 == 0 ? 0 : Long.MAX_VALUE - 2000; // up to the last time there is
            for (int order = 0; order < 3000; order++) {
                if (waiting.isEmpty() || random.nextInt(100) < 55) {
                    long at = now + Math.min(random.nextInt(spread), Long.MAX_VALUE - now);
                    Asked asked = new Asked(at, order);
                    waiting.add(asked);
                    queue.add(asked.nanos, () -> happened.add(asked));
                } else {
                    now = takeFirst(queue, waiting, expected, seed);
                }
            }
            while (!waiting.isEmpty()) {
                takeFirst(queue, waiting, expected, seed);
            }
            assertEquals(expected, happened, "seed " + seed);
            assertEquals(0, queue.size());
        }
    }

    /** The list is in the order of coming: the first of the least time is the one. */
    private static long takeFirst(EventQueue queue, List<Asked> waiting, List<Asked> expected, long seed) {
        Asked least = waiting.get(0);
        for (Asked asked : waiting) {
            least = asked.nanos < least.nanos ? asked : least;
        }
        waiting.remove(least);
        expected.add(least);
        assertEquals(least.nanos, queue.firstNanos(), "seed " + seed);
        queue.poll().happen();
        return least.nanos;
    }

    @Test
    void shouldRefuseThePast() {
        Simulation simulation = new Simulation(1, Parameters.standard(), Set.of());
        simulation.runUntil(100);
        assertThrows(IllegalArgumentException.class, () -> simulation.at(99, () -> {}));
        assertEquals(100, simulation.nowNanos());
    }
}
