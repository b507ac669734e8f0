package io.esp4j.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The outbound sequence numbers of one SA (RFC 4303 §2.2, §3.3.3): each is handed out once, the first is 1, and the
 * counter never cycles. Numbers are reserved in ranges, for a burst or for the segments of one large packet.
 *
 * <p>Threads: thread-safe, lock-free; a reservation is one compare-and-set. It is not padded against its neighbours: a
 * burst makes one reservation, and an idle SA shall stay small.
 */
public final class SequenceCounter {
    /** What {@link #reserve} returns when the counter would cycle: no number. */
    public static final long EXHAUSTED = SequenceNumbers.NONE;

    /** A soft threshold that is never crossed. */
    public static final long NO_SOFT_THRESHOLD = 0;

    private static final VarHandle LAST;

    static {
        try {
            LAST = MethodHandles.lookup().findVarHandle(SequenceCounter.class, "last", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long limit;
    private final long softThreshold;
    private volatile long last;

    /**
     * @param extended whether numbers have 64 bits (ESN), so that the last one is 2^64 − 1 and not 2^32 − 1
     * @param last the last number sent, 0 for none; the next one is greater by 1
     * @param softThreshold the number whose reservation is the moment to ask for a new SA, or
     *     {@link #NO_SOFT_THRESHOLD}
     * @throws IllegalArgumentException for a number that needs ESN
     */
    public SequenceCounter(boolean extended, long last, long softThreshold) {
        limit = extended ? SequenceNumbers.MAX_64_BIT : SequenceNumbers.MAX_32_BIT;
        requireWithinLimit("last number sent", last);
        requireWithinLimit("soft threshold", softThreshold);
        this.last = last;
        this.softThreshold = softThreshold;
    }

    private void requireWithinLimit(String what, long number) {
        if (SequenceNumbers.isAbove(number, limit)) {
            throw new IllegalArgumentException(what + " 0x" + Long.toHexString(number) + ", expected at most 0x"
                    + Long.toHexString(limit) + " without ESN");
        }
    }

    /**
     * Reserves {@code count} consecutive numbers, all or none.
     *
     * @param count at least 1
     * @return the first of them, or {@link #EXHAUSTED} if fewer are left; then the counter is as it was, and a smaller
     *     range may still be had
     * @throws IllegalArgumentException for a count below 1
     */
    public long reserve(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("reservation of " + count + " numbers, expected at least 1");
        }
        long current;
        do {
            current = last;
            if (Long.compareUnsigned(limit - current, count) < 0) {
                return EXHAUSTED;
            }
        } while (!LAST.compareAndSet(this, current, current + count));
        return current + 1;
    }

    /** The last number handed out, unsigned; 0 for none. */
    public long last() {
        return last;
    }

    /** How many numbers are left, unsigned. */
    public long remaining() {
        return limit - last;
    }

    /**
     * Whether a range that {@link #reserve} returned holds the soft threshold. Ranges are disjoint, so of all
     * reservations exactly one crosses it, on whatever thread (none, where {@code last} began at or beyond it).
     */
    public boolean crossesSoftThreshold(long first, int count) {
        return softThreshold != NO_SOFT_THRESHOLD && Long.compareUnsigned(softThreshold - first, count) < 0;
    }

    /** Whether the soft threshold was reserved, at whatever time. */
    public boolean softThresholdReached() {
        return softThreshold != NO_SOFT_THRESHOLD && !SequenceNumbers.isAbove(softThreshold, last);
    }
}
