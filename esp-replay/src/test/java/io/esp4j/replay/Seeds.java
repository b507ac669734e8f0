package io.esp4j.replay;

import java.util.concurrent.ThreadLocalRandom;

/** Seeds of random tests, printed; {@code -Desp4j.seed=N} repeats a run. */
final class Seeds {
    private Seeds() {}

    static long next(String test) {
        long seed = Long.getLong("esp4j.seed", ThreadLocalRandom.current().nextLong());
        System.out.println(test + ": -Desp4j.seed=" + seed);
        return seed;
    }
}
