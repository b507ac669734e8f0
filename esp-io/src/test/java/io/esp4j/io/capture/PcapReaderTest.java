package io.esp4j.io.capture;

import static io.esp4j.io.capture.CaptureOctets.filled;
import static io.esp4j.io.capture.CaptureOctets.octets;
import static io.esp4j.io.capture.CaptureOctets.read;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.io.capture.CaptureOctets.Seen;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PcapReaderTest {
    private static final long MICROSECONDS = 0xa1b2c3d4L;
    private static final long NANOSECONDS = 0xa1b23c4dL;

    private static CaptureOctets big() {
        return new CaptureOctets(ByteOrder.BIG_ENDIAN);
    }

    private static String message(byte[] file) {
        return assertThrows(CaptureException.class, () -> read(file)).getMessage();
    }

    @Test
    void shouldReadTheFourVariantsFromTheirOctets() throws IOException {
        String bigTail = "0002 0004 00000000 00000000 0000ffff 00000065 65000000 00000007 00000002 00000009 45aa";
        String littleTail = "0200 0400 00000000 00000000 ffff0000 65000000 00000065 07000000 02000000 09000000 45aa";
        Seen inMicroseconds = new Seen(1, 0x65000000L * 1_000_000_000 + 7_000, LinkType.RAW, 9, true, 0, "45aa");
        Seen inNanoseconds = new Seen(1, 0x65000000L * 1_000_000_000 + 7, LinkType.RAW, 9, true, 0, "45aa");

        assertEquals(List.of(inMicroseconds), read(octets("a1b2c3d4" + bigTail)));
        assertEquals(List.of(inMicroseconds), read(octets("d4c3b2a1" + littleTail)));
        assertEquals(List.of(inNanoseconds), read(octets("a1b23c4d" + bigTail)));
        assertEquals(List.of(inNanoseconds), read(octets("4d3cb2a1" + littleTail)));
    }

    @Test
    void shouldNumberRecordsFromOneAndTellCutOnes() throws IOException {
        byte[] file = big().pcapHeader(MICROSECONDS, 2, 101)
                .pcapRecord(0, 0, 0)
                .pcapRecord(0, 1, 2, filled(2, 0x45))
                .pcapRecord(0xffff_ffffL, 999_999, 1500, filled(2, 0x60))
                .toByteArray();
        List<Seen> seen = read(file);
        assertEquals(List.of(1L, 2L, 3L), seen.stream().map(Seen::number).toList());
        assertEquals(List.of(false, false, true), seen.stream().map(Seen::cut).toList());
        assertEquals(0xffff_ffffL * 1_000_000_000 + 999_999_000, seen.get(2).timeNanos());
        assertEquals(1500, seen.get(2).originalLength());
        assertEquals(LinkLayer.NOT_IP, seen.get(0).ipOffset());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 65535, 262_144, 0x7fff_ffffL, 0xffff_ffffL})
    void shouldTakeAnySnapshotLength(long snapshotLength) throws IOException {
        byte[] packet = filled(CaptureReader.MAX_CAPTURED_OCTETS, 0x45);
        byte[] file = big().pcapHeader(MICROSECONDS, snapshotLength, 101)
                .pcapRecord(1, 2, packet.length, packet)
                .pcapRecord(1, 3, 1, (byte) 0x45)
                .toByteArray();
        List<Seen> seen = read(file);
        assertEquals(2, seen.size());
        assertEquals(2 * packet.length, seen.get(0).hex().length());
    }

    @Test
    void shouldLeaveOutTheFrameCheckSequenceLengthAboveTheLinkType() throws IOException {
        byte[] file = big().pcapHeader(MICROSECONDS, 65535, 0x4400_0001L)
                .pcapRecord(0, 0, 1, (byte) 0)
                .toByteArray();
        assertEquals(LinkType.ETHERNET, read(file).get(0).linkType());
    }

    @ParameterizedTest
    @CsvSource({
        "0,NULL",
        "1,ETHERNET",
        "12,RAW_12",
        "14,RAW_14",
        "101,RAW",
        "108,LOOP",
        "113,LINUX_COOKED",
        "228,IPV4",
        "229,IPV6",
        "276,LINUX_COOKED_2"
    })
    void shouldKnowTheLinkTypesByTheirRegisteredNumbers(int code, LinkType linkType) throws IOException {
        byte[] file = big().pcapHeader(MICROSECONDS, 65535, code)
                .pcapRecord(0, 0, 1, (byte) 0)
                .toByteArray();
        assertEquals(linkType, read(file).get(0).linkType());
        assertEquals(code, linkType.code());
    }

    @Test
    void shouldGiveTheRecordsBeforeEveryTruncationAndThenSaySo() throws IOException {
        CaptureOctets file = big().pcapHeader(NANOSECONDS, 65535, 1);
        List<Integer> boundaries = new ArrayList<>(List.of(file.size()));
        for (int i = 1; i <= 5; i++) {
            boundaries.add(file.pcapRecord(i, i, 7L * i, filled(7 * i, i)).size());
        }
        List<Seen> whole = read(file.toByteArray());
        for (int length = 0; length <= file.size(); length++) {
            byte[] cut = Arrays.copyOf(file.toByteArray(), length);
            List<Seen> seen = new ArrayList<>();
            if (boundaries.contains(length)) {
                CaptureOctets.readInto(seen, cut);
            } else {
                String message = assertThrows(
                                CaptureException.class, () -> CaptureOctets.readInto(seen, cut), "length " + length)
                        .getMessage();
                assertTrue(message.startsWith(CaptureOctets.NAME + ": "), message);
            }
            int at = length;
            long complete = boundaries.stream().skip(1).filter(end -> end <= at).count();
            assertEquals(whole.subList(0, (int) complete), seen, "length " + length);
        }
    }

    @Test
    void shouldSayWhatIsWrongWhereAndWhatWasExpected() {
        CaptureOctets one = big().pcapHeader(MICROSECONDS, 65535, 1).pcapRecord(0, 0, 3, filled(3, 1));
        assertEquals("test.cap: is empty, a pcap or pcapng file was expected", message(new byte[0]));
        assertEquals(
                "test.cap: ends after 3 octets, the header of a pcap or pcapng file was expected",
                message(octets("a1b2c3")));
        assertEquals(
                "test.cap: ends after 23 octets, a pcap header of 24 octets was expected",
                message(Arrays.copyOf(one.toByteArray(), 23)));
        assertEquals(
                "test.cap: begins with 47494638, a pcap or pcapng magic number was expected",
                message(octets("4749463839")));
        assertEquals(
                "test.cap: begins with 1f8b0800 (compressed: decompress it first), a pcap or pcapng magic number"
                        + " was expected",
                message(octets("1f8b080000")));
        assertEquals(
                "test.cap: is of pcap version 2.5, version 2.4 was expected",
                message(octets("a1b2c3d4 0002 0005 00000000 00000000 0000ffff 00000001")));
        assertEquals(
                "test.cap: has link type 127, one of 1 (Ethernet), 101, 12, 14, 228 or 229 (raw IP), 113 or 276"
                        + " (Linux cooked), 0 or 108 (loopback) was expected",
                message(big().pcapHeader(MICROSECONDS, 65535, 127).toByteArray()));
        assertEquals(
                "test.cap: record 2 at octet 43 breaks off inside its header of 16 octets, after 2",
                message(one.raw((byte) 0, (byte) 0).toByteArray()));
        assertEquals(
                "test.cap: record 1 at octet 24 claims 262145 captured octets, at most 262144 were expected",
                message(big().pcapHeader(MICROSECONDS, 65535, 1)
                        .i64(0)
                        .u32(262_145)
                        .u32(0)
                        .toByteArray()));
        assertEquals(
                "test.cap: record 1 at octet 24 claims 4294967295 captured octets, at most 262144 were expected",
                message(big().pcapHeader(MICROSECONDS, 65535, 1)
                        .i64(0)
                        .u32(-1)
                        .u32(0)
                        .toByteArray()));
        assertEquals(
                "test.cap: record 1 at octet 24 breaks off after 1 of 2 captured octets",
                message(big().pcapHeader(MICROSECONDS, 65535, 1)
                        .i64(0)
                        .u32(2)
                        .u32(2)
                        .raw((byte) 9)
                        .toByteArray()));
    }

    @Test
    void shouldEndAfterAnException() throws IOException {
        byte[] file = big().pcapHeader(MICROSECONDS, 65535, 1).raw(new byte[15]).toByteArray();
        try (CaptureReader reader = CaptureReader.open(new ByteArrayInputStream(file), CaptureOctets.NAME)) {
            assertThrows(CaptureException.class, reader::next);
            assertFalse(reader.next());
        }
    }

    @Test
    void shouldNameTheFileThatCannotBeOpened(@TempDir Path directory) {
        Path missing = directory.resolve("missing.pcap");
        assertEquals(
                missing + ": no such file",
                assertThrows(CaptureException.class, () -> CaptureReader.open(missing))
                        .getMessage());
        assertEquals(
                directory + ": is a directory, a capture file was expected",
                assertThrows(CaptureException.class, () -> CaptureReader.open(directory))
                        .getMessage());
    }

    @Test
    void shouldReadAFileAndTellHowFarItIs(@TempDir Path directory) throws IOException {
        byte[] file = big().pcapHeader(MICROSECONDS, 65535, 101)
                .pcapRecord(5, 6, 3, octets("450003"))
                .toByteArray();
        Path path = Files.write(directory.resolve("a.pcap"), file);
        try (CaptureReader reader = CaptureReader.open(path)) {
            assertEquals(24, reader.positionOctets());
            assertTrue(reader.next());
            assertEquals(file.length, reader.positionOctets());
            assertEquals("450003", CaptureOctets.seen(reader.record()).hex());
            assertFalse(reader.next());
        }
    }

    @Test
    void shouldReadTheSameFromAStreamThatGivesSingleOctets() throws IOException {
        CaptureOctets file = big().pcapHeader(MICROSECONDS, 65535, 101);
        for (int i = 0; i < 300; i++) {
            file.pcapRecord(i, i, 5L * i, filled(5 * i, 0x45));
        }
        byte[] octets = file.toByteArray();
        InputStream trickle = new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(1, length));
            }
        };
        List<Seen> seen = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(trickle, CaptureOctets.NAME)) {
            while (reader.next()) {
                seen.add(CaptureOctets.seen(reader.record()));
            }
        }
        assertEquals(read(octets), seen);
        assertEquals(300, seen.size());
    }

    @Test
    void shouldTellReadFailuresApartFromBadFiles() {
        InputStream failing = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("disk on fire");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        CaptureException e =
                assertThrows(CaptureException.class, () -> CaptureReader.open(failing, CaptureOctets.NAME));
        assertEquals("test.cap: reading failed after octet 0: disk on fire", e.getMessage());
        assertArrayEquals(new Throwable[0], e.getSuppressed());
    }
}
