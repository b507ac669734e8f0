package io.esp4j.io.capture;

import static io.esp4j.io.capture.CaptureOctets.filled;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.esp4j.io.capture.CaptureOctets.Seen;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong in a file: the documented exception or records, and memory within its bound. */
class CaptureCorruptionTest {
    /** What the reader may allocate for a small file: its buffer of 64 KiB, and what the test itself collects. */
    private static final long MAX_ALLOCATED_OCTETS = 256 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<byte[]> files() {
        return Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN).flatMap(order -> {
            CaptureOctets pcap = new CaptureOctets(order)
                    .pcapHeader(0xa1b2c3d4L, 65535, 1)
                    .pcapRecord(1, 2, 60, filled(20, 0x45))
                    .pcapRecord(3, 4, 5, filled(5, 6));
            CaptureOctets pcapng = new CaptureOctets(order).section();
            pcapng.describeInterface(101, 16, pcapng.body().option(9, (byte) 9).option64(14, 1));
            pcapng.enhancedPacket(0, 77, 9, filled(5, 0x45));
            pcapng.block(2, pcapng.body().u16(0).u16(0).i64(9).u32(3).u32(3).padded(filled(3, 0x60)));
            pcapng.block(3, pcapng.body().u32(18).raw(filled(16, 0x45)));
            pcapng.section().block(5, pcapng.body().u32(0));
            return Stream.of(pcap.toByteArray(), pcapng.toByteArray());
        });
    }

    /** Every flipped bit, and the extremes. */
    @ParameterizedTest
    @MethodSource("files")
    void shouldThrowNothingElseAndStayWithinItsMemoryForEveryCorruptedOctet(byte[] file) {
        corruptEachOctet(
                file,
                original -> IntStream.concat(
                        IntStream.of(0, 0x7f, 0x80, 0xff), IntStream.range(0, 8).map(bit -> original ^ 1 << bit)));
    }

    @ParameterizedTest
    @MethodSource("files")
    @Tag("long")
    void shouldThrowNothingElseForEveryValueOfEveryOctet(byte[] file) {
        corruptEachOctet(file, original -> IntStream.range(0, 256));
    }

    private static void corruptEachOctet(byte[] file, IntFunction<IntStream> values) {
        for (int at = 0; at < file.length; at++) {
            byte original = file[at];
            byte[] corrupted = file.clone();
            int here = at;
            values.apply(original).forEach(value -> {
                corrupted[here] = (byte) value;
                readAnything(corrupted);
            });
        }
    }

    @Property(tries = 2_000)
    void shouldThrowNothingElseForAnyOctetsBehindAnyMagic(
            @ForAll @IntRange(min = 0, max = 4) int magic, @ForAll @Size(max = 300) byte[] rest) {
        CaptureOctets file = new CaptureOctets(ByteOrder.BIG_ENDIAN);
        switch (magic) {
            case 0 -> file.pcapHeader(0xa1b2c3d4L, 0, 1);
            case 1 -> file.pcapHeader(0xa1b23c4dL, 0, 276);
            case 2 -> file.section();
            case 3 -> file.section().describeInterface(113, 0, file.body());
            default -> {}
        }
        readAnything(file.raw(rest).toByteArray());
    }

    /** Twice: the first time may load classes. */
    private static void readAnything(byte[] file) {
        readAndMeasure(file);
        long allocated = readAndMeasure(file);
        assertTrue(allocated < MAX_ALLOCATED_OCTETS, () -> "allocated " + allocated);
    }

    private static long readAndMeasure(byte[] file) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        List<Seen> seen = new ArrayList<>();
        try {
            CaptureOctets.readInto(seen, file);
        } catch (CaptureException expected) {
            assertTrue(expected.getMessage().startsWith(CaptureOctets.NAME + ": "), expected::getMessage);
        }
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
