package io.esp4j.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/** Memory of a Java array. Threads: as its superclass says. */
public final class HeapMemory extends Memory {
    private static final VarHandle INT16 = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT32 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT64 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] array;

    HeapMemory(byte[] array) {
        this.array = Objects.requireNonNull(array, "array");
    }

    /** {@return the array itself; position 0 of the region is its element 0} */
    public byte[] array() {
        return array;
    }

    @Override
    public int length() {
        return array.length;
    }

    @Override
    public int octet(int at) {
        return array[at] & 0xff;
    }

    @Override
    public void octet(int at, int value) {
        array[at] = (byte) value;
    }

    @Override
    public int int16(int at) {
        return (short) INT16.get(array, at) & 0xffff;
    }

    @Override
    public void int16(int at, int value) {
        INT16.set(array, at, (short) value);
    }

    @Override
    public int int32(int at) {
        return (int) INT32.get(array, at);
    }

    @Override
    public void int32(int at, int value) {
        INT32.set(array, at, value);
    }

    @Override
    public long int64(int at) {
        return (long) INT64.get(array, at);
    }

    @Override
    public long word(int at) {
        return (long) WORD.get(array, at);
    }

    @Override
    public void int64(int at, long value) {
        INT64.set(array, at, value);
    }

    @Override
    public void read(int at, byte[] target, int targetOffset, int octets) {
        System.arraycopy(array, at, target, targetOffset, octets);
    }

    @Override
    public void write(int at, byte[] source, int sourceOffset, int octets) {
        System.arraycopy(source, sourceOffset, array, at, octets);
    }

    @Override
    public void move(int from, int to, int octets) {
        System.arraycopy(array, from, array, to, octets);
    }

    @Override
    public void zero(int at, int octets) {
        Objects.checkFromIndexSize(at, octets, array.length);
        Arrays.fill(array, at, at + octets, (byte) 0);
    }

    @Override
    public void copyTo(int at, Memory target, int targetAt, int octets) {
        target.write(targetAt, array, at, octets);
    }
}
