package io.esp4j.steering;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Which resource has the flows of which hash: a power of two of buckets, each with the number of a resource, as in receive side
 * scaling of network adapters. A bucket is moved by one store while packets flow: every packet finds the resource before or the one
 * after. Packets of a moved flow that are under way may be overtaken by those behind them, unless they share an ordered
 * {@link io.esp4j.pipeline.Lane}.
 *
 * <p>Threads: thread-safe, never waits.
 */
public final class IndirectionTable {
    /** What adapters have, mostly. */
    public static final int DEFAULT_BUCKETS = 128;

    private static final int MAX_BUCKETS = 1 << 16;

    private final AtomicIntegerArray resources;
    private final int mask;

    /**
     * A table that spreads flows evenly.
     *
     * @param buckets how finely load can be moved, a power of two up to 65536
     * @param count how many resources there are, at least 1
     * @throws IllegalArgumentException for other numbers
     */
    public IndirectionTable(int buckets, int count) {
        if (buckets < 1 || buckets > MAX_BUCKETS || Integer.bitCount(buckets) != 1) {
            throw new IllegalArgumentException(
                    "indirection table of " + buckets + " buckets: expected a power of two up to " + MAX_BUCKETS);
        }
        resources = new AtomicIntegerArray(buckets);
        mask = buckets - 1;
        spread(count);
    }

    /**
     * {@return the resource that has a flow}
     *
     * @param hash the flow's hash
     */
    public int resource(int hash) {
        return resources.getAcquire(hash & mask);
    }

    /**
     * Moves a bucket.
     *
     * @param bucket which, from 0
     * @param resource to which resource, from 0
     * @throws IllegalArgumentException for a negative resource
     * @throws IndexOutOfBoundsException if there is no such bucket
     */
    public void set(int bucket, int resource) {
        if (resource < 0) {
            throw new IllegalArgumentException("resource " + resource + ": expected 0 or more");
        }
        resources.setRelease(bucket, resource);
    }

    /**
     * Spreads the buckets over resources 0 to {@code count} − 1, bucket by bucket.
     *
     * @param count how many there are, at least 1
     * @throws IllegalArgumentException for fewer
     */
    public void spread(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("flows over " + count + " resources: expected at least 1");
        }
        for (int bucket = 0; bucket <= mask; bucket++) {
            resources.setRelease(bucket, bucket % count);
        }
    }

    /** {@return how many buckets there are} */
    public int buckets() {
        return mask + 1;
    }
}
