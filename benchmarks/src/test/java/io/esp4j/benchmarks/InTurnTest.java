package io.esp4j.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The protocol of programs that take turns, of which benchmarks/peers/README.md tells. */
class InTurnTest {
    private static final List<String> BENCHMARK = List.of(
            "OwnCostBenchmark.fill$",
            "-p",
            "memory=heap",
            "-p",
            "size=64",
            "-wi",
            "1",
            "-w",
            "10ms",
            "-i",
            "3",
            "-r",
            "10ms");

    private static Process start(List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-cp");
        line.add(System.getProperty("java.class.path"));
        line.add(InTurn.class.getName());
        line.addAll(arguments);
        return new ProcessBuilder(line).start();
    }

    private static List<String> and(List<String> arguments, String... more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        return all;
    }

    @Test
    @DisplayName("warm, it waits for a line before it measures; then it prints nanoseconds and octets")
    void waitsWhenWarm() throws Exception {
        Process process = start(and(BENCHMARK, "--wait"));
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertEquals("ready", out.readLine());
            assertFalse(process.waitFor(2, TimeUnit.SECONDS), "did not wait");
            process.outputWriter(UTF_8).append('\n').close();
            String[] columns = out.readLine().split(",", -1);
            assertEquals(2, columns.length);
            assertTrue(Double.parseDouble(columns[0]) > 0);
            assertTrue(Double.parseDouble(columns[1]) >= 0);
            assertNull(out.readLine());
        }
        assertEquals(0, process.waitFor());
    }

    @Test
    @DisplayName("unless told to wait it prints nothing but the figures")
    void measuresAtOnce() throws Exception {
        Process process = start(BENCHMARK);
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertEquals(2, out.readLine().split(",", -1).length);
        }
        assertEquals(0, process.waitFor());
    }

    @Test
    @DisplayName("what JMH cannot run is said in one line")
    void saysWhatIsWrong() throws Exception {
        Process process = start(List.of("NoSuchBenchmark"));
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            assertEquals("InTurn: ", errors.readLine().substring(0, 8));
            assertNull(errors.readLine());
        }
        assertEquals(1, process.waitFor());
    }
}
