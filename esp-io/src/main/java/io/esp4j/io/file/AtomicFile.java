package io.esp4j.io.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file under construction: octets go to a temporary file in the target's directory, {@link #commit} renames it onto
 * the target, {@link #close} without a commit removes it. Until the commit the target is what it was before.
 *
 * <p>A target that exists and is no regular file (a pipe, {@code /dev/null}) cannot be replaced: it is written to
 * directly, and nothing is promised then. A target that is a symbolic link stays one; the file it points to is replaced.
 *
 * <p>When the process ends by {@code exit} or a signal that the JVM handles, temporary files that are still open are
 * removed.
 *
 * <p>Threads: single owner thread.
 */
public final class AtomicFile implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path target;
    private final Path written;
    private final FileChannel channel;
    private final boolean direct;
    private boolean open = true;

    private AtomicFile(Path target, Path written, FileChannel channel) {
        this.target = target;
        this.written = written;
        this.channel = channel;
        this.direct = target.equals(written);
    }

    /**
     * Starts a file with the permissions that the process gives to new files.
     *
     * @param inputs files being read; the target must be none of them
     * @throws IOException if the target is one of the inputs or a directory, or its directory cannot be written to; the
     *     message names the target
     */
    public static AtomicFile create(Path target, Path... inputs) throws IOException {
        return start(target, inputs, new FileAttribute<?>[0]);
    }

    /** As {@link #create}, for secrets: from its first octet on, only the owner can read or write the file (0600). */
    public static AtomicFile createOwnerOnly(Path target, Path... inputs) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return start(target, inputs, attributes);
    }

    private static AtomicFile start(Path target, Path[] inputs, FileAttribute<?>[] attributes) throws IOException {
        boolean exists = Files.exists(target);
        for (Path input : inputs) {
            if (exists && Files.exists(input) && Files.isSameFile(target, input)) {
                throw new FileSystemException(
                        target + ": is the input " + input + " itself, another output file was expected");
            }
        }
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target + ": is a directory, a file was expected");
        }
        try {
            if (exists && !Files.isRegularFile(target)) {
                return new AtomicFile(target, target, FileChannel.open(target, StandardOpenOption.WRITE));
            }
            Path replaced = exists ? target.toRealPath() : target.toAbsolutePath();
            return beside(replaced, attributes);
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException(target + ": its directory does not exist").initCause(e);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? "permission denied" : e.getReason();
            throw (IOException) new FileSystemException(target + ": cannot be written: " + reason).initCause(e);
        }
    }

    private static AtomicFile beside(Path target, FileAttribute<?>[] attributes) throws IOException {
        while (true) {
            String name = ".esp-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
            Path temporary = target.resolveSibling(name);
            UnfinishedFiles.add(temporary);
            try {
                return new AtomicFile(target, temporary, FileChannel.open(temporary, NEW, attributes));
            } catch (FileAlreadyExistsException taken) {
                UnfinishedFiles.forget(temporary);
            } catch (IOException | RuntimeException e) {
                UnfinishedFiles.forget(temporary);
                throw e;
            }
        }
    }

    /** Where the octets go, from position 0. It is closed by {@link #commit} and {@link #close}. */
    public FileChannel channel() {
        return channel;
    }

    /** The file that holds the octets until the commit: the temporary file, or the target where {@link #direct()}. */
    public Path written() {
        return written;
    }

    /** Whether the target is written to directly, since it is no regular file. */
    public boolean direct() {
        return direct;
    }

    /**
     * Puts the file into place: forced to the storage device, then renamed.
     *
     * @throws IOException if that fails; the temporary file is removed then, and the target is what it was
     * @throws IllegalStateException if this file was committed or closed before
     */
    public void commit() throws IOException {
        if (!open) {
            throw new IllegalStateException(target + ": committed or closed before");
        }
        try (this) {
            if (direct) {
                channel.close();
            } else {
                channel.force(true);
                channel.close();
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
                UnfinishedFiles.forget(written);
                open = false;
            }
        }
    }

    /** Without a {@link #commit} before, removes the temporary file; otherwise does nothing. */
    @Override
    public void close() throws IOException {
        if (!open) {
            return;
        }
        open = false;
        try {
            channel.close();
        } finally {
            if (!direct) {
                Files.deleteIfExists(written);
                UnfinishedFiles.forget(written);
            }
        }
    }
}
