package io.esp4j.io.file;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
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
 * <p>A target that exists and is no regular file (a pipe, {@code /dev/null}) cannot be replaced: {@link #commit} copies
 * the octets to it, from a file of the owner's alone in the system's temporary directory; before that nothing reaches it.
 * Secrets for such a target are written to it at once instead, and to no file. A target that is a symbolic link stays one;
 * the file it points to is replaced.
 *
 * <p>When the process ends by {@code exit} or a signal that the JVM handles, temporary files that are still open are
 * removed.
 *
 * <p>Threads: single owner thread.
 */
public final class AtomicFile implements AutoCloseable {
    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    private static final Set<StandardOpenOption> GATHERED =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);

    private final Path target;
    private final Path written;
    private final FileChannel channel;
    private final FileChannel device;
    private boolean open = true;

    /** {@code device} is the target itself if that is no regular file, otherwise null. */
    private AtomicFile(Path target, Path written, FileChannel channel, FileChannel device) {
        this.target = target;
        this.written = written;
        this.channel = channel;
        this.device = device;
    }

    /**
     * Starts a file with the permissions that the process gives to new files.
     *
     * @param inputs files being read; the target must be none of them
     * @throws IOException if the target is one of the inputs or a directory, or its directory cannot be written to; the
     *     message names the target
     */
    public static AtomicFile create(Path target, Path... inputs) throws IOException {
        return start(target, inputs, false);
    }

    /** As {@link #create}, for secrets: from its first octet on, only the owner can read or write the file (0600). */
    public static AtomicFile createOwnerOnly(Path target, Path... inputs) throws IOException {
        return start(target, inputs, true);
    }

    private static AtomicFile start(Path target, Path[] inputs, boolean secret) throws IOException {
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
                FileChannel device = FileChannel.open(target, StandardOpenOption.WRITE);
                return secret ? new AtomicFile(target, target, device, device) : gathering(target, device);
            }
            Path replaced = exists ? target.toRealPath() : target.toAbsolutePath();
            return beside(replaced, secret ? ownerOnly(replaced) : new FileAttribute<?>[0]);
        } catch (NoSuchFileException e) {
            throw (IOException) new FileNotFoundException(target + ": its directory does not exist").initCause(e);
        } catch (FileSystemException e) {
            throw notWritten(target, e.getReason() == null ? "permission denied" : e.getReason(), e);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path target) {
        return target.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Where the system can, the temporary file loses its name at once, so that not even a kill leaves it behind. */
    private static AtomicFile gathering(Path target, FileChannel device) throws IOException {
        try {
            Path temporary = Files.createTempFile(".esp-", ".tmp");
            return new AtomicFile(target, temporary, FileChannel.open(temporary, GATHERED), device);
        } catch (IOException | RuntimeException e) {
            device.close();
            throw new IOException(target + ": no temporary file can be made for it: " + e.getMessage(), e);
        }
    }

    private static AtomicFile beside(Path target, FileAttribute<?>[] attributes) throws IOException {
        while (true) {
            String name = ".esp-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + ".tmp";
            Path temporary = target.resolveSibling(name);
            UnfinishedFiles.add(temporary);
            try {
                return new AtomicFile(target, temporary, FileChannel.open(temporary, NEW, attributes), null);
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

    /**
     * Writes octets at the channel's position, all of them.
     *
     * @throws IOException if that fails; the message names the target
     */
    public void write(ByteBuffer octets) throws IOException {
        try {
            while (octets.hasRemaining()) {
                channel.write(octets);
            }
        } catch (IOException e) {
            throw notWritten(target, e.getMessage(), e);
        }
    }

    /** A stream into {@link #write}, without a buffer. Closing it does nothing. */
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet});
            }

            @Override
            public void write(byte[] octets, int offset, int length) throws IOException {
                AtomicFile.this.write(ByteBuffer.wrap(octets, offset, length));
            }
        };
    }

    private static IOException notWritten(Path target, String reason, IOException cause) {
        return (IOException) new FileSystemException(target + ": cannot be written: " + reason).initCause(cause);
    }

    /** The file that holds the octets until the commit; where {@link #direct()} it may have lost its name. */
    public Path written() {
        return written;
    }

    /** Whether the target is no regular file, so that octets are copied to it. */
    public boolean direct() {
        return device != null;
    }

    /**
     * Puts the file into place: forced to the storage device, then renamed; or copied to a target that is no regular file.
     *
     * @throws IOException if that fails; the temporary file is removed then, and the target is what it was; the message
     *     names the target
     * @throws IllegalStateException if this file was committed or closed before
     */
    public void commit() throws IOException {
        if (!open) {
            throw new IllegalStateException(target + ": committed or closed before");
        }
        try (this) {
            if (direct()) {
                copy();
            } else {
                channel.force(true);
                channel.close();
                Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
                UnfinishedFiles.forget(written);
                open = false;
            }
        } catch (FileSystemException e) {
            throw notWritten(target, e.getReason() == null ? "permission denied" : e.getReason(), e);
        } catch (IOException e) {
            throw notWritten(target, e.getMessage(), e);
        }
    }

    private void copy() throws IOException {
        if (channel != device) {
            long octets = channel.size();
            for (long done = 0; done < octets; ) {
                done += channel.transferTo(done, octets - done, device);
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
        try (device) {
            channel.close();
        } finally {
            if (!direct()) {
                Files.deleteIfExists(written);
                UnfinishedFiles.forget(written);
            }
        }
    }
}
