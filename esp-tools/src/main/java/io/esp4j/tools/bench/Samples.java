package io.esp4j.tools.bench;

import java.util.Arrays;

/**
 * Adds up timed sections to samples of at least a millisecond, so that the clock's grain does not count, takes off what a look
 * at the clock costs, and tells their median. Threads: single owner thread.
 */
final class Samples {
    private static final long SAMPLE_NANOS = 1_000_000;

    private static final int CLOCK_READINGS = 10_000;
    private static final long CLOCK_NANOS = clockNanos();

    private double[] samples = new double[1024];
    private int count;
    private long nanos;
    private long packets;

    /** The median of what lies between two readings in a row. */
    private static long clockNanos() {
        long[] nanos = new long[CLOCK_READINGS];
        for (int i = 0; i < CLOCK_READINGS; i++) {
            long begin = System.nanoTime();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[CLOCK_READINGS / 2];
    }

    void add(long sectionNanos, int sectionPackets) {
        nanos += Math.max(0, sectionNanos - CLOCK_NANOS);
        packets += sectionPackets;
        if (nanos >= SAMPLE_NANOS) {
            if (count == samples.length) {
                samples = Arrays.copyOf(samples, count * 2);
            }
            samples[count++] = (double) nanos / packets;
            nanos = 0;
            packets = 0;
        }
    }

    /** The median, in nanoseconds a packet; what there is of a sample if not even one was completed. */
    double median() {
        if (count == 0) {
            return packets == 0 ? 0 : (double) nanos / packets;
        }
        Arrays.sort(samples, 0, count);
        return samples[count / 2];
    }

    void clear() {
        count = 0;
        nanos = 0;
        packets = 0;
    }
}
