package io.esp4j.sad;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SpiSetPropertyTest {
    @Property(tries = 200)
    void shouldBehaveAsASet(@ForAll long seed) {
        Random random = new Random(seed);
        int spis = 2 + random.nextInt(300);
        SpiSet set = new SpiSet();
        Set<Integer> oracle = new HashSet<>();
        for (int step = 0; step < 1_000; step++) {
            int spi = (random.nextInt(spis) * 0x0101_0101) | 0x100;
            switch (random.nextInt(3)) {
                case 0 -> assertEquals(oracle.add(spi), set.add(spi));
                case 1 -> assertEquals(oracle.remove(spi), set.remove(spi));
                default -> assertEquals(oracle.contains(spi), set.contains(spi));
            }
            assertEquals(oracle.size(), set.size());
        }
        for (int i = 0; i < spis; i++) {
            int spi = (i * 0x0101_0101) | 0x100;
            assertEquals(oracle.contains(spi), set.contains(spi));
        }
    }
}
