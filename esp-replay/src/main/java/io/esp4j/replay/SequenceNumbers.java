package io.esp4j.replay;

/**
 * Arithmetic of sequence numbers: unsigned 64-bit, in a {@code long}. Everything that compares numbers or knows of their
 * two 32-bit halves is here. Stateless.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4303#appendix-A">RFC 4303 Appendix A</a>
 */
public final class SequenceNumbers {
    /**
     * Stands for "no such number" where a method returns one. Number 0 is never sent (RFC 4303 §3.3.3: the first packet
     * carries 1) and is too old for every window that is on, so that a caller who passes this on to
     * {@link ReplayWindow#check} needs no branch of its own.
     */
    public static final long NONE = 0;

    /** The highest number of an SA without ESN, 2^32 − 1. */
    public static final long MAX_32_BIT = 0xFFFF_FFFFL;

    /** The highest number of an SA with ESN, 2^64 − 1. */
    public static final long MAX_64_BIT = 0xFFFF_FFFF_FFFF_FFFFL;

    private SequenceNumbers() {}

    /** Whether {@code number} is greater than {@code other}, unsigned. */
    public static boolean isAbove(long number, long other) {
        return Long.compareUnsigned(number, other) > 0;
    }

    /**
     * Whether {@code number} lies left of the window of {@code windowPackets} numbers that ends with {@code top}: number
     * ≤ top − windowPackets, without wrapping (RFC 4303 §3.4.3).
     */
    public static boolean isLeftOfWindow(long number, long top, int windowPackets) {
        return !isAbove(number, top) && Long.compareUnsigned(top - number, windowPackets) >= 0;
    }

    /**
     * The 64-bit number whose low half is on the wire, RFC 4303 A2.2: the only one with that low half among the 2^32
     * numbers that begin at the bottom of the window.
     *
     * <p>In the RFC's terms, {@code bottom = top − W + 1} lies in the subspace of {@code top} in case A and in the one
     * before it in case B; a low half at or above the bottom's takes the bottom's high half, a lower one the next.
     *
     * @param top the highest number received, unsigned
     * @param windowPackets size of the window W, at least 1
     * @param low32 the sequence number field of the packet
     * @return the number, or {@link #NONE} where the high half would be −1 (case B under a high half of 0: older than
     *     the first packet) or 2^32 (past the end of the number space)
     */
    public static long infer(long top, int windowPackets, int low32) {
        long bottom = top - (windowPackets - 1);
        long number = bottom + Integer.toUnsignedLong(low32 - (int) bottom);
        boolean bottomIsNegative = isAbove(bottom, top);
        boolean additionWrapped = isAbove(bottom, number);
        // A negative bottom must wrap to reach a number that exists; any other must not.
        return bottomIsNegative == additionWrapped ? number : NONE;
    }

    /**
     * The number with the same low half and a high half greater by {@code steps}.
     *
     * @param steps at least 0
     * @return the number, or {@link #NONE} where the high half would exceed 2^32 − 1
     */
    public static long raiseHighHalf(long number, int steps) {
        long raised = number + ((long) steps << 32);
        return isAbove(number, raised) ? NONE : raised;
    }

    /** Bits 32–63: what an SA with ESN authenticates and does not send (RFC 4303 §2.2.1). */
    public static int highHalf(long number) {
        return (int) (number >>> 32);
    }

    /** Bits 0–31: the sequence number field of a packet. */
    public static int lowHalf(long number) {
        return (int) number;
    }
}
