package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import java.util.random.RandomGenerator;

/**
 * A worker's random numbers: unpredictable IVs for CBC (RFC 3602 §3) and lengths of traffic flow padding, drawn some
 * hundred octets at a time, since a generator may allocate and lock at each draw. Threads: single owner thread.
 */
final class Randomness {
    private final RandomGenerator random;
    private final byte[] drawn = new byte[512];
    private int used = drawn.length;

    Randomness(RandomGenerator random) {
        this.random = random;
    }

    void writeIv(Memory memory, int at, int octets) {
        memory.write(at, drawn, take(octets), octets);
    }

    /** {@return a number from 0 up to, not including, a bound of at most 2^16; equally likely to 1 in 2^16} */
    int nextInt(int bound) {
        int at = take(Integer.BYTES);
        long number = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            number = (number << 8) | (drawn[at + i] & 0xff);
        }
        return (int) ((number * bound) >>> Integer.SIZE);
    }

    /** {@return the position of octets that nobody has seen} */
    private int take(int octets) {
        if (drawn.length - used < octets) {
            random.nextBytes(drawn);
            used = 0;
        }
        used += octets;
        return used - octets;
    }
}
