package io.esp4j.io.udp;

/**
 * Says when a peer behind a NAT is due a keepalive: when nothing was sent to it for an interval (RFC 3948 §4). One per
 * peer; the caller brings the time. Threads: single owner thread.
 */
public final class KeepaliveTimer {
    /** RFC 3948 §4: the default is 20 seconds. */
    public static final long DEFAULT_INTERVAL_NANOS = 20_000_000_000L;

    private final long intervalNanos;
    private long lastSentNanos;

    /**
     * A timer that begins to run now.
     *
     * @param intervalNanos at least 1
     * @param nowNanos the time, of {@link System#nanoTime} or another clock that the other methods are given too
     */
    public KeepaliveTimer(long intervalNanos, long nowNanos) {
        if (intervalNanos < 1) {
            throw new IllegalArgumentException("interval of " + intervalNanos + " ns, at least 1 expected");
        }
        this.intervalNanos = intervalNanos;
        this.lastSentNanos = nowNanos;
    }

    /** Something was sent to the peer, of whatever kind. */
    public void sent(long nowNanos) {
        lastSentNanos = nowNanos;
    }

    /** Whether a keepalive is to be sent now; {@link #sent} is to be called when it was. */
    public boolean due(long nowNanos) {
        return nowNanos - lastSentNanos >= intervalNanos;
    }
}
