package io.esp4j.io.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Temporary files that the end of the process (an interrupt from the terminal, say) would leave behind: one shutdown
 * hook removes them. Thread-safe: a concurrent set.
 */
final class UnfinishedFiles {
    private static final Set<Path> PATHS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(UnfinishedFiles::removeAll, "esp4j-unfinished-files"));
    }

    private UnfinishedFiles() {}

    static void add(Path temporary) {
        PATHS.add(temporary);
    }

    static void forget(Path temporary) {
        PATHS.remove(temporary);
    }

    static void removeAll() {
        for (Path path : PATHS) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                // The process ends: nobody is left to be told, and the file's name says what it is.
            }
        }
    }
}
