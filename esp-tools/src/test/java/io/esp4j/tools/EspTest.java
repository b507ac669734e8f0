package io.esp4j.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.esp4j.tools.fixture.EspRun;
import io.esp4j.tools.fixture.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
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
