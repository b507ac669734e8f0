package io.esp4j.replay;

/**
 * A ring of words that any number of threads share. A word describes one block of consecutive numbers:
 *
 * <pre>
 *    63                            8 7             0
 *   +-------------------------------+---------------+
 *   |  tag: the lap of the block    |  bitmap       |
 *   +-------------------------------+---------------+
 * </pre>
 *
 * <p>A word whose tag is older than the number in hand holds nothing of that number's block: it is empty, and is simply
 * overwritten. A newer tag says that a number at least a window further was received: the number in hand is too old. So
 * nothing is ever cleared, and whether a number is received for the first time is decided by one compare-and-set on one
 * word. {@code top} is a monotonic maximum beside the ring.
 *
 * <p>A number is marked first and then raises {@code top}. In between, other threads may find the mark. Before they act
 * on it they raise {@code top} themselves, so that no thread sees an effect of a number that is not yet counted by all;
 * this makes the operations linearizable. Decision record 0002 has the argument, {@code LockFreeReplayWindowModelTest}
 * the exhaustive check of small cases, run over this code.
 *
 * <p>Threads: thread-safe, lock-free (a failed compare-and-set means that another thread's succeeded).
 */
final class LockFreeReplayWindow extends ReplayWindow {
    private static final int TOP = 0;

    /** The ring begins a cache line after {@code top}, which every thread writes. */
    private static final int FIRST_BLOCK = 8;

    private final SharedWords words;
    private final int blockShift;
    private final int lapShift;
    private final int slotMask;
    private final int bitMask;
    private final int bitmapBits;

    LockFreeReplayWindow(int windowPackets, boolean extended, long top) {
        this(windowPackets, extended, top, RingGeometry.forTaggedBlocks(windowPackets));
    }

    private LockFreeReplayWindow(int windowPackets, boolean extended, long top, RingGeometry geometry) {
        this(windowPackets, extended, geometry, new AtomicWords(wordCount(geometry)));
        advanceTo(top);
    }

    /** A window over {@code words}, which hold its state already: zeros for one that has received nothing. */
    LockFreeReplayWindow(int windowPackets, boolean extended, RingGeometry geometry, SharedWords words) {
        super(windowPackets, extended);
        this.words = words;
        blockShift = geometry.blockShift();
        lapShift = geometry.blockShift() + geometry.slotShift();
        slotMask = geometry.slots() - 1;
        bitmapBits = geometry.numbersPerBlock();
        bitMask = geometry.numbersPerBlock() - 1;
    }

    static int wordCount(RingGeometry geometry) {
        return FIRST_BLOCK + geometry.slots();
    }

    @Override
    public long top() {
        return words.load(TOP);
    }

    /** A number above {@code top} may be marked already, but is counted by nobody yet: its commit is under way. */
    @Override
    ReplayVerdict checkNumber(long number) {
        long top = words.load(TOP);
        if (SequenceNumbers.isAbove(number, top)) {
            return ReplayVerdict.ACCEPTED;
        }
        if (SequenceNumbers.isLeftOfWindow(number, top, windowPackets)) {
            return ReplayVerdict.TOO_OLD;
        }
        int slot = slot(number);
        return judge(words.load(FIRST_BLOCK + slot), slot, number, top);
    }

    @Override
    ReplayVerdict commitNumber(long number) {
        long top = words.load(TOP);
        if (SequenceNumbers.isLeftOfWindow(number, top, windowPackets)) {
            return ReplayVerdict.TOO_OLD;
        }
        int slot = slot(number);
        long word;
        do {
            word = words.load(FIRST_BLOCK + slot);
            ReplayVerdict verdict = judge(word, slot, number, top);
            if (verdict != ReplayVerdict.ACCEPTED) {
                return verdict;
            }
        } while (!words.compareAndSet(FIRST_BLOCK + slot, word, mark(word, number)));
        raiseTop(top, number);
        return ReplayVerdict.ACCEPTED;
    }

    /**
     * A block's numbers are marked by one compare-and-set, and {@code top} is raised once: each number takes its steps as in
     * {@link #commitNumber}, all of them at the same time as those beside it.
     */
    @Override
    int commitLeadingNumbers(long first, int count) {
        long top = words.loadToWrite(TOP);
        boolean wraps = SequenceNumbers.isAbove(first, first + count - 1);
        if (first == 0 || wraps || SequenceNumbers.isLeftOfWindow(first, top, windowPackets)) {
            return 0;
        }
        words.loadToWrite(FIRST_BLOCK + slot(first)); // the words after it mostly share its line
        int marked = 0;
        while (marked < count) {
            long number = first + marked;
            int inBlock = Math.min(count - marked, (bitMask + 1) - (int) (number & bitMask));
            if (!markAll(number, inBlock)) {
                break;
            }
            marked += inBlock;
        }
        if (marked > 0) {
            raiseTop(top, first + marked - 1);
        }
        return marked;
    }

    /** {@return whether the numbers, all of one block, were new, and are marked} */
    private boolean markAll(long number, int inBlock) {
        int slot = slot(number);
        long lap = number >>> lapShift;
        long bits = ((1L << inBlock) - 1) << (number & bitMask);
        long word;
        long marked;
        do {
            word = words.load(FIRST_BLOCK + slot);
            long tag = word >>> bitmapBits;
            if (tag > lap || (tag == lap && (word & bits) != 0)) {
                return false;
            }
            marked = (tag == lap ? word : lap << bitmapBits) | bits;
        } while (!words.compareAndSet(FIRST_BLOCK + slot, word, marked));
        return true;
    }

    /** The verdict on a number by its block's word; other threads' marks that decide it are made to count first. */
    private ReplayVerdict judge(long word, int slot, long number, long knownTop) {
        long tag = word >>> bitmapBits;
        long lap = number >>> lapShift;
        if (tag < lap || (tag == lap && (word & bit(number)) == 0)) {
            return ReplayVerdict.ACCEPTED;
        }
        raiseTop(knownTop, newestMarked(word, slot));
        return tag > lap ? ReplayVerdict.TOO_OLD : ReplayVerdict.REPLAYED;
    }

    private long mark(long word, long number) {
        long lap = number >>> lapShift;
        long marked = word >>> bitmapBits == lap ? word : lap << bitmapBits;
        return marked | bit(number);
    }

    private void raiseTop(long knownTop, long number) {
        long top = knownTop;
        while (SequenceNumbers.isAbove(number, top) && !words.compareAndSet(TOP, top, number)) {
            top = words.load(TOP);
        }
    }

    /** The highest number that a word has marked; a word that is not empty marks at least one. */
    private long newestMarked(long word, int slot) {
        long bitmap = word & ((1L << bitmapBits) - 1);
        int highestBit = Long.SIZE - 1 - Long.numberOfLeadingZeros(bitmap);
        return (word >>> bitmapBits) << lapShift | (long) slot << blockShift | highestBit;
    }

    private int slot(long number) {
        return (int) (number >>> blockShift) & slotMask;
    }

    private long bit(long number) {
        return 1L << (number & bitMask);
    }
}
