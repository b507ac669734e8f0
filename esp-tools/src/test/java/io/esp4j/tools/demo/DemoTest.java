package io.esp4j.tools.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.tools.fixture.Captures;
import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.Programs;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One pass of the demonstration, and what it leaves. */
class DemoTest {
    @TempDir
    private static Path parent;

    private static Path folder;

    private static EspRun run;

    @BeforeAll
    static void demonstrate() {
        folder = parent.resolve("new");
        run = EspRun.of("demo", "--out", folder, "--seconds", 0);
    }

    @Test
    void shouldBringEveryPacketThroughUnchanged() {
        assertEquals(0, run.status(), run.out() + run.err());
        assertEquals("", run.err());
        assertTrue(run.out().contains("Every packet came out as it had gone in, octet for octet."), run.out());
        for (String direction : List.of("a-to-b", "b-to-a")) {
            // 4,181 packets in bursts of 32
            assertTrue(run.out().matches("(?s).*" + direction + " +4192 +4192 +4192 +4192 +0\\R.*"), run.out());
        }
        assertFalse(run.out().contains("\u001b"), "no colours where nobody looks");
    }

    @Test
    void shouldLeaveCaptureThatUnprotectOpensWithTheExportedKeys() throws Exception {
        Path sa = folder.resolve("demo.json");
        assertEquals(
                0, EspRun.of("sa", "import", folder.resolve("demo.esp_sa"), sa).status());
        Path out = folder.resolve("inner.pcap");
        assertEquals(
                0,
                EspRun.of("unprotect", "--sa", sa, folder.resolve("demo.pcap"), out)
                        .status());
        List<byte[]> expected = Trace.load().packets();
        assertEquals(2 * expected.size(), Captures.read(out).size());
    }

    @Test
    void shouldKeepKeysToTheOwner() throws Exception {
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("demo.esp_sa"))));
    }

    @Test
    void shouldLeaveCaptureThatTsharkDecrypts() throws Exception {
        assumeTrue(Programs.installed("tshark"), "tshark is not installed");
        Path home = Files.createDirectories(folder.resolve("home"));
        Programs.wiresharkKeys(home, Files.readString(folder.resolve("demo.esp_sa")));
        List<String> nextHeaders = Programs.run(
                home,
                "tshark",
                "-n",
                "-r",
                folder.resolve("demo.pcap").toString(),
                "-o",
                "esp.enable_encryption_decode:TRUE",
                "--disable-protocol", // both gateways send the same streams, which tshark fails to put together
                "tcp",
                "-T",
                "fields",
                "-e",
                "esp.protocol");
        Trace trace = Trace.load();
        assertEquals(2L * trace.size(), nextHeaders.size());
        assertEquals(
                2 * trace.v6Packets(),
                nextHeaders.stream().filter(header -> header.equals("0x29")).count());
        assertEquals(
                2 * (trace.size() - trace.v6Packets()),
                nextHeaders.stream().filter(header -> header.equals("0x04")).count());
    }

    @Test
    void shouldSayWhatIsWrong() {
        EspRun nowhere = EspRun.of("demo", "--out", folder.resolve("demo.pcap"));
        assertEquals(2, nowhere.status());
        assertTrue(nowhere.err().contains("demo.pcap: expected a directory for"), nowhere.err());
        assertEquals(2, EspRun.of("demo", "--out", folder, "--seconds", "-1").status());
        assertEquals(2, EspRun.of("demo", "--out", folder, "--seconds", "soon").status());
    }

    @Test
    void shouldFindOtherPortsWhereSomebodyElseHas4500() {
        try (Loopback first = Loopback.open();
                Loopback second = Loopback.open()) {
            InetSocketAddress a = (InetSocketAddress) first.a().remoteAddress();
            InetSocketAddress b = (InetSocketAddress) second.a().remoteAddress();
            assertTrue(a.getPort() != b.getPort(), a + " and " + b);
        }
    }

    @Test
    void shouldCarryThePacketThatTheNumberSays() throws Exception {
        Trace trace = Trace.load();
        assertArrayEquals(trace.packets().get(0), trace.packet(1));
        assertArrayEquals(trace.packets().get(0), trace.packet(1 + trace.size()));
        assertArrayEquals(trace.packets().get(trace.size() - 1), trace.packet(trace.size()));
    }
}
