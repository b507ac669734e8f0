package io.esp4j.offload.simulation;

/**
 * How long octets take somewhere. Frames of one length mostly follow one another, so the last answer is kept: a division costs as
 * much as the rest of a hop. Threads: single owner thread.
 */
public final class Rate {
    private static final long BITS_NANOS = 8_000_000_000L;

    private final long bitsPerSecond;
    private int lastOctets;
    private long lastNanos;

    /**
     * A rate.
     *
     * @param bitsPerSecond at least 0; 0 for no limit
     */
    public Rate(long bitsPerSecond) {
        this.bitsPerSecond = bitsPerSecond;
    }

    /**
     * {@return how long octets take, in nanoseconds rounded up; 0 where there is no limit}
     *
     * @param octets how many, at least 0
     */
    public long nanos(int octets) {
        if (octets != lastOctets) {
            lastNanos = bitsPerSecond == 0 ? 0 : (octets * BITS_NANOS + bitsPerSecond - 1) / bitsPerSecond;
            lastOctets = octets;
        }
        return lastNanos;
    }
}
