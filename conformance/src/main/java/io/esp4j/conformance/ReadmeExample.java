package io.esp4j.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Takes the example out of README.md, so that what is printed there is what consumers compile and run. Stateless. */
public final class ReadmeExample {
    private static final int MAX_LINES = 20;

    private static final String PROGRAM = """
            package example;

            import io.esp4j.crypto.*;
            import io.esp4j.dataplane.*;
            import io.esp4j.memory.*;
            import io.esp4j.sa.*;
            import io.esp4j.wire.*;

            /** The example of README.md, with a packet and a key for it. */
            public final class Example {
                public static void main(String[] arguments) {
                    byte[] packet = new byte[100];
                    packet[0] = 0x45;
                    packet[3] = 100;
                    byte[] keyAndSalt = new byte[36];
                    new java.security.SecureRandom().nextBytes(keyAndSalt);
            %s
                }
            }
            """;

    private static final String MODULE = """
            /** A module that needs esp4j. */
            module example {
                requires io.esp4j.core;
            }
            """;

    private ReadmeExample() {}

    /**
     * Makes a program of the only block of Java on a page, and a module of the program.
     *
     * @param arguments the page, the folder for the sources: {@code class-path} and {@code module-path} in it
     * @throws IOException if a file cannot be read or written
     * @throws IllegalArgumentException if there is no one such block, or it is longer than promised
     */
    public static void main(String[] arguments) throws IOException {
        List<String> example = extract(Files.readAllLines(Path.of(arguments[0])));
        String program = PROGRAM.formatted(String.join("\n", example));
        Path sources = Path.of(arguments[1]);
        write(sources.resolve("class-path/example/Example.java"), program);
        write(sources.resolve("module-path/example/Example.java"), program);
        write(sources.resolve("module-path/module-info.java"), MODULE);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    static List<String> extract(List<String> page) {
        int from = page.indexOf("```java");
        if (from < 0 || from != page.lastIndexOf("```java")) {
            throw new IllegalArgumentException("expected one block of Java on the page");
        }
        List<String> example = new ArrayList<>();
        for (String line : page.subList(from + 1, page.size())) {
            if (line.equals("```")) {
                break;
            }
            example.add(line);
        }
        if (example.size() > MAX_LINES) {
            throw new IllegalArgumentException(
                    "expected an example of at most " + MAX_LINES + " lines, found " + example.size());
        }
        return example;
    }
}
