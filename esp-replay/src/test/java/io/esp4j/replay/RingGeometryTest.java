package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class RingGeometryTest {
    @Test
    void shouldKeepWholeLapInTagAtEverySize() {
        for (int windowPackets = 0; windowPackets <= ReplayWindow.MAX_WINDOW_PACKETS; windowPackets++) {
            RingGeometry geometry = RingGeometry.forTaggedBlocks(windowPackets);
            int tagBits = Long.SIZE - geometry.numbersPerBlock();
            assertTrue(geometry.lapBits() <= tagBits, geometry::toString);
        }
    }

    @Test
    void shouldHoldEveryWindowWhereverItEnds() {
        for (int windowPackets = 1; windowPackets <= ReplayWindow.MAX_WINDOW_PACKETS; windowPackets++) {
            assertTrue(slotsNeeded(3, windowPackets)
                    <= RingGeometry.forTaggedBlocks(windowPackets).slots());
            assertTrue(slotsNeeded(6, windowPackets)
                    <= RingGeometry.forBlocksOf(6, windowPackets).slots());
        }
    }

    @Test
    void shouldTakeTheSmallestRing() {
        assertEquals(new RingGeometry(6, 0), RingGeometry.forBlocksOf(6, 1));
        assertEquals(new RingGeometry(6, 1), RingGeometry.forBlocksOf(6, 64));
        assertEquals(new RingGeometry(6, 1), RingGeometry.forBlocksOf(6, 65));
        assertEquals(new RingGeometry(6, 2), RingGeometry.forBlocksOf(6, 66));
        assertEquals(new RingGeometry(6, 15), RingGeometry.forBlocksOf(6, 1 << 20));
        assertEquals(new RingGeometry(3, 5), RingGeometry.forTaggedBlocks(249));
        assertEquals(new RingGeometry(3, 6), RingGeometry.forTaggedBlocks(250));
        assertEquals(new RingGeometry(3, 18), RingGeometry.forTaggedBlocks(1 << 20));
    }

    /** Blocks from the one with the bottom to the one with the top, at the worst alignment of all. */
    private static long slotsNeeded(int blockShift, int windowPackets) {
        long most = 0;
        for (long top = 1L << 30; top < (1L << 30) + (1L << blockShift); top++) {
            most = Math.max(most, (top >> blockShift) - ((top - windowPackets + 1) >> blockShift) + 1);
        }
        return most;
    }
}
