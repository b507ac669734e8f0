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
    private static Process start(String... benchmark) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), InTurn.class.getName()));
        line.addAll(List.of(benchmark));
        line.addAll(List.of("-wi", "3", "-w", "100ms", "-i", "3", "-r", "10ms", "--wait"));
        return new ProcessBuilder(line).start();
    }

    /** Nanoseconds and octets. */
    private static double[] figures(String line) {
        String[] columns = line.split(",", -1);
        assertEquals(2, columns.length, line);
        return new double[] {Double.parseDouble(columns[0]), Double.parseDouble(columns[1])};
    }

    @Test
    @DisplayName("warm, it waits for a line before it measures; then it prints what an operation takes")
    void waitsWhenWarm() throws Exception {
        Process process = start("OwnCostBenchmark.fill$", "-p", "memory=heap");
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertEquals("ready", out.readLine());
            assertFalse(process.waitFor(2, TimeUnit.SECONDS), "did not wait");
            process.outputWriter(UTF_8).append('\n').close();
            double[] figures = figures(out.readLine());
            assertTrue(figures[0] > 0);
            assertTrue(figures[1] >= 0 && figures[1] < 1, "a burst is filled without allocation: " + figures[1]);
            assertNull(out.readLine());
        }
        assertEquals(0, process.waitFor());
    }

    @Test
    @DisplayName("it goes on at the end of the input too, and counts what an operation allocates")
    void countsAllocation() throws Exception {
        Process process = start("BareCipherBenchmark.bareCipher$", "-p", "size=64");
        process.outputWriter(UTF_8).close();
        try (BufferedReader out = process.inputReader(UTF_8)) {
            assertEquals("ready", out.readLine());
            double octets = figures(out.readLine())[1];
            assertTrue(octets > 100, "a nonce and its parameters at least: " + octets);
        }
        assertEquals(0, process.waitFor());
    }

    @Test
    @DisplayName("what JMH cannot run is said in one line")
    void saysWhatIsWrong() throws Exception {
        Process process = start("NoSuchBenchmark");
        try (BufferedReader errors = process.errorReader(UTF_8)) {
            assertEquals("InTurn: ", errors.readLine().substring(0, 8));
            assertNull(errors.readLine());
        }
        assertEquals(1, process.waitFor());
    }
}
