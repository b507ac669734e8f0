package io.esp4j.benchmarks;

import io.esp4j.memory.Memory;
import io.esp4j.segment.Coalescer;
import io.esp4j.segment.Segmenter;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Cutting a super-packet into 40 segments and merging them again, a segment's share each, beside the floors: copying the same
 * octets, and copying and summing them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SegmentationBenchmark {
    private static final int SEGMENTS = 40;
    private static final int HEADERS = Ipv4Header.OCTETS + TcpHeader.OCTETS;
    private static final int SLOT = 2048;

    /** Where packets lie. */
    @Param({"direct", "heap"})
    public String kind;

    /** Octets of payload in a segment. */
    @Param({"536", "1388"})
    public int size;

    private final Segmenter segmenter = new Segmenter();
    private Coalescer coalescer;
    private Memory whole;
    private Memory slots;
    private int octets;
    private int delivered;

    /** A super-packet, and its segments in their slots. */
    @Setup
    public void setUp() {
        whole = memory(Coalescer.MAX_OCTETS);
        slots = memory(SEGMENTS * SLOT);
        coalescer = new Coalescer(memory(Coalescer.MAX_OCTETS), 1, Coalescer.MAX_OCTETS, packet -> delivered++);
        octets = HEADERS + SEGMENTS * size;
        whole.int32(0, 0x4500_0000 | octets);
        whole.int32(4, Ipv4Header.DONT_FRAGMENT);
        whole.int32(8, 0x4000_0000 | NextHeader.TCP << 16);
        whole.int64(12, 0x0a00_0001_0a00_0002L);
        TcpHeader.flags(whole, Ipv4Header.OCTETS, 0x5000_2000 | TcpHeader.ACK);
        segment();
    }

    private Memory memory(int length) {
        return kind.equals("direct") ? Memory.allocateDirect(length) : Memory.of(new byte[length]);
    }

    /** {@return the segments} */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public Memory segment() {
        segmenter.plan(whole, 0, octets, size);
        for (int i = 0; i < segmenter.segments(); i++) {
            segmenter.write(i, slots, i * SLOT);
        }
        return slots;
    }

    /** {@return how many merged packets there have been} */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public int coalesce() {
        for (int i = 0; i < SEGMENTS; i++) {
            coalescer.offer(slots, i * SLOT, HEADERS + size, 0);
        }
        coalescer.flush();
        return delivered;
    }

    /** {@return the copies: the least that either can cost} */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public Memory copy() {
        for (int i = 0; i < SEGMENTS; i++) {
            whole.copyTo(i * size, slots, i * SLOT, HEADERS + size);
        }
        return slots;
    }

    /** {@return the sum of all copies: the least with a checksum in software} */
    @Benchmark
    @OperationsPerInvocation(SEGMENTS)
    public long copyAndSum() {
        long sum = 0;
        for (int i = 0; i < SEGMENTS; i++) {
            whole.copyTo(i * size, slots, i * SLOT, HEADERS + size);
            sum += InternetChecksum.sum(slots, i * SLOT, HEADERS + size);
        }
        return sum;
    }
}
