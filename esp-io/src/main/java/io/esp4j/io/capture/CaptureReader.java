package io.esp4j.io.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads a capture file record by record, pcap or pcapng as its first octets say.
 *
 * <pre>{@code
 * try (CaptureReader capture = CaptureReader.open(path)) {
 *     CaptureRecord record = capture.record();
 *     while (capture.next()) {
 *         consume(record.array(), record.offset(), record.capturedLength());
 *     }
 * }
 * }</pre>
 *
 * <p>Memory: one buffer, at most 2 MiB, however large the file and whatever its length fields say.
 *
 * <p>Threads: single owner thread.
 */
public final class CaptureReader implements AutoCloseable {
    /** A record holds no more octets than this, as libpcap and Wireshark have it for the link types known here. */
    public static final int MAX_CAPTURED_OCTETS = 262_144;

    private static final int MAGIC_OCTETS = 4;
    private static final int MAGIC_GZIP = 0x1f8b0000;
    private static final int MAGIC_ZSTD = 0x28b52ffd;

    private final OctetSource source;
    private final RecordFormat format;
    private final CaptureRecord record = new CaptureRecord();
    private boolean ended;

    private CaptureReader(OctetSource source, RecordFormat format) {
        this.source = source;
        this.format = format;
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws CaptureException if it cannot be opened or is no capture file
     */
    public static CaptureReader open(Path path) throws CaptureException {
        if (Files.isDirectory(path)) {
            throw new CaptureException(path + ": is a directory, a capture file was expected");
        }
        try {
            return open(Files.newInputStream(path), path.toString());
        } catch (CaptureException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new CaptureException(path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw new CaptureException(path + ": permission denied", e);
        } catch (IOException e) {
            throw new CaptureException(path + ": cannot be opened: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a capture from a stream, which then belongs to the reader and is closed with it, or here if this fails.
     *
     * @param name stands for the file in messages
     * @throws CaptureException if it is no capture file
     */
    public static CaptureReader open(InputStream in, String name) throws CaptureException {
        OctetSource source = new OctetSource(in, name);
        try {
            return new CaptureReader(source, formatOf(source));
        } catch (CaptureException | RuntimeException e) {
            try {
                in.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    private static RecordFormat formatOf(OctetSource source) throws CaptureException {
        int available = source.fill(MAGIC_OCTETS);
        if (available == 0) {
            throw new CaptureException(source.name() + ": is empty, a pcap or pcapng file was expected");
        }
        if (available < MAGIC_OCTETS) {
            throw new CaptureException(source.name() + ": ends after " + available
                    + " octets, the header of a pcap or pcapng file was expected");
        }
        int magic = source.i32BigEndian(0);
        if (magic == PcapngFormat.SECTION_HEADER) {
            return new PcapngFormat(source);
        }
        if (PcapFormat.isMagic(magic)) {
            return PcapFormat.open(source, magic);
        }
        String compressed =
                magic == MAGIC_ZSTD || (magic & 0xffff0000) == MAGIC_GZIP ? " (compressed: decompress it first)" : "";
        throw new CaptureException("%s: begins with %08x%s, a pcap or pcapng magic number was expected"
                .formatted(source.name(), magic, compressed));
    }

    /**
     * Moves {@link #record()} on to the next record.
     *
     * @return false at the end of the file, and ever after an exception
     * @throws CaptureException if the file breaks off or contradicts itself; the records before are good
     */
    public boolean next() throws CaptureException {
        if (ended) {
            return false;
        }
        ended = true;
        ended = !format.next(record);
        return !ended;
    }

    /** The view of the current record, always the same object. */
    public CaptureRecord record() {
        return record;
    }

    /** Octets of the file read so far, to show progress against the file's size. */
    public long positionOctets() {
        return source.fileOffset();
    }

    @Override
    public void close() throws IOException {
        ended = true;
        source.close();
    }
}
