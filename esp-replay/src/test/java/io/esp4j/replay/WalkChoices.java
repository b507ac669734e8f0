package io.esp4j.replay;

import java.util.Random;

/** What random tests draw: sizes and positions where mistakes live, and any others. */
final class WalkChoices {
    private static final int[] SIZES = {1, 2, 3, 7, 8, 9, 31, 32, 33, 63, 64, 65, 66, 127, 128, 129, 249, 250, 257};
    private static final long[] HIGH_HALVES = {0, 1, 2, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFEL, 0xFFFF_FFFFL};

    private WalkChoices() {}

    static int windowPackets(Random random) {
        int kind = random.nextInt(100);
        if (kind < 60) {
            return SIZES[random.nextInt(SIZES.length)];
        }
        if (kind < 98) {
            return 1 + random.nextInt(2000);
        }
        return kind == 98 ? ReplayWindow.MAX_WINDOW_PACKETS : 1 + random.nextInt(ReplayWindow.MAX_WINDOW_PACKETS);
    }

    /** A highest number received: 0, or near a multiple of 2^32 (or near the last number), or anywhere. */
    static long top(Random random, boolean extended, int windowPackets) {
        long highHalf = random.nextBoolean()
                ? HIGH_HALVES[random.nextInt(HIGH_HALVES.length)]
                : Integer.toUnsignedLong(random.nextInt());
        long nearBoundary = (highHalf << 32) + random.nextInt(4 * windowPackets + 1) - 2L * windowPackets;
        long top =
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> random.nextLong();
                    default -> nearBoundary;
                };
        return extended ? top : top & SequenceNumbers.MAX_32_BIT;
    }
}
