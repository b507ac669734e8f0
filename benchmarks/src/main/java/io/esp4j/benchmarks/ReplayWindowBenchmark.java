package io.esp4j.benchmarks;

import io.esp4j.replay.ReplayVerdict;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.SequenceCounter;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What sequence numbers cost a packet: infer, check and commit of the next number, beside a bare bit in a bare ring as the
 * floor, and the reservation of one outbound number.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ReplayWindowBenchmark {
    private static final int RING_MASK = 3;

    /** Which window. */
    @Param({"single-owner", "lock-free"})
    public String kind;

    /** Its size in packets. */
    @Param({"64", "128", "1024"})
    public int packets;

    private final long[] ring = new long[RING_MASK + 1];
    private final SequenceCounter counter = new SequenceCounter(true, 0, SequenceCounter.NO_SOFT_THRESHOLD);
    private ReplayWindow window;
    private int next;

    /** A window that has received nothing. */
    @Setup
    public void setUp() {
        boolean shared = kind.equals("lock-free");
        window = shared ? ReplayWindow.lockFree(packets, true, 0) : ReplayWindow.singleOwner(packets, true, 0);
        next = 0;
    }

    /** {@return the verdict on a number in order} */
    @Benchmark
    public ReplayVerdict inOrder() {
        long number = window.infer(++next);
        return window.check(number) == ReplayVerdict.ACCEPTED ? window.commit(number) : ReplayVerdict.TOO_OLD;
    }

    /** {@return the verdict on a copy of the number received last} */
    @Benchmark
    public ReplayVerdict replayed() {
        return window.check(window.infer(next));
    }

    /** {@return the word in which a bit was set: the least that remembering a number can cost} */
    @Benchmark
    public long floor() {
        int number = ++next;
        return ring[(number >>> 6) & RING_MASK] |= 1L << number;
    }

    /** {@return one number to send} */
    @Benchmark
    public long reserve() {
        return counter.reserve(1);
    }
}
