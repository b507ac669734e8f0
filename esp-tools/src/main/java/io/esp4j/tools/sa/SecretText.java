package io.esp4j.tools.sa;

import io.esp4j.io.file.AtomicFile;
import io.esp4j.tools.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Writes text with keys in it: to a file of the owner's alone, or to standard output. Stateless. */
public final class SecretText {
    private SecretText() {}

    /**
     * Writes.
     *
     * @param text the whole of it
     * @param out a file that appears at the end, or null for standard output
     * @param inputs files that must not be overwritten
     * @throws IOException if that fails; the message names the file
     */
    public static void write(Terminal terminal, String text, Path out, Path... inputs) throws IOException {
        if (out == null) {
            terminal.out().print(text);
            terminal.out().flush();
            return;
        }
        try (AtomicFile file = AtomicFile.createOwnerOnly(out, inputs)) {
            file.write(StandardCharsets.UTF_8.encode(text));
            file.commit();
        }
    }
}
