package io.esp4j.benchmarks;

import io.esp4j.memory.Memory;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.EspTrailer;
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

/** Writing the ESP header, IV and trailer, and checking a trailer, beside the same stores into a bare array as the floor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class HeaderTrailerBenchmark {
    private static final int PACKET_AT = 128;
    private static final int ALIGNMENT = 4;

    /** Where the packet lies. */
    @Param({"direct", "heap"})
    public String kind;

    /** Octets of the payload. */
    @Param({"64", "1420"})
    public int size;

    private Memory memory;
    private long[] bare;
    private long sequence;

    /** A region. */
    @Setup
    public void setUp() {
        memory = kind.equals("direct") ? Memory.allocateDirect(4096) : Memory.of(new byte[4096]);
        bare = new long[512];
    }

    /** {@return the memory that header, IV and trailer were written to} */
    @Benchmark
    public Memory write() {
        long number = ++sequence;
        EspHeader.write(memory, PACKET_AT, 0x1000, number);
        memory.int64(PACKET_AT + EspHeader.OCTETS, number);
        int payloadAt = PACKET_AT + 16;
        EspTrailer.write(memory, payloadAt + size, EspTrailer.padding(size, ALIGNMENT), 4);
        return memory;
    }

    /** {@return whether the padding is 1, 2, 3} */
    @Benchmark
    public boolean check() {
        int padLengthAt = PACKET_AT + 16 + size + EspTrailer.padding(size, ALIGNMENT);
        return EspTrailer.isSequential(memory, padLengthAt, EspTrailer.end(memory, padLengthAt));
    }

    /** {@return the array with three stores: the least that header, IV and trailer can cost} */
    @Benchmark
    public long[] floor() {
        long number = ++sequence;
        bare[16] = number;
        bare[17] = number;
        bare[18 + size / 8] = number;
        return bare;
    }
}
