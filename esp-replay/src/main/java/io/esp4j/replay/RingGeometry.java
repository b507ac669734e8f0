package io.esp4j.replay;

/**
 * How a ring of blocks holds a window: {@code 2^slotShift} slots, each for a block of {@code 2^blockShift} consecutive
 * numbers. A number's bits are, from the left, {@code lap ‖ slot ‖ bit}. Immutable.
 *
 * @param blockShift log2 of the numbers in a block
 * @param slotShift log2 of the slots in the ring
 */
record RingGeometry(int blockShift, int slotShift) {
    /** Bitmap of 8 numbers, which leaves 56 bits of a word to the tag. */
    static final int TAGGED_BLOCK_SHIFT = 3;

    /** The smallest ring of such blocks that holds a window. */
    static RingGeometry forBlocksOf(int blockShift, int windowPackets) {
        return new RingGeometry(blockShift, ceilingLog2(blocksTouched(blockShift, windowPackets)));
    }

    /**
     * The ring for words that carry tag ‖ bitmap, with enough slots that the tag holds the number's whole lap: two numbers
     * that are told apart by nothing else never have equal tags, for all 2^64 of them (decision record 0002).
     */
    static RingGeometry forTaggedBlocks(int windowPackets) {
        int wholeLapShift = (1 << TAGGED_BLOCK_SHIFT) - TAGGED_BLOCK_SHIFT;
        RingGeometry smallest = forBlocksOf(TAGGED_BLOCK_SHIFT, windowPackets);
        return new RingGeometry(TAGGED_BLOCK_SHIFT, Math.max(smallest.slotShift, wholeLapShift));
    }

    int slots() {
        return 1 << slotShift;
    }

    int numbersPerBlock() {
        return 1 << blockShift;
    }

    /** The bits that the lap of a 64-bit number needs. */
    int lapBits() {
        return Long.SIZE - slotShift - blockShift;
    }

    /** A window that ends anywhere in a block, and so begins anywhere in another, touches one more than it fills. */
    private static int blocksTouched(int blockShift, int windowPackets) {
        int beyondTop = Math.max(windowPackets - 1, 0);
        return ((beyondTop + (1 << blockShift) - 1) >>> blockShift) + 1;
    }

    private static int ceilingLog2(int value) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(value - 1);
    }
}
