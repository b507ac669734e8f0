package io.esp4j.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** Memory of a direct buffer. Threads: as its superclass says. */
public final class DirectMemory extends Memory {
    // Not the buffer's own methods: those are virtual, and the JIT must have observed which one is meant. It observes
    // nothing in methods as short as these: each octet would cost a call.
    private static final VarHandle INT16 = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final int BLOCK = 4 * Long.BYTES;

    /** Copied from: many octets take less time so, and no call of C either. Never written. */
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(2048);

    private final ByteBuffer buffer;
    private volatile long address;

    DirectMemory(ByteBuffer buffer) {
        this.buffer = buffer.duplicate().clear().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * {@return the whole region as a big-endian buffer, position 0, limit at the capacity; a view of its own, whose
     * position and limit the caller may move}
     */
    public ByteBuffer buffer() {
        return buffer.duplicate().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * {@return the native address of position 0, for those who hand it to C; valid while this memory is reachable}
     *
     * @param resolver tells the address of a direct buffer's octet 0, never 0; asked once, and trusted: C checks nothing
     */
    public long address(ToLongFunction<ByteBuffer> resolver) {
        long known = address;
        return known != 0 ? known : resolve(resolver);
    }

    private long resolve(ToLongFunction<ByteBuffer> resolver) {
        long resolved = resolver.applyAsLong(buffer());
        address = resolved;
        return resolved;
    }

    @Override
    public int length() {
        return buffer.capacity();
    }

    @Override
    public int octet(int at) {
        return at > 0 ? int16(at - 1) & 0xff : buffer.get(at) & 0xff;
    }

    @Override
    public void octet(int at, int value) {
        buffer.put(at, (byte) value);
    }

    @Override
    public int int16(int at) {
        return (short) INT16.get(buffer, at) & 0xffff;
    }

    @Override
    public void int16(int at, int value) {
        INT16.set(buffer, at, (short) value);
    }

    @Override
    public int int32(int at) {
        return (int) INT32.get(buffer, at);
    }

    @Override
    public void int32(int at, int value) {
        INT32.set(buffer, at, value);
    }

    @Override
    public long int64(int at) {
        return (long) INT64.get(buffer, at);
    }

    @Override
    public long word(int at) {
        return (long) WORD.get(buffer, at);
    }

    @Override
    public void int64(int at, long value) {
        INT64.set(buffer, at, value);
    }

    @Override
    public void read(int at, byte[] target, int targetOffset, int octets) {
        buffer.get(at, target, targetOffset, octets);
    }

    @Override
    public void write(int at, byte[] source, int sourceOffset, int octets) {
        buffer.put(at, source, sourceOffset, octets);
    }

    @Override
    public void move(int from, int to, int octets) {
        buffer.put(to, buffer, from, octets);
    }

    @Override
    public void zero(int at, int octets) {
        Objects.checkFromIndexSize(at, octets, buffer.capacity());
        if (octets < Long.BYTES) {
            zeroOctets(at, octets);
        } else if (octets < 4 * BLOCK) {
            zeroWords(at, octets);
        } else {
            for (int done = 0; done < octets; done += ZEROS.capacity()) {
                buffer.put(at + done, ZEROS, 0, Math.min(ZEROS.capacity(), octets - done));
            }
        }
    }

    private void zeroOctets(int at, int octets) {
        for (int i = at; i < at + octets; i++) {
            buffer.put(i, (byte) 0);
        }
    }

    /** For 8 to 127 octets, by the bits of their number: a loop takes nearly twice as long. */
    private void zeroWords(int at, int octets) {
        int i = at;
        if ((octets & 2 * BLOCK) != 0) {
            zeroBlock(i);
            zeroBlock(i + BLOCK);
            i += 2 * BLOCK;
        }
        if ((octets & BLOCK) != 0) {
            zeroBlock(i);
            i += BLOCK;
        }
        if ((octets & BLOCK / 2) != 0) {
            INT64.set(buffer, i, 0L);
            INT64.set(buffer, i + Long.BYTES, 0L);
            i += BLOCK / 2;
        }
        if ((octets & BLOCK / 4) != 0) {
            INT64.set(buffer, i, 0L);
        }
        INT64.set(buffer, at + octets - Long.BYTES, 0L); // which may overlap with the one before
    }

    private void zeroBlock(int at) {
        INT64.set(buffer, at, 0L);
        INT64.set(buffer, at + Long.BYTES, 0L);
        INT64.set(buffer, at + 2 * Long.BYTES, 0L);
        INT64.set(buffer, at + 3 * Long.BYTES, 0L);
    }

    @Override
    public void copyTo(int at, Memory target, int targetAt, int octets) {
        if (target instanceof DirectMemory direct) {
            direct.buffer.put(targetAt, buffer, at, octets);
        } else {
            HeapMemory heap = (HeapMemory) target;
            buffer.get(at, heap.array(), targetAt, octets);
        }
    }
}
