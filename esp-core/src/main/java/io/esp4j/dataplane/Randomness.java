package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import java.util.random.RandomGenerator;

/**
 * A worker's random numbers: unpredictable IVs for CBC (RFC 3602 §3), drawn some kilobytes at a time. Threads: single
 * owner thread.
 */
final class Randomness {
    private final RandomGenerator random;
    private final byte[] drawn = new byte[4096];
    private int used = drawn.length;

    Randomness(RandomGenerator random) {
        this.random = random;
    }

    void writeIv(Memory memory, int at, int octets) {
        if (drawn.length - used < octets) {
            random.nextBytes(drawn);
            used = 0;
        }
        memory.write(at, drawn, used, octets);
        used += octets;
    }

    /** {@return a number from 0 up to, not including, a bound} */
    int nextInt(int bound) {
        return random.nextInt(bound);
    }
}
