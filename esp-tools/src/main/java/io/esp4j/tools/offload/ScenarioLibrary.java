package io.esp4j.tools.offload;

import io.esp4j.offload.scenario.Scenario;
import io.esp4j.tools.sa.InputText;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The scenarios that come with the command, and others in files. Stateless. */
final class ScenarioLibrary {
    private static final String SUFFIX = ".json";
    private static final String INDEX = "scenarios.txt";

    private ScenarioLibrary() {}

    /** {@return the names of the scenarios that come with the command} */
    static List<String> names() {
        return resource(INDEX).lines().filter(line -> !line.isBlank()).toList();
    }

    /**
     * {@return a scenario}
     *
     * @param name a name, or a file that ends in {@code .json}
     * @throws UserError if there is none
     */
    static Scenario find(String name) {
        if (isFile(name)) {
            return read(Path.of(name));
        }
        if (!names().contains(name)) {
            throw new UserError(
                    "no scenario \"" + name + "\": expected a file *.json, or one of " + String.join(", ", names()));
        }
        return ScenarioReader.read(name, resource(name + SUFFIX));
    }

    /** {@return whether a scenario's name is that of a file} */
    static boolean isFile(String name) {
        return name.endsWith(SUFFIX);
    }

    private static Scenario read(Path file) {
        Path last = file.getFileName();
        String name = last.toString().substring(0, last.toString().length() - SUFFIX.length());
        try {
            return ScenarioReader.read(name, InputText.read(file));
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": no such file");
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": expected UTF-8");
        } catch (IOException e) {
            throw new UserError(file + ": " + e.getMessage());
        }
    }

    private static String resource(String name) {
        try (InputStream in = ScenarioLibrary.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
