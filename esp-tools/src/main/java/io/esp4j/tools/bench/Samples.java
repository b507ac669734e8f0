package io.esp4j.tools.bench;

import java.util.Arrays;

/**
 * Adds up timed sections to samples of at least a millisecond, so that the clock's own cost and grain do not count, and
 * tells their median. Threads: single owner thread.
 */
final class Samples {
    private static final long SAMPLE_NANOS = 1_000_000;

    private double[] samples = new double[1024];
    private int count;
    private long nanos;
    private long packets;

    void add(long sectionNanos, int sectionPackets) {
        nanos += sectionNanos;
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
