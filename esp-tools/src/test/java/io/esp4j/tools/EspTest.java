package io.esp4j.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.Programs;
import io.esp4j.tools.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, version and completion. */
class EspTest {
    private static final String ESCAPE = "\u001b";

    @Test
    void shouldNameItsCommands() {
        EspRun run = EspRun.of("--help");
        assertEquals(0, run.status());
        for (String command : List.of("protect", "unprotect", "inspect", "selftest", "demo", "sa", "completion")) {
            assertTrue(run.out().contains("\n  " + command + " "), run.out());
        }
        assertEquals(run.out(), EspRun.of("help").out());
        assertEquals("", run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"protect", "unprotect", "inspect", "selftest", "demo", "sa", "sa import", "sa export"})
    void shouldExplainEachCommand(String command) {
        String[] words = (command + " --help").split(" ", -1);
        EspRun run = EspRun.of((Object[]) words);
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().startsWith("Usage: esp " + command + " "), run.out());
    }

    @Test
    void shouldColourOnlyTerminals() {
        assertFalse(EspRun.of("--help").out().contains(ESCAPE));
        if (System.getenv("NO_COLOR") == null) {
            assertTrue(EspRun.onTerminal("--help").out().contains(ESCAPE));
        }
    }

    @Test
    void shouldTellItsVersion() {
        EspRun run = EspRun.of("--version");
        assertEquals(0, run.status());
        assertTrue(run.out().matches("(?s)esp4j \\S+\\RJava .*"), run.out());
    }

    @Test
    void shouldSayInOneLineThatMemoryIsShort() {
        StringWriter err = new StringWriter();
        PrintWriter out = new PrintWriter(Writer.nullWriter()) {
            @Override
            public void write(String text, int offset, int length) {
                throw new OutOfMemoryError("Java heap space");
            }
        };
        Terminal terminal = new Terminal(out, new PrintWriter(err), false, false);
        assertEquals(2, Esp.run(terminal, System.out, "offload", "--list"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("esp: out of memory (Java heap space)"), err.toString());
    }

    @Test
    void shouldSayThatStandardOutputCanNotBeWritten() {
        StringWriter err = new StringWriter();
        PrintStream full = new PrintStream(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("No space left on device");
            }
        });
        PrintWriter out = new PrintWriter(new OutputStreamWriter(full, StandardCharsets.UTF_8), true);
        Terminal terminal = new Terminal(out, new PrintWriter(err), false, false);
        assertEquals(2, Esp.run(terminal, full, "offload", "--list"));
        assertEquals("esp: standard output: cannot be written", err.toString().strip());
    }

    /** A sparse file, and a device without end. */
    @ParameterizedTest
    @ValueSource(strings = {"huge.json", "/dev/zero"})
    void shouldRefuseTextThatIsTooLong(String name, @TempDir Path folder) throws Exception {
        Path huge = folder.resolve("huge.json");
        try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            channel.write(ByteBuffer.allocate(1), 16 << 20);
        }
        Path file = folder.resolve(name);
        assumeTrue(Files.exists(file), "no such device");
        for (List<Object> command : List.<List<Object>>of(
                List.of("inspect", "--sa", file, huge), List.of("sa", "import", file), List.of("offload", huge))) {
            EspRun run = EspRun.of(command.toArray());
            assertEquals(2, run.status(), run.err());
            assertTrue(run.err().contains(": expected at most 16777216 octets of text, found more"), run.err());
            assertEquals(1, run.errLines().size(), run.err());
        }
    }

    @Test
    void shouldPrintCompletionThatBashUnderstands(@TempDir Path folder) throws Exception {
        EspRun run = EspRun.of("completion");
        assertEquals(0, run.status());
        assertTrue(run.out().contains("--sa-out"));
        assumeTrue(Programs.installed("bash"), "bash is not installed");
        Path script = Files.writeString(folder.resolve("completion.bash"), run.out());
        List<String> words = Programs.run(
                folder,
                "bash",
                "-c",
                "source " + script + "; COMP_WORDS=(esp unpro); COMP_CWORD=1; _complete_esp; echo ${COMPREPLY[@]}");
        assertEquals(List.of("unprotect"), words);
    }
}
