package io.esp4j.tools.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.esp4j.tools.fixture.EspRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {
    private static final List<String> ONE_CASE = List.of(
            "bench",
            "--provider",
            "jdk",
            "--transform",
            "aes128gcm16",
            "--size",
            "64",
            "--burst",
            "4",
            "--esn",
            "off",
            "--seconds",
            "0.02");

    @TempDir
    Path folder;

    private static EspRun run(Object... more) {
        return EspRun.of(java.util.stream.Stream.concat(ONE_CASE.stream(), List.of(more).stream())
                .toArray());
    }

    @Test
    void shouldPrintNothingButCsv() {
        EspRun run = run("--csv", "--stages");
        assertEquals(0, run.status(), run.err());
        List<String> lines = run.out().lines().toList();
        assertEquals(
                List.of("jdk,encap", "jdk-crypto,encap", "jdk,decap", "jdk-crypto,decap"),
                lines.stream().map(BenchTest::providerAndDirection).toList());
        for (int i = 0; i < lines.size(); i += 2) {
            double whole = nanos(lines.get(i));
            double crypto = nanos(lines.get(i + 1));
            assertTrue(crypto > 0, lines.get(i + 1));
            assertTrue(whole > 0, lines.get(i));
        }
    }

    @Test
    void shouldSayThatItIsReadyAndWaitForALineBeforeJourneysAndTheCryptoInThem() throws IOException {
        InputStream lines = new ByteArrayInputStream("\ngo\n\n\nnot read".getBytes(StandardCharsets.US_ASCII));
        List<String> printed = whileReading(lines, "--csv", "--wait", "--provider", "bouncycastle");
        assertEquals(
                List.of(
                        "ready",
                        "ready",
                        "jdk,encap",
                        "jdk,decap",
                        "ready",
                        "ready",
                        "bouncycastle,encap",
                        "bouncycastle,decap"),
                printed);
        assertEquals("not read", new String(lines.readAllBytes(), StandardCharsets.US_ASCII));
    }

    @Test
    void shouldNotWaitAtTheEndOfStandardInput() {
        assertEquals(
                List.of("ready", "ready", "jdk,encap", "jdk,decap"),
                whileReading(InputStream.nullInputStream(), "--csv", "--wait"));
    }

    private static List<String> whileReading(InputStream lines, Object... more) {
        InputStream before = System.in;
        System.setIn(lines);
        try {
            EspRun run = run(more);
            assertEquals(0, run.status(), run.err());
            return run.out()
                    .lines()
                    .map(line -> line.contains(",") ? providerAndDirection(line) : line)
                    .toList();
        } finally {
            System.setIn(before);
        }
    }

    private static String providerAndDirection(String line) {
        String[] columns = line.split(",");
        assertEquals(8, columns.length, line);
        assertEquals("aes128gcm16,off,64,4", String.join(",", List.of(columns).subList(1, 5)));
        return columns[0].replaceFirst("^esp4j-", "") + "," + columns[5];
    }

    private static double nanos(String line) {
        return Double.parseDouble(line.split(",", -1)[6]);
    }

    @Test
    void shouldWriteFiguresAndChartsIntoNewDirectory() throws Exception {
        Path made = folder.resolve("new");
        EspRun run = run("--out", made);
        assertEquals(0, run.status(), run.err());
        JsonNode json = new ObjectMapper().readTree(made.resolve("bench.json").toFile());
        List<String> options = new ArrayList<>();
        json.get("javaOptions").forEach(option -> options.add(option.asText()));
        List<String> given =
                new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments());
        given.removeIf(argument -> !argument.startsWith("-X"));
        assertEquals(given, options);
        JsonNode figures = json.get("figures");
        assertEquals(2, figures.size());
        for (JsonNode figure : figures) {
            assertEquals("jdk", figure.get("provider").asText());
            assertEquals(4, figure.get("burst").asInt());
            assertTrue(figure.get("nanosPerPacket").asDouble() > 0);
            assertTrue(figure.get("cryptoNanosPerPacket").asDouble() > 0);
        }
        for (String chart : List.of("bench", "bench-stages")) {
            assertTrue(
                    Files.readString(made.resolve(chart + ".svg")).contains("<svg"), "expected a drawing in " + chart);
            assertEquals((byte) 0x89, Files.readAllBytes(made.resolve(chart + ".png"))[0]);
        }
    }

    @Test
    void shouldRefuseDirectoryThatIsNoneBeforeMeasuring() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        EspRun run = run("--out", file);
        assertEquals(2, run.status());
        assertEquals(
                List.of("esp: --out " + file + ": expected a directory for bench.json and the charts"), run.errLines());
        assertEquals("", run.out(), "figures were measured");
    }

    @Test
    void shouldSayWhatIsWrong() {
        assertMistake("--size 19: expected 20 to 65000 octets", "bench", "--size", "19");
        assertMistake("--burst 3: expected 1, 2, 4, 8, 16 or 32", "bench", "--burst", "3");
        assertMistake("--quick and --full: expected one of them", "bench", "--quick", "--full");
        assertMistake("--seconds 0.0: expected more than 0 and at most 3600", "bench", "--seconds", "0");
    }

    private static void assertMistake(String message, Object... arguments) {
        EspRun run = EspRun.of(arguments);
        assertEquals(2, run.status());
        assertEquals(1, run.errLines().size(), run.err());
        assertTrue(run.err().contains(message), run.err());
        assertEquals("", run.out());
    }
}
