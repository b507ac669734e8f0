package io.esp4j.offload.agent;

import io.esp4j.replay.SequenceNumbers;

/**
 * The number that the next packet of one SA may carry at least, in a device behind segmentation that replicates headers:
 *
 * <pre>
 *   if IVDB ≤ packet.IV   IVDB = packet.IV + 1
 *   else                  packet.IV = IVDB, IVDB = IVDB + 1
 * </pre>
 *
 * <p>It never falls, so that no number is used twice however often the host repeats one; where the host jumps forward the gap
 * stays. Numbers are unsigned 64-bit ones, the ESN's high half included. The last number of the space is refused: there would be no
 * next one. Threads: single owner thread.
 */
public final class IvDatabase {
    /** What {@link #assign} returns for a packet that must not be sent. */
    public static final long REFUSED = SequenceNumbers.NONE;

    private final long limit;
    private final boolean lowHalves;
    private long next;

    /**
     * A database of one SA.
     *
     * @param esn whether numbers have 64 bits
     * @param next the least number of the next packet, at least 1
     * @param lowHalves whether to compare low halves only, which is wrong at each wrap
     */
    public IvDatabase(boolean esn, long next, boolean lowHalves) {
        limit = esn ? SequenceNumbers.MAX_64_BIT : SequenceNumbers.MAX_32_BIT;
        this.lowHalves = lowHalves;
        this.next = next;
    }

    /**
     * Decides which number a packet carries.
     *
     * @param offered the number that it came with
     * @return its number, or {@link #REFUSED}, with the database as it was
     */
    public long assign(long offered) {
        boolean asOffered = lowHalves
                ? Integer.compareUnsigned((int) next, (int) offered) <= 0
                : !SequenceNumbers.isAbove(next, offered);
        long number = asOffered ? offered : lowHalves ? (offered & ~0xffff_ffffL) | (next & 0xffff_ffffL) : next;
        if (!lowHalves && Long.compareUnsigned(number, limit) >= 0) {
            return REFUSED;
        }
        next = number + 1;
        return number;
    }

    /** {@return the least number of the next packet} */
    public long next() {
        return next;
    }

    /**
     * Takes over a position from elsewhere, if it is ahead.
     *
     * @param number the least number of the next packet
     */
    public void advanceTo(long number) {
        if (SequenceNumbers.isAbove(number, next)) {
            next = number;
        }
    }
}
