package io.esp4j.replay;

import java.util.Arrays;

/**
 * A ring of bitmaps, 64 numbers a word, with one word more than the window can touch: moving right clears whole words,
 * never one that still holds a number inside the window (the idea of RFC 6479).
 *
 * <p>Threads: single owner.
 */
final class SingleOwnerReplayWindow extends ReplayWindow {
    private static final int WORD_SHIFT = 6;

    private final long[] ring;
    private final int slotMask;
    private long top;

    SingleOwnerReplayWindow(int windowPackets, boolean extended, long top) {
        super(windowPackets, extended);
        ring = new long[RingGeometry.forBlocksOf(WORD_SHIFT, windowPackets).slots()];
        slotMask = ring.length - 1;
        advanceTo(top);
    }

    @Override
    public long top() {
        return top;
    }

    @Override
    ReplayVerdict checkNumber(long number) {
        if (SequenceNumbers.isAbove(number, top)) {
            return ReplayVerdict.ACCEPTED;
        }
        if (SequenceNumbers.isLeftOfWindow(number, top, windowPackets)) {
            return ReplayVerdict.TOO_OLD;
        }
        return (ring[slot(number)] & bit(number)) == 0 ? ReplayVerdict.ACCEPTED : ReplayVerdict.REPLAYED;
    }

    @Override
    ReplayVerdict commitNumber(long number) {
        ReplayVerdict verdict = checkNumber(number);
        if (verdict == ReplayVerdict.ACCEPTED) {
            if (SequenceNumbers.isAbove(number, top)) {
                moveTo(number);
            }
            ring[slot(number)] |= bit(number);
        }
        return verdict;
    }

    @Override
    int commitLeadingNumbers(long first, int count) {
        long last = first + count - 1;
        if (!SequenceNumbers.isAbove(first, top) || SequenceNumbers.isAbove(first, last) || count > windowPackets) {
            return 0;
        }
        moveTo(last);
        long from = first;
        while (from >>> WORD_SHIFT != last >>> WORD_SHIFT) {
            ring[slot(from)] |= -1L << from;
            from = ((from >>> WORD_SHIFT) + 1) << WORD_SHIFT;
        }
        ring[slot(from)] |= (-1L << from) & (-1L >>> ~last);
        return count;
    }

    private void moveTo(long number) {
        long words = (number >>> WORD_SHIFT) - (top >>> WORD_SHIFT);
        if (words >= ring.length) {
            Arrays.fill(ring, 0);
        } else {
            int slot = slot(top);
            for (long cleared = 0; cleared < words; cleared++) {
                slot = (slot + 1) & slotMask;
                ring[slot] = 0;
            }
        }
        top = number;
    }

    private int slot(long number) {
        return (int) (number >>> WORD_SHIFT) & slotMask;
    }

    private static long bit(long number) {
        // A shift distance counts modulo 64.
        return 1L << number;
    }
}
