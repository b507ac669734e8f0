package io.esp4j.crypto.natives.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.natives.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file is tried, and what is said when none will do. */
class LibrarySearchTest {
    private static final String PROPERTY = "esp4j.test.library";
    private static final List<String> NAMES = List.of("libesp4jtest.so.2", "libesp4jtest.so.1");

    @TempDir
    Path first;

    @TempDir
    Path second;

    private final List<Path> tried = new ArrayList<>();

    private String load(String usable) {
        String path = first + ":" + second;
        return Settings.with("java.library.path", path, () -> {
            try {
                return LibrarySearch.load(PROPERTY, NAMES, file -> {
                    tried.add(file);
                    if (!file.endsWith(usable)) {
                        throw new NativeLoadException(file.getFileName() + " won't do");
                    }
                    return "loaded";
                });
            } catch (NativeLoadException e) {
                return e.getMessage();
            }
        });
    }

    @Test
    void shouldTryTheNextOneWhereTheFirstCantBeUsed() throws IOException {
        Files.createFile(first.resolve(NAMES.get(1)));
        Files.createFile(second.resolve(NAMES.get(0)));
        assertEquals("loaded", load(NAMES.get(1)));
        assertEquals(List.of(second.resolve(NAMES.get(0)), first.resolve(NAMES.get(1))), tried);
    }

    @Test
    void shouldTryAFileOnceThatCanBeReachedTwice() throws IOException {
        Files.createFile(first.resolve(NAMES.get(0)));
        Files.createSymbolicLink(second.resolve(NAMES.get(0)), first.resolve(NAMES.get(0)));
        assertEquals("libesp4jtest.so.2 won't do", load("nothing"));
        assertEquals(1, tried.size());
    }

    @Test
    void shouldSayWhereItLooked() {
        String reason = load("nothing");
        assertTrue(reason.startsWith("libesp4jtest.so.2 or libesp4jtest.so.1 is not installed"), reason);
        assertTrue(reason.contains("LD_LIBRARY_PATH") && reason.contains(PROPERTY), reason);
    }

    @Test
    void shouldTryNothingButTheFileThatIsNamed() throws IOException {
        Files.createFile(first.resolve(NAMES.get(0)));
        Path named = second.resolve("other.so");
        assertEquals("other.so won't do", Settings.with(PROPERTY, named.toString(), () -> load(NAMES.get(0))));
        assertEquals(List.of(named), tried);
    }

    @Test
    void shouldRefuseAPathThatIsNone() {
        String reason = Settings.with(PROPERTY, "a\0b", () -> load("nothing"));
        assertTrue(reason.startsWith(PROPERTY + " is no path"), reason);
        assertThrows(NativeLoadException.class, () -> ElfFile.requireLoadable(first));
    }
}
