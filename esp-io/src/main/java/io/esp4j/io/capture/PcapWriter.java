package io.esp4j.io.capture;

import io.esp4j.io.file.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Writes a pcap file, little-endian, of one link type. The file appears under its name with {@link #commit}; without
 * one, {@link #close} leaves nothing behind.
 *
 * <p>Times are written as they come. The file is in microseconds while that loses nothing; the first time with a finer
 * part turns it to nanoseconds, what was written before included. A target that is a pipe or a device is in nanoseconds
 * from the start; it gets the whole file at the commit, and nothing before.
 *
 * <p>Threads: single owner thread.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int BUFFER_OCTETS = 64 * 1024;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MAX_SECONDS = 0xffff_ffffL;
    private static final int MICROSECOND = 1_000;
    private static final int NANOSECOND = 1;

    private final Path target;
    private final LinkType linkType;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_OCTETS).order(ByteOrder.LITTLE_ENDIAN);
    private AtomicFile file;
    private int nanosPerUnit;
    private long records;

    private PcapWriter(Path target, LinkType linkType, AtomicFile file) {
        this.target = target;
        this.linkType = linkType;
        this.file = file;
        header(file.direct() ? NANOSECOND : MICROSECOND);
    }

    /**
     * Starts a file.
     *
     * @param inputs files being read; the target must be none of them
     * @throws IOException if the target is one of the inputs or cannot be written; the message names it
     */
    public static PcapWriter create(Path target, LinkType linkType, Path... inputs) throws IOException {
        return new PcapWriter(target, linkType, AtomicFile.create(target, inputs));
    }

    /** The next record, from an array: nothing was cut off it. Otherwise as the general {@code write}. */
    public void write(long timeNanos, byte[] octets, int offset, int length) throws IOException {
        write(timeNanos, ByteBuffer.wrap(octets, offset, length), length);
    }

    /**
     * The next record.
     *
     * @param timeNanos nanoseconds since 1970-01-01T00:00Z
     * @param octets from position to limit, at most {@link CaptureReader#MAX_CAPTURED_OCTETS}; both stay as they are
     * @param originalLength octets that were on the wire: 0 to 2^32 − 1
     * @throws CaptureException if the time lies outside the years 1970 to 2106, which is what pcap can hold
     * @throws IOException if writing fails; the file is lost then
     */
    public void write(long timeNanos, ByteBuffer octets, long originalLength) throws IOException {
        int length = octets.remaining();
        if (length > CaptureReader.MAX_CAPTURED_OCTETS) {
            throw new IllegalArgumentException(
                    length + " octets, at most " + CaptureReader.MAX_CAPTURED_OCTETS + " make a record");
        }
        if (originalLength < 0 || originalLength > 0xffff_ffffL) {
            throw new IllegalArgumentException("original length " + originalLength + " outside 0 to 2^32 - 1");
        }
        long seconds = Math.floorDiv(timeNanos, NANOS_PER_SECOND);
        int nanos = (int) Math.floorMod(timeNanos, NANOS_PER_SECOND);
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new CaptureException(target + ": record " + (records + 1) + " would be of "
                    + Instant.ofEpochSecond(seconds, nanos) + ", a time in the years 1970 to 2106 was expected");
        }
        if (nanos % nanosPerUnit != 0) {
            turnToNanoseconds();
        }
        append((int) seconds, nanos, octets, originalLength);
    }

    private void append(int seconds, int nanos, ByteBuffer octets, long originalLength) throws IOException {
        int length = octets.remaining();
        room(PcapFormat.RECORD_HEADER_OCTETS);
        buffer.putInt(seconds).putInt(nanos / nanosPerUnit).putInt(length).putInt((int) originalLength);
        int position = octets.position();
        for (int done = 0; done < length; ) {
            room(1);
            int step = Math.min(length - done, buffer.remaining());
            buffer.put(buffer.position(), octets, position + done, step);
            buffer.position(buffer.position() + step);
            done += step;
        }
        records++;
    }

    /** Writes what there is so far once more, into a second temporary file that takes the place of the first. */
    private void turnToNanoseconds() throws IOException {
        flush();
        try (AtomicFile coarse = file) {
            file = AtomicFile.create(target);
            header(NANOSECOND);
            records = 0;
            try (CaptureReader reader = CaptureReader.open(coarse.written())) {
                CaptureRecord record = reader.record();
                while (reader.next()) {
                    ByteBuffer octets = ByteBuffer.wrap(record.array(), record.offset(), record.capturedLength());
                    write(record.timeNanos(), octets, record.originalLength());
                }
            }
        }
    }

    private void header(int unit) {
        nanosPerUnit = unit;
        buffer.putInt(unit == NANOSECOND ? PcapFormat.MAGIC_NANOSECONDS : PcapFormat.MAGIC_MICROSECONDS)
                .putShort((short) PcapFormat.MAJOR)
                .putShort((short) PcapFormat.MINOR)
                .putLong(0)
                .putInt(CaptureReader.MAX_CAPTURED_OCTETS)
                .putInt(linkType.code());
    }

    private void room(int octets) throws IOException {
        if (buffer.remaining() < octets) {
            flush();
        }
    }

    private void flush() throws IOException {
        FileChannel channel = file.channel();
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw new CaptureException(target + ": writing failed: " + e.getMessage(), e);
        } finally {
            buffer.clear();
        }
    }

    /** Records written so far. */
    public long records() {
        return records;
    }

    /**
     * Completes the file and puts it into place.
     *
     * @throws IOException if that fails; nothing is left behind then but the target as it was
     */
    public void commit() throws IOException {
        try (this) {
            flush();
            file.commit();
        }
    }

    /** Without a {@link #commit} before, leaves nothing behind; otherwise does nothing. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
