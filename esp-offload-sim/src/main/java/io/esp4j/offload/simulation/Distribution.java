package io.esp4j.offload.simulation;

import java.util.Arrays;

/** Values of one kind, such as latencies, and their quantiles. Threads: single owner thread. */
public final class Distribution {
    private long[] values = new long[64];
    private int size;
    private boolean sorted;

    /** An empty one. */
    public Distribution() {}

    /**
     * Adds a value.
     *
     * @param value any
     */
    public void add(long value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
        sorted = false;
    }

    /** {@return how many values there are} */
    public int size() {
        return size;
    }

    /**
     * {@return the smallest value that at least a share of all values do not exceed; 0 if there is none}
     *
     * @param share 0 to 1: 0.5 for the median, 0.99 for p99
     */
    public long quantile(double share) {
        if (size == 0) {
            return 0;
        }
        if (!sorted) {
            Arrays.sort(values, 0, size);
            sorted = true;
        }
        int rank = (int) Math.ceil(share * size);
        return values[Math.min(size, Math.max(1, rank)) - 1];
    }
}
