package io.esp4j.io.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.io.capture.CaptureOctets.Seen;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wireshark's tools read what we write, and we read what they write. Skipped where they are not installed. */
class WiresharkCrossCheckTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    private Path directory;

    @BeforeAll
    static void toolsAreInstalled() {
        assumeTrue(found("editcap") && found("tshark"), "editcap and tshark are not installed");
    }

    private static boolean found(String program) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors.txt");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> Arrays.toString(command) + " failed, see " + errors);
        return output;
    }

    /** An IPv4/UDP packet of the given payload length. */
    private static byte[] packet(int payload) {
        ByteBuffer packet = ByteBuffer.allocate(28 + payload);
        packet.putShort((short) 0x4500)
                .putShort((short) packet.capacity())
                .putInt(0)
                .putInt(0x40110000);
        packet.putInt(0xc0000201).putInt(0xc0000202);
        packet.putShort((short) 5000)
                .putShort((short) 5001)
                .putShort((short) (8 + payload))
                .putShort((short) 0);
        return packet.array();
    }

    private Path write(String name, long... times) throws IOException {
        Path file = directory.resolve(name);
        try (PcapWriter writer = PcapWriter.create(file, LinkType.RAW)) {
            for (int i = 0; i < times.length; i++) {
                byte[] packet = packet(i);
                int cut = i % 2;
                writer.write(times[i], ByteBuffer.wrap(packet, 0, packet.length - cut), packet.length);
            }
            writer.commit();
        }
        return file;
    }

    private List<String> fields(Path file) throws IOException, InterruptedException {
        String output = run(
                "tshark",
                "-n",
                "-r",
                file.toString(),
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "frame.time_epoch",
                "-e",
                "frame.cap_len",
                "-e",
                "frame.len",
                "-e",
                "ip.src",
                "-e",
                "udp.dstport");
        return output.lines().toList();
    }

    @Test
    void shouldWriteFilesThatTsharkReads() throws Exception {
        assertEquals(
                List.of(
                        "1\t1700000000.000001000\t28\t28\t192.0.2.1\t5001",
                        "2\t1700000000.000002000\t28\t29\t192.0.2.1\t5001"),
                fields(write("micro.pcap", 1_700_000_000 * SECOND + 1_000, 1_700_000_000 * SECOND + 2_000)));
        assertEquals(
                List.of(
                        "1\t1700000000.000001000\t28\t28\t192.0.2.1\t5001",
                        "2\t4294967295.999999999\t28\t29\t192.0.2.1\t5001"),
                fields(write("nano.pcap", 1_700_000_000 * SECOND + 1_000, 0xffff_ffffL * SECOND + 999_999_999)));
    }

    @Test
    void shouldReadEveryFormatThatEditcapMakesOfAFile() throws Exception {
        Path pcap = write("in.pcap", SECOND + 1_001, 1_700_000_000 * SECOND + 999_999_999, 0, 5_000);
        List<Seen> expected = CaptureOctets.read(Files.readAllBytes(pcap));
        for (String format : List.of("pcapng", "nsecpcap")) {
            Path converted = directory.resolve("in." + format);
            run("editcap", "-F", format, pcap.toString(), converted.toString());
            assertEquals(expected, CaptureOctets.read(Files.readAllBytes(converted)), format);
        }
        List<Seen> coarse = new ArrayList<>();
        for (Seen seen : expected) {
            long microseconds = seen.timeNanos() / 1_000 * 1_000;
            coarse.add(new Seen(
                    seen.number(),
                    microseconds,
                    seen.linkType(),
                    seen.originalLength(),
                    seen.cut(),
                    seen.ipOffset(),
                    seen.hex()));
        }
        Path converted = directory.resolve("coarse.pcap");
        run("editcap", "-F", "pcap", pcap.toString(), converted.toString());
        assertEquals(coarse, CaptureOctets.read(Files.readAllBytes(converted)));
    }

    @Test
    void shouldReadSeveralInterfacesAsMergecapWritesThem() throws Exception {
        assumeTrue(found("mergecap"), "mergecap is not installed");
        Path raw = write("raw.pcap", SECOND, 3 * SECOND);
        byte[] frame = new byte[60];
        frame[12] = 8;
        System.arraycopy(packet(0), 0, frame, 14, 28);
        Path ethernet = directory.resolve("ethernet.pcap");
        try (PcapWriter writer = PcapWriter.create(ethernet, LinkType.ETHERNET)) {
            writer.write(2 * SECOND + 7, frame, 0, frame.length);
            writer.commit();
        }
        Path merged = directory.resolve("merged.pcapng");
        run("mergecap", "-F", "pcapng", "-w", merged.toString(), raw.toString(), ethernet.toString());
        List<Seen> seen = CaptureOctets.read(Files.readAllBytes(merged));
        assertEquals(
                List.of(LinkType.RAW, LinkType.ETHERNET, LinkType.RAW),
                seen.stream().map(Seen::linkType).toList());
        assertEquals(List.of(0, 14, 0), seen.stream().map(Seen::ipOffset).toList());
        assertEquals(
                List.of(SECOND, 2 * SECOND + 7, 3 * SECOND),
                seen.stream().map(Seen::timeNanos).toList());
    }
}
