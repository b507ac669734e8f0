package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import io.esp4j.wire.Packets;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RandomnessTest {
    /** Counts how often it is asked, and refuses to be asked for a single number. */
    private static final class Counted implements RandomGenerator {
        private final Random random = new Random(3);
        private int draws;

        @Override
        public void nextBytes(byte[] octets) {
            draws++;
            random.nextBytes(octets);
        }

        @Override
        public long nextLong() {
            throw new AssertionError("a generator may allocate and lock at each draw");
        }
    }

    private final Counted generator = new Counted();
    private final Randomness randomness = new Randomness(generator);

    @Test
    @DisplayName("R36 IVs are the generator's octets in their order, none twice, drawn 512 at a time")
    void shouldHandOutEachOctetOnce() {
        Random same = new Random(3);
        Memory memory = Memory.of(new byte[16]);
        for (int draw = 0; draw < 3; draw++) {
            byte[] drawn = Packets.random(same, 512);
            for (int at = 0; at < 512; at += 16) {
                randomness.writeIv(memory, 0, 16);
                byte[] iv = new byte[16];
                memory.read(0, iv, 0, 16);
                assertArrayEquals(Packets.slice(drawn, at, at + 16), iv);
            }
            assertEquals(draw + 1, generator.draws);
        }
    }

    @Test
    @DisplayName("R12 numbers fill their range evenly, and come from the same octets")
    void shouldDrawNumbersEvenly() {
        for (int bound : new int[] {1, 2, 3, 10, 1000, 65536}) {
            int[] seen = new int[bound];
            int draws = 200 * Math.min(bound, 1000);
            int before = generator.draws;
            for (int i = 0; i < draws; i++) {
                seen[randomness.nextInt(bound)]++;
            }
            assertTrue(generator.draws - before <= draws / 128 + 1);
            if (bound <= 1000) {
                for (int count : seen) {
                    assertTrue(count > 100 && count < 300, count + " of " + draws + " below " + bound);
                }
            }
        }
    }
}
