package io.esp4j.io.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
    @TempDir
    private Path directory;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void write(AtomicFile file, String text) throws IOException {
        file.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void shouldReplaceTheTargetOnlyAtTheCommit() throws IOException {
        Path target = Files.writeString(directory.resolve("a"), "old");
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
            assertEquals("old", Files.readString(target));
            assertEquals(directory, file.written().getParent());
            file.commit();
            assertEquals("new", Files.readString(target));
            assertThrows(IllegalStateException.class, file::commit);
        }
        assertEquals(List.of("a"), names());
    }

    @Test
    void shouldKeepTheTargetWithoutCommit() throws IOException {
        Path target = Files.writeString(directory.resolve("a"), "old");
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
        }
        assertEquals("old", Files.readString(target));
        assertEquals(List.of("a"), names());
    }

    @Test
    void shouldLeaveNothingBehindWhenTheRenameFails() throws IOException {
        Path target = directory.resolve("a");
        try (AtomicFile file = AtomicFile.create(target)) {
            write(file, "new");
            Files.createDirectory(target);
            Files.writeString(target.resolve("inside"), "");
            assertThrows(IOException.class, file::commit);
        }
        assertEquals(List.of("a"), names());
    }

    @Test
    void shouldReplaceWhatASymbolicLinkPointsTo() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("folder"));
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), real);
        try (AtomicFile file = AtomicFile.create(link)) {
            write(file, "new");
            file.commit();
        }
        assertTrue(Files.isSymbolicLink(link));
        assertEquals("new", Files.readString(real));
        assertEquals(List.of("folder", "link"), names());
    }

    @Test
    void shouldGiveSecretsToTheirOwnerAloneFromTheFirstOctet() throws IOException {
        Path target = directory.resolve("keys");
        try (AtomicFile file = AtomicFile.createOwnerOnly(target)) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.written())));
            file.commit();
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(target)));
    }

    private Process reader(Path pipe, Path copy) throws Exception {
        int made;
        try {
            made = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        } catch (IOException e) {
            made = 1;
        }
        assumeTrue(made == 0, "no named pipes here");
        return new ProcessBuilder("cat", pipe.toString())
                .redirectOutput(copy.toFile())
                .start();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLetNothingIntoPipeBeforeTheCommit(boolean committed) throws Exception {
        Path copy = directory.resolve("copy");
        Path pipe = directory.resolve("pipe");
        Process reader = reader(pipe, copy);
        String text = "packet ".repeat(100_000);
        try (AtomicFile file = AtomicFile.create(pipe)) {
            assertTrue(file.direct());
            write(file, text);
            assertFalse(Files.exists(file.written()), "a kill would leave it behind");
            if (committed) {
                file.commit();
            }
        }
        assertEquals(0, reader.waitFor());
        assertEquals(committed ? text : "", Files.readString(copy));
        assertEquals(List.of("copy", "pipe"), names());
    }

    @Test
    void shouldWriteSecretsStraightIntoPipe() throws Exception {
        Path copy = directory.resolve("copy");
        Path pipe = directory.resolve("pipe");
        Process reader = reader(pipe, copy);
        try (AtomicFile file = AtomicFile.createOwnerOnly(pipe)) {
            assertEquals(pipe, file.written());
            write(file, "secret");
            file.commit();
        }
        assertEquals(0, reader.waitFor());
        assertEquals("secret", Files.readString(copy));
    }

    @Test
    void shouldNameTheTargetThatCannotBeWritten() {
        Path nowhere = directory.resolve("missing").resolve("a");
        assertEquals(
                nowhere + ": its directory does not exist",
                assertThrows(IOException.class, () -> AtomicFile.create(nowhere))
                        .getMessage());
        assertEquals(
                directory + ": is a directory, a file was expected",
                assertThrows(IOException.class, () -> AtomicFile.create(directory))
                        .getMessage());
    }

    @Test
    void shouldRemoveUnfinishedFilesWhenTheProcessEnds() throws IOException {
        Path finished = directory.resolve("b");
        AtomicFile file = AtomicFile.create(finished);
        file.commit();
        AtomicFile unfinished = AtomicFile.create(directory.resolve("a"));
        UnfinishedFiles.removeAll();
        assertEquals(List.of("b"), names());
        assertFalse(Files.exists(unfinished.written()));
        unfinished.close();
    }
}
