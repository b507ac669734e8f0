package io.esp4j.sad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpiAllocatorTest {
    /** Leaves the SPIs 300 to 399. */
    private static SpiAllocator.Builder hundred() {
        return SpiAllocator.builder(new Random(1)).reserve(0, 299).reserve(400, -1);
    }

    @Test
    @DisplayName("R3 allocated SPIs are never 0 to 255")
    void shouldNeverAllocateReservedSpis() {
        SpiAllocator allocator =
                SpiAllocator.builder(new Random(7)).reserve(512, -1).build();
        Set<Integer> spis = new HashSet<>();
        for (int i = 0; i < 256; i++) {
            spis.add(allocator.allocate());
        }
        assertEquals(256, spis.size());
        assertTrue(spis.stream().allMatch(spi -> spi >= 256 && spi < 512));
        assertThrows(IllegalArgumentException.class, () -> allocator.claim(255));
        assertThrows(IllegalArgumentException.class, () -> allocator.claim(0));
    }

    @Test
    void shouldAllocateFromTheWholeRange() {
        SpiAllocator allocator = SpiAllocator.builder(new Random(3)).build();
        int high = 0;
        Set<Integer> spis = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            int spi = allocator.allocate();
            assertTrue(Integer.compareUnsigned(spi, 255) > 0);
            assertTrue(spis.add(spi), "given out twice");
            high += spi < 0 ? 1 : 0;
        }
        assertTrue(high > 4_500 && high < 5_500, high + " of 10000 in the upper half");
    }

    @Test
    void shouldGiveOutEveryFreeSpiOnceAndThenRefuse() {
        SpiAllocator allocator = hundred().build();
        Set<Integer> spis = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            assertTrue(spis.add(allocator.allocate()));
        }
        assertThrows(IllegalStateException.class, allocator::allocate);
        allocator.release(342);
        assertEquals(342, allocator.allocate());
        assertEquals(100, allocator.inUse());
    }

    @Test
    void shouldNotGiveOutAClaimedSpi() {
        SpiAllocator allocator = hundred().build();
        assertTrue(allocator.claim(350));
        assertFalse(allocator.claim(350));
        assertTrue(allocator.claim(1000), "reserved ranges are for claims");
        for (int i = 0; i < 99; i++) {
            assertNotEquals(350, allocator.allocate());
        }
        assertThrows(IllegalStateException.class, allocator::allocate);
    }

    @Test
    void shouldHoldReleasedSpisBackWhileInQuarantine() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 10);
        SpiAllocator allocator =
                hundred().quarantine(Duration.ofNanos(100), clock::get).build();
        for (int i = 0; i < 100; i++) {
            allocator.allocate();
        }
        allocator.release(307);
        assertEquals(99, allocator.inUse());
        assertThrows(IllegalStateException.class, () -> allocator.release(307));
        assertFalse(allocator.claim(307));
        clock.addAndGet(99);
        assertThrows(IllegalStateException.class, allocator::allocate);
        clock.addAndGet(1);
        assertEquals(307, allocator.allocate());
    }

    @Test
    void shouldRefuseToReleaseWhatIsNotInUse() {
        assertThrows(IllegalStateException.class, () -> hundred().build().release(300));
    }

    @Test
    void shouldRefuseUselessRanges() {
        assertThrows(IllegalArgumentException.class, () -> hundred().reserve(5, 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> hundred().reserve(250, 450).build());
    }
}
