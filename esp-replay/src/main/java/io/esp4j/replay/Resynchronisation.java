package io.esp4j.replay;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Finds back to a sender whose high half has left the receiver's behind (RFC 4303 A3): after more than 2^32 packets were
 * lost in a row, A2.2 infers too low a high half, and no ICV verifies any more. This class counts, and decides which
 * packet may be tried with which other numbers; the caller opens and commits:
 *
 * <ul>
 *   <li>{@link #accepted()} after every packet that the window accepted. It ends the row of failures.
 *   <li>{@link #icvFailed} after every ICV failure. It returns how many candidates may be tried on this packet, mostly 0.
 *       Replayed and too-old packets are not reported at all.
 *   <li>{@link #candidate} names them. If one verifies, it is committed to the window like any other number, which makes
 *       it the top, and is reported as accepted. If none does, nothing has changed.
 * </ul>
 *
 * <p>A candidate is always above the inferred number, and so above the window: no replay gets in this way.
 *
 * <p>Threads: thread-safe. Failures that are counted while another thread resets the row may be lost from it.
 */
public final class Resynchronisation {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final VarHandle FAILURES;
    private static final VarHandle NEXT_TRIAL_NANOS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            FAILURES = lookup.findVarHandle(Resynchronisation.class, "failures", int.class);
            NEXT_TRIAL_NANOS = lookup.findVarHandle(Resynchronisation.class, "nextTrialNanos", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final int failureThreshold;
    private final int attemptsPerPacket;
    private final long trialIntervalNanos;
    private volatile int failures;
    private volatile long nextTrialNanos;

    /**
     * @param nowNanos the time on the clock that {@link #icvFailed} is given, in nanoseconds from an arbitrary origin
     *     (as {@link System#nanoTime})
     */
    public Resynchronisation(ResynchronisationPolicy policy, long nowNanos) {
        failureThreshold = policy.failureThreshold();
        attemptsPerPacket = policy.attemptsPerPacket();
        // Packets that are tried lie this far apart, rounded up: so many fit into no second more than allowed.
        int trialsPerSecond = policy.attemptsPerSecond() / policy.attemptsPerPacket();
        trialIntervalNanos = (NANOS_PER_SECOND + trialsPerSecond - 1) / trialsPerSecond;
        nextTrialNanos = nowNanos;
    }

    /** Reports a packet that was accepted: the row of failures has ended. */
    public void accepted() {
        if (failures != 0) {
            failures = 0;
        }
    }

    /**
     * Reports a packet whose ICV failed under its inferred number.
     *
     * @param inferred the number that {@link ReplayWindow#infer} gave
     * @param nowNanos the time, see the constructor
     * @return how many candidates may be tried on this packet, from {@link #candidate candidate(inferred, 1)} upwards
     */
    public int icvFailed(long inferred, long nowNanos) {
        if (countFailure() < failureThreshold) {
            return 0;
        }
        long next = nextTrialNanos;
        boolean due = nowNanos - next >= 0;
        if (!due || !NEXT_TRIAL_NANOS.compareAndSet(this, next, nowNanos + trialIntervalNanos)) {
            return 0;
        }
        int highHalvesLeft = ~SequenceNumbers.highHalf(inferred);
        return Integer.compareUnsigned(highHalvesLeft, attemptsPerPacket) < 0 ? highHalvesLeft : attemptsPerPacket;
    }

    /**
     * The number to try in place of the inferred one: the same low half, {@code attempt} high halves above.
     *
     * @param attempt from 1 to what {@link #icvFailed} returned
     */
    public static long candidate(long inferred, int attempt) {
        return SequenceNumbers.raiseHighHalf(inferred, attempt);
    }

    /** The length of the row of ICV failures, no greater than the threshold. */
    public int failures() {
        return failures;
    }

    /** Counts up to the threshold and no further, so that the count cannot wrap. */
    private int countFailure() {
        int counted;
        do {
            counted = failures;
            if (counted >= failureThreshold) {
                return counted;
            }
        } while (!FAILURES.compareAndSet(this, counted, counted + 1));
        return counted + 1;
    }
}
