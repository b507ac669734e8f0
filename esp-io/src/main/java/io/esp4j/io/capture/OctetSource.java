package io.esp4j.io.capture;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The octets of a file, in order, through one buffer: ask for some with {@link #fill}, read fields relative to the
 * position, {@link #advance}. The buffer grows only as octets arrive, so a length field alone cannot make it large.
 *
 * <p>Threads: single owner thread.
 */
final class OctetSource implements Closeable {
    private static final int INITIAL_OCTETS = 64 * 1024;

    private static final VarHandle U16_BIG = view(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle U16_LITTLE = view(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle I32_BIG = view(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32_LITTLE = view(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream in;
    private final String name;
    private byte[] buffer = new byte[INITIAL_OCTETS];
    private int position;
    private int limit;
    private long base;
    private boolean littleEndian;

    OctetSource(InputStream in, String name) {
        this.in = in;
        this.name = name;
    }

    private static VarHandle view(Class<?> array, ByteOrder order) {
        return MethodHandles.byteArrayViewVarHandle(array, order);
    }

    String name() {
        return name;
    }

    /** Octets of the file before the position. */
    long fileOffset() {
        return base + position;
    }

    void littleEndian(boolean little) {
        littleEndian = little;
    }

    /** Reads until {@code octets} lie contiguous at the position; fewer are returned only at the end of the file. */
    int fill(int octets) throws CaptureException {
        while (limit - position < octets) {
            if (limit == buffer.length) {
                makeRoom();
            }
            int read = read(limit, buffer.length - limit);
            if (read < 0) {
                break;
            }
            limit += read;
        }
        return Math.min(octets, limit - position);
    }

    private void makeRoom() {
        int kept = limit - position;
        byte[] from = buffer;
        if (position == 0) {
            buffer = Arrays.copyOf(from, 2 * from.length);
        } else {
            System.arraycopy(from, position, buffer, 0, kept);
        }
        base += position;
        position = 0;
        limit = kept;
    }

    private int read(int at, int room) throws CaptureException {
        try {
            return in.read(buffer, at, room);
        } catch (IOException e) {
            throw new CaptureException(name + ": reading failed after octet " + (base + at) + ": " + e.getMessage(), e);
        }
    }

    /** Moves on by octets that {@link #fill} has brought; they stay where they are until the next fill. */
    void advance(int octets) {
        position += octets;
    }

    /** Moves on by any number of octets; returns how many there were. */
    long skip(long octets) throws CaptureException {
        long left = octets;
        while (left > 0) {
            int step = fill((int) Math.min(left, INITIAL_OCTETS));
            if (step == 0) {
                break;
            }
            advance(step);
            left -= step;
        }
        return octets - left;
    }

    byte[] array() {
        return buffer;
    }

    /** Index in {@link #array()} of the octet {@code at} after the position. */
    int index(int at) {
        return position + at;
    }

    int u8(int at) {
        return buffer[position + at] & 0xff;
    }

    int u16(int at) {
        VarHandle view = littleEndian ? U16_LITTLE : U16_BIG;
        return (short) view.get(buffer, position + at) & 0xffff;
    }

    int i32(int at) {
        VarHandle view = littleEndian ? I32_LITTLE : I32_BIG;
        return (int) view.get(buffer, position + at);
    }

    int i32BigEndian(int at) {
        return (int) I32_BIG.get(buffer, position + at);
    }

    long u32(int at) {
        return Integer.toUnsignedLong(i32(at));
    }

    /** A 64-bit number in this byte order, as pcapng options have it. */
    long i64(int at) {
        long first = u32(at);
        long second = u32(at + 4);
        return littleEndian ? second << 32 | first : first << 32 | second;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
