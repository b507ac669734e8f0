package io.esp4j.replay;

/**
 * The anti-replay window of one inbound SA (RFC 4303 §3.4.3): which numbers were received, and the highest of them.
 *
 * <p>A number above {@link #top()} is fresh, one of the {@code windowPackets} numbers up to and including {@code top} is
 * fresh once, and every other one is too old. That is exact for any size: only storage is rounded up. Number 0 is too old
 * always; with ESN a low half of 0 under a high half above 0 is a number like any other.
 *
 * <p>A size of 0 is anti-replay switched off: every number is accepted, nothing is remembered, {@code top()} stays 0.
 * It is refused together with ESN, whose inference needs the window.
 *
 * <p>Threads: a {@linkplain #singleOwner single-owner} window belongs to one thread at a time; a {@linkplain #lockFree
 * lock-free} one is for any number of them, and each of its methods takes effect at one moment between call and return
 * (linearizable). A window of size 0 has no state and may be shared either way.
 *
 * <p>No method that takes a number throws or allocates.
 */
public abstract sealed class ReplayWindow permits SingleOwnerReplayWindow, LockFreeReplayWindow {
    /** The default size (RFC 4303 §3.4.3), in packets. */
    public static final int DEFAULT_WINDOW_PACKETS = 64;

    /** The greatest size, in packets. */
    public static final int MAX_WINDOW_PACKETS = 1 << 20;

    final int windowPackets;
    private final boolean extended;

    ReplayWindow(int windowPackets, boolean extended) {
        this.windowPackets = windowPackets;
        this.extended = extended;
    }

    /**
     * A window for one thread at a time.
     *
     * @param windowPackets size, 0 (off) or 1 to {@link #MAX_WINDOW_PACKETS}
     * @param extended whether numbers have 64 bits (ESN) and are inferred
     * @param top the highest number received so far, 0 for none. It counts as received itself; lower ones inside the
     *     window count as not yet received
     * @throws IllegalArgumentException for a size out of range, 0 with ESN, or a {@code top} that needs ESN
     */
    public static ReplayWindow singleOwner(int windowPackets, boolean extended, long top) {
        requireValid(windowPackets, extended, top);
        return new SingleOwnerReplayWindow(windowPackets, extended, top);
    }

    /** The same for any number of threads; it takes about eight times the memory, and two atomic updates a packet. */
    public static ReplayWindow lockFree(int windowPackets, boolean extended, long top) {
        requireValid(windowPackets, extended, top);
        return new LockFreeReplayWindow(windowPackets, extended, top);
    }

    private static void requireValid(int windowPackets, boolean extended, long top) {
        if (windowPackets < 0 || windowPackets > MAX_WINDOW_PACKETS) {
            throw new IllegalArgumentException(
                    "replay window of " + windowPackets + " packets, expected 0 to " + MAX_WINDOW_PACKETS);
        }
        if (extended && windowPackets == 0) {
            throw new IllegalArgumentException("ESN with a replay window of 0 packets, expected at least 1");
        }
        if (!extended && SequenceNumbers.isAbove(top, SequenceNumbers.MAX_32_BIT)) {
            throw new IllegalArgumentException(
                    "highest number received 0x" + Long.toHexString(top) + ", expected at most 0xffffffff without ESN");
        }
    }

    /**
     * The 64-bit number of a packet, from its sequence number field: inferred with ESN (RFC 4303 A2.2), zero-extended
     * without. Call it once a packet, and use its result for {@code check}, for the ICV and for {@code commit}.
     *
     * @return the number, or {@link SequenceNumbers#NONE}, which {@code check} finds too old
     */
    public final long infer(int low32) {
        return infer(low32, top());
    }

    /**
     * The same for packets of one burst, whose numbers are inferred as of one moment: several threads move {@link #top()}, and
     * each reading of it may have to wait for another processor.
     *
     * @param low32 the sequence number field of the packet
     * @param top what {@link #top()} was
     * @return the number, or {@link SequenceNumbers#NONE}
     */
    public final long infer(int low32, long top) {
        return extended ? SequenceNumbers.infer(top, windowPackets, low32) : Integer.toUnsignedLong(low32);
    }

    /** The preliminary verdict, before the ICV is looked at. Receives nothing: the window is as it was. */
    public final ReplayVerdict check(long number) {
        // Size 0 is decided here, so that the calls below only ever see the two kinds of window.
        if (windowPackets == 0) {
            return ReplayVerdict.ACCEPTED;
        }
        return number == 0 ? ReplayVerdict.TOO_OLD : checkNumber(number);
    }

    /**
     * The same as of the moment when {@link #top()} was read; what was received since then is for {@link #commit} to find.
     *
     * @param number the inferred number
     * @param top what {@link #top()} was
     * @return the verdict
     */
    public final ReplayVerdict check(long number, long top) {
        return SequenceNumbers.isAbove(number, top) ? ReplayVerdict.ACCEPTED : check(number);
    }

    /**
     * The final verdict, to be asked for only after the ICV verified: judges again, and if the number is fresh, receives
     * it. Of all calls with one number, one at most returns {@link ReplayVerdict#ACCEPTED}.
     */
    public final ReplayVerdict commit(long number) {
        if (windowPackets == 0) {
            return ReplayVerdict.ACCEPTED;
        }
        return number == 0 ? ReplayVerdict.TOO_OLD : commitNumber(number);
    }

    /**
     * Commits numbers that follow one another, as many as are plainly new, beginning with the first: for packets of one burst that
     * arrived in order, cheaper than one by one. It is as if each had been {@linkplain #commit committed} by itself; those behind the
     * last that it counts were not, and are to be.
     *
     * @param first the first of the inferred numbers
     * @param count how many there are, at least 1
     * @return how many of them are accepted, 0 to {@code count}
     */
    public final int commitLeading(long first, int count) {
        return windowPackets == 0 ? count : commitLeadingNumbers(first, count);
    }

    /**
     * Takes over a position from elsewhere (a peer's announcement, a device's state): {@code number} becomes the top and
     * counts as received, unless the window is already there or further. A packet that verified is committed instead.
     */
    public final void advanceTo(long number) {
        if (SequenceNumbers.isAbove(number, top())) {
            commit(number);
        }
    }

    /** The highest number received, unsigned; 0 for none. */
    public abstract long top();

    /** The size in packets, 0 for anti-replay off. */
    public final int windowPackets() {
        return windowPackets;
    }

    /** Whether numbers are 64-bit ones, inferred (ESN). */
    public final boolean extended() {
        return extended;
    }

    /** {@link #check} of a number other than 0, by a window that is on. */
    abstract ReplayVerdict checkNumber(long number);

    /** {@link #commit} of a number other than 0, by a window that is on. */
    abstract ReplayVerdict commitNumber(long number);

    /** Never wrong: to answer 0. */
    abstract int commitLeadingNumbers(long first, int count);
}
