package io.esp4j.io.capture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PcapWriterTest {
    private static final long SECOND = 1_000_000_000;
    private static final byte[] PACKET = CaptureOctets.octets("450001");

    @TempDir
    private Path directory;

    private Path target() {
        return directory.resolve("out.pcap");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static String hex(Path path) throws IOException {
        return CaptureOctets.hex(Files.readAllBytes(path));
    }

    private static String spaceless(String hex) {
        return hex.replace(" ", "");
    }

    @Test
    void shouldWriteMicrosecondsWhileTheyLoseNothing() throws IOException {
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.RAW)) {
            writer.write(0x65000001L * SECOND + 0x0f_0000 * 1_000L, PACKET, 0, 3);
            writer.write(2 * SECOND, ByteBuffer.wrap(PACKET, 0, 1), 0xffff_ffffL);
            assertEquals(2, writer.records());
            writer.commit();
        }
        assertEquals(
                spaceless("d4c3b2a1 0200 0400 00000000 00000000 00000400 65000000"
                        + "01000065 00000f00 03000000 03000000 450001"
                        + "02000000 00000000 01000000 ffffffff 45"),
                hex(target()));
    }

    @Test
    void shouldTurnToNanosecondsAtTheFirstTimeThatNeedsThem() throws IOException {
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.ETHERNET)) {
            writer.write(SECOND + 5_000, PACKET, 0, 3);
            writer.write(SECOND + 5_001, ByteBuffer.wrap(PACKET, 1, 2), 9);
            writer.write(SECOND + 6_000, PACKET, 0, 0);
            assertEquals(3, writer.records());
            writer.commit();
        }
        assertEquals(
                spaceless("4d3cb2a1 0200 0400 00000000 00000000 00000400 01000000"
                        + "01000000 88130000 03000000 03000000 450001"
                        + "01000000 89130000 02000000 09000000 0001"
                        + "01000000 70170000 00000000 00000000"),
                hex(target()));
        assertEquals(List.of("out.pcap"), names());
    }

    @Test
    void shouldWriteAnEmptyFileOfJustAHeader() throws IOException {
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.RAW)) {
            writer.commit();
        }
        assertEquals(List.of(), CaptureOctets.read(Files.readAllBytes(target())));
        assertEquals(24, Files.size(target()));
    }

    @Test
    void shouldLeaveNothingBehindWithoutCommit() throws IOException {
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.RAW)) {
            writer.write(0, PACKET, 0, 3);
            writer.write(1, PACKET, 0, 3);
            assertEquals(1, names().size());
            assertFalse(Files.exists(target()));
        }
        assertEquals(List.of(), names());
    }

    @Test
    void shouldRefuseToWriteOntoItsInput() throws IOException {
        Path input = Files.write(directory.resolve("in.pcap"), PACKET);
        Path sameByAnotherName = Files.createSymbolicLink(directory.resolve("link.pcap"), input);
        Path hard = Files.createLink(directory.resolve("hard.pcap"), input);
        for (Path alias : List.of(
                input,
                sameByAnotherName,
                hard,
                directory.resolve("x/../in.pcap").normalize())) {
            IOException e = assertThrows(IOException.class, () -> PcapWriter.create(alias, LinkType.RAW, input));
            assertEquals(
                    alias + ": is the input " + input + " itself, another output file was expected", e.getMessage());
        }
        assertArrayEquals(PACKET, Files.readAllBytes(input));
    }

    @Test
    void shouldRefuseTimesThatPcapCannotHold() throws IOException {
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.RAW)) {
            writer.write(0xffff_ffffL * SECOND + 999_999_999, PACKET, 0, 3);
            String late = assertThrows(
                            CaptureException.class, () -> writer.write(0x1_0000_0000L * SECOND, PACKET, 0, 3))
                    .getMessage();
            assertEquals(
                    target() + ": record 2 would be of 2106-02-07T06:28:16Z, a time in the years 1970 to 2106 was"
                            + " expected",
                    late);
            assertThrows(CaptureException.class, () -> writer.write(-1, PACKET, 0, 3));
            writer.write(0, PACKET, 0, 3);
            writer.commit();
        }
        assertEquals(2, CaptureOctets.read(Files.readAllBytes(target())).size());
    }

    @Test
    void shouldRefuseRecordsThatNoReaderWouldTake() throws IOException {
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.RAW)) {
            assertThrows(IllegalArgumentException.class, () -> writer.write(0, new byte[262_145], 0, 262_145));
            assertThrows(IllegalArgumentException.class, () -> writer.write(0, ByteBuffer.allocate(1), -1));
            assertThrows(IllegalArgumentException.class, () -> writer.write(0, ByteBuffer.allocate(1), 1L << 32));
        }
    }

    @Test
    void shouldLeaveTheCallersBufferAsItWas() throws IOException {
        ByteBuffer octets = ByteBuffer.allocateDirect(200_000).position(10).limit(150_010);
        try (PcapWriter writer = PcapWriter.create(target(), LinkType.RAW)) {
            writer.write(0, octets, 150_000);
            writer.commit();
        }
        assertEquals(10, octets.position());
        assertEquals(150_010, octets.limit());
        assertEquals(24 + 16 + 150_000, Files.size(target()));
    }

    @Test
    void shouldWriteToWhatIsNoRegularFile() throws IOException {
        Path device = Path.of("/dev/null");
        assumeTrue(Files.isWritable(device));
        try (PcapWriter writer = PcapWriter.create(device, LinkType.RAW)) {
            writer.write(1, PACKET, 0, 3);
            writer.commit();
        }
        assertFalse(Files.isRegularFile(device));
    }
}
