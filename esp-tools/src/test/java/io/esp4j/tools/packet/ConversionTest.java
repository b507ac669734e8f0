package io.esp4j.tools.packet;

import static io.esp4j.tools.fixture.Packets.ESP;
import static io.esp4j.tools.fixture.Packets.UDP;
import static io.esp4j.tools.fixture.Packets.octets;
import static io.esp4j.tools.fixture.Packets.udp;
import static io.esp4j.tools.fixture.Packets.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.GcmSender;
import io.esp4j.tools.fixture.Programs;
import io.esp4j.tools.fixture.SaText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, warnings and exit statuses of protect and unprotect. */
class ConversionTest {
    private static final byte[] PACKET = v4("10.0.0.1", "10.0.0.2", UDP, udp(1000, 53, octets(20, 1)));

    @TempDir
    private Path folder;

    private Path sa;
    private Path in;
    private Path out;
    private Path verdicts;
    private Path saOut;

    @BeforeEach
    void files() throws IOException {
        sa = SaText.write(folder.resolve("sa.json"), SaText.tunnel("0x00001000"));
        in = Captures.raw(folder.resolve("in.pcap"), PACKET, PACKET);
        out = folder.resolve("out.pcap");
        verdicts = folder.resolve("verdicts");
        saOut = folder.resolve("new.json");
    }

    private void assertMistake(String expected, Object... arguments) throws IOException {
        EspRun run = EspRun.of(arguments);
        assertEquals(2, run.status(), run.err());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().startsWith("esp: "), run.err());
        assertTrue(run.err().contains(expected), run.err());
        assertEquals("", run.out());
        assertFalse(Files.exists(out), "OUT exists");
        assertFalse(Files.exists(verdicts), "the verdict file exists");
        assertFalse(Files.exists(saOut), "the new SA file exists");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    left.filter(file -> file.toString().endsWith(".tmp")).toList());
        }
    }

    private Object[] protect(Path capture) {
        return new Object[] {"protect", "--sa", sa, "--verdicts", verdicts, "--sa-out", saOut, capture, out};
    }

    @Test
    void shouldSayWhatIsWrongWithTheUsageInOneLine() throws IOException {
        assertMistake("Missing required option: '--sa=FILE'", "protect", in, out);
        assertMistake("Missing required parameter: 'OUT'", "protect", "--sa", sa, in);
        assertMistake("Unknown option: '--bogus'", "protect", "--sa", sa, "--bogus", in, out);
        assertMistake("Unmatched argument", "unprotect", "--sa", sa, in, out, "more");
        assertMistake("expected a command");
        assertMistake("Unmatched argument", "frobnicate");
    }

    @Test
    void shouldSayWhatIsWrongWithTheFiles() throws IOException {
        Path missing = folder.resolve("missing");
        assertMistake("missing: no such file", protect(missing));
        assertMistake("is a directory", protect(folder));
        assertMistake("missing: no such file, expected an SA file", "protect", "--sa", missing, in, out);
        assertMistake("cannot be read", "protect", "--sa", folder, in, out);
        Path empty = Files.createFile(folder.resolve("empty"));
        assertMistake("empty: is empty", protect(empty));
        Files.write(empty, octets(100, 1));
        assertMistake("a pcap or pcapng magic number was expected", protect(empty));
        assertMistake("is not", "unprotect", "--sa", empty, in, out);
        assertMistake("its directory does not exist", "protect", "--sa", sa, in, missing.resolve("out.pcap"));
        Object[] unwritable = protect(in);
        unwritable[6] = missing.resolve("new.json");
        assertMistake("its directory does not exist", unwritable);
    }

    @Test
    void shouldLeaveNothingWhenInputBreaksOff() throws IOException {
        byte[] whole = Files.readAllBytes(in);
        Path broken = Files.write(folder.resolve("broken.pcap"), Arrays.copyOf(whole, whole.length - 3));
        assertMistake("broken.pcap", protect(broken));
        EspRun good = EspRun.of("protect", "--sa", sa, "--verdicts", verdicts, in, out);
        assertEquals(0, good.status());
        assertMistake("broken.pcap", protect(broken)); // what the good run left is gone, too
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSendNoPacketIntoPipeBeforeItsNumberIsRecorded(boolean whole) throws Exception {
        assumeTrue(Programs.installed("mkfifo") && Programs.installed("cat"), "no named pipes");
        byte[] packet = v4("10.0.0.1", "10.0.0.2", UDP, udp(1000, 53, octets(1000, 1)));
        Captures.raw(in, Collections.nCopies(200, packet));
        byte[] capture = Files.readAllBytes(in);
        Files.write(in, Arrays.copyOf(capture, capture.length - (whole ? 0 : 3)));
        Path pipe = folder.resolve("pipe");
        Programs.run(folder, "mkfifo", pipe.toString());
        Path read = folder.resolve("read.pcap");
        Process consumer = new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(read.toFile())
                .start();
        EspRun run = EspRun.of("protect", "--sa", sa, "--sa-out", saOut, in, pipe);
        assertEquals(whole ? 0 : 2, run.status(), run.err());
        assertEquals(0, consumer.waitFor());
        assertEquals(whole, Files.exists(saOut));
        if (whole) {
            assertEquals(200, Captures.read(read).size());
        } else {
            assertEquals(0, Files.size(read));
        }
    }

    @Test
    void shouldNameTheFileThatCanNotBeWritten() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full");
        for (List<Object> command : List.<List<Object>>of(
                List.of("protect", "--sa", sa, "--verdicts", full, in, out),
                List.of("protect", "--sa", sa, "--sa-out", full, in, out),
                List.of("protect", "--sa", sa, in, full),
                List.of("sa", "export", "--format", "xfrm", sa, full),
                List.of("offload", "intel-tso", "--report", full))) {
            EspRun run = EspRun.of(command.toArray());
            assertEquals(2, run.status(), run.err());
            assertEquals(
                    "esp: /dev/full: cannot be written: No space left on device",
                    run.errLines().get(run.errLines().size() - 1));
            assertFalse(Files.exists(out), "OUT exists");
        }
    }

    @Test
    void shouldRefuseFilesThatAreEachOther() throws IOException {
        byte[] before = Files.readAllBytes(in);
        String keys = Files.readString(sa);
        Path link = Files.createSymbolicLink(folder.resolve("link.pcap"), in);
        assertMistake("is both IN and OUT, expected two files", "protect", "--sa", sa, in, in);
        assertMistake("is both IN and OUT", "protect", "--sa", sa, in, link);
        assertMistake("is both the SA file and OUT", "protect", "--sa", sa, in, sa);
        assertMistake("is both IN and the verdict file", "protect", "--sa", sa, "--verdicts", in, in, out);
        assertMistake("is both the SA file and the verdict file", "protect", "--sa", sa, "--verdicts", sa, in, out);
        assertMistake("is both OUT and the verdict file", "protect", "--sa", sa, "--verdicts", out, in, out);
        assertMistake("is both OUT and the new SA file", "protect", "--sa", sa, "--sa-out", out, in, out);
        assertMistake("is both IN and the new SA file", "protect", "--sa", sa, "--sa-out", in, in, out);
        assertEquals(Arrays.hashCode(before), Arrays.hashCode(Files.readAllBytes(in)));
        assertEquals(keys, Files.readString(sa));
    }

    @Test
    void shouldLeaveNothingOfAnEarlierRunWhenFilesAreEachOther() throws IOException {
        String keys = Files.readString(sa);
        Files.writeString(out, "of an earlier run");
        assertMistake("is both IN and the verdict file", "protect", "--sa", sa, "--verdicts", in, in, out);
        Files.writeString(verdicts, "of an earlier run");
        assertMistake("is both the SA file and OUT", "protect", "--sa", sa, "--verdicts", verdicts, in, sa);
        assertEquals(keys, Files.readString(sa));
        Path numbers = Files.writeString(folder.resolve("numbers.json"), keys);
        assertMistake("is both OUT and the new SA file", "protect", "--sa", sa, "--sa-out", numbers, in, numbers);
        assertEquals(keys, Files.readString(numbers));
    }

    /** In /proc not even root can make or remove a file. */
    @Test
    void shouldSayWhatFailedFirstWhenOutCanNotBeRemovedEither() throws IOException {
        Path fixed = Path.of("/proc/version");
        assumeTrue(Files.isRegularFile(fixed), "no /proc");
        assertMistake("/proc/version: its directory does not exist", "protect", "--sa", sa, in, fixed);
    }

    @Test
    void shouldWarnOfLastNumberOfEachSaUnlessFileIsUpdated() throws IOException {
        SaText.write(
                sa,
                SaText.tunnel("0x1000", "'selector': {'source': '10.0.0.0/8'}", "'sequence': '0x28'"),
                SaText.sa("tunnel", "0x1001", "::1", "::2", "aes128gcm16", SaText.key(20, 1)));
        EspRun run = EspRun.of("protect", "--sa", sa, in, out);
        assertEquals(0, run.status());
        assertEquals(
                List.of(
                        "esp: warning: SA \"sa-0x1000\": the last number used is 0x2a, and the SA file was not updated"
                                + " (--sa-out): running it again from the same file would repeat nonces",
                        "esp: warning: SA \"sa-0x1001\": the last number used is 0x0, and the SA file was not updated"
                                + " (--sa-out): running it again from the same file would repeat nonces",
                        "esp: 2 records: 2 accepted"),
                run.errLines());
        EspRun back = EspRun.of("unprotect", "--sa", sa, out, folder.resolve("back.pcap"));
        assertTrue(back.err().contains("SA \"sa-0x1000\": the highest number received is 0x2a,"), back.err());
    }

    @Test
    void shouldMoveNumbersOnInNewSaFile() throws IOException {
        assertEquals(0, EspRun.of(protect(in)).status());
        assertEquals(
                Files.readString(sa)
                        .replace("\"spi\": \"0x00001000\"", "\"spi\": \"0x00001000\", \"sequence\": \"0x2\""),
                Files.readString(saOut));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(saOut)));
        List<String> first = Captures.read(out);
        EspRun again = EspRun.of("protect", "--sa", saOut, "--sa-out", saOut, in, folder.resolve("again.pcap"));
        assertEquals(List.of("esp: 2 records: 2 accepted"), again.errLines());
        assertTrue(Files.readString(saOut).contains("\"sequence\": \"0x4\""));
        assertNotEquals(first, Captures.read(folder.resolve("again.pcap")));
    }

    @Test
    void shouldMoveHighestReceivedNumberOnWithAndWithoutWindow() throws IOException {
        GcmSender sender = new GcmSender(0x1000, false);
        Captures.raw(
                in,
                v4("192.0.2.1", "192.0.2.2", ESP, sender.esp(7, PACKET, 4)),
                v4("192.0.2.1", "192.0.2.2", ESP, sender.esp(3, PACKET, 4)));
        for (int window : new int[] {0, 64}) {
            SaText.write(sa, SaText.tunnel("0x1000", "'replayWindow': " + window));
            EspRun run = EspRun.of("unprotect", "--sa", sa, "--sa-out", saOut, in, out);
            assertEquals(List.of("esp: 2 records: 2 accepted"), run.errLines());
            assertTrue(Files.readString(saOut).contains("\"sequence\": \"0x7\""), Files.readString(saOut));
        }
        EspRun again = EspRun.of("unprotect", "--sa", saOut, in, out);
        assertEquals(1, again.status());
        assertTrue(again.err().endsWith("esp: 2 records: 1 accepted, 1 replayed\n"), again.err());
    }

    @Test
    void shouldWarnOfKeysThatOthersMayRead() throws IOException {
        Files.setPosixFilePermissions(sa, PosixFilePermissions.fromString("rw-r-----"));
        EspRun run = EspRun.of(protect(in));
        assertEquals(0, run.status());
        assertEquals(
                List.of(
                        "esp: warning: " + sa + ": others may read these keys, expected mode 0600",
                        "esp: 2 records: 2 accepted"),
                run.errLines());
    }

    @Test
    void shouldNeverHonourSharedKeysOfCombinedModesWhenProtecting() throws IOException {
        String share = "'allowSharedKey': true";
        SaText.write(sa, SaText.tunnel("0x1000", share), SaText.tunnel("0x1001", share));
        assertMistake("two senders under one key repeat nonces", protect(in));
        assertEquals(0, EspRun.of("unprotect", "--sa", sa, in, out).status());
        String integrity = "'integrityKey': '" + SaText.key(32, 1) + "'";
        SaText.write(
                sa,
                SaText.sa("tunnel", "0x1000", "::1", "::2", "aes128-sha256", SaText.key(16, 1), integrity, share),
                SaText.sa("tunnel", "0x1001", "::1", "::2", "aes128-sha256", SaText.key(16, 1), integrity, share));
        assertEquals(0, EspRun.of(protect(in)).status());
    }

    @Test
    void shouldTellOfSoftLifetimesOnce() throws IOException {
        SaText.write(sa, SaText.tunnel("0x1000", "'lifetime': {'softPackets': 1}"));
        EspRun run = EspRun.of(protect(in));
        assertEquals(
                List.of("esp: SA \"sa-0x1000\" has reached its soft lifetime", "esp: 2 records: 2 accepted"),
                run.errLines());
    }

    @Test
    void shouldTellOfSoftLifetimeOfTheRightSaOfTwoWithOneSpi() throws IOException {
        String match = "'match': 'spi-destination'";
        String other = SaText.sa("tunnel", "0x1000", "::1", "::2", "aes128gcm16", SaText.key(20, 1), match)
                .replace("sa-0x1000", "other");
        String soft = "'lifetime': {'softPackets': 1}";
        SaText.write(
                sa,
                other.replace("\"mode\"", "\"selector\": {\"source\": \"10.9.0.0/16\"}, \"mode\""),
                SaText.tunnel("0x1000", match, soft));
        EspRun run = EspRun.of(protect(in));
        assertEquals(
                "esp: SA \"sa-0x1000\" has reached its soft lifetime",
                run.errLines().get(0));
    }

    @Test
    void shouldWriteEmptyCaptureForEmptyCapture() throws IOException {
        Captures.raw(in, List.of());
        assertEquals(0, EspRun.of(protect(in)).status());
        assertEquals(List.of(), Captures.read(out));
        assertEquals("", Files.readString(verdicts));
    }
}
