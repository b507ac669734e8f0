package io.esp4j.memory;

import java.nio.ByteBuffer;

/**
 * A region of octets that packets lie in, addressed by absolute positions from 0; multi-octet values are big-endian.
 *
 * <p>The region belongs to the caller: it is neither copied, kept beyond the call nor freed here. A position outside the
 * region throws {@link IndexOutOfBoundsException}.
 *
 * <p>Threads: as thread-safe as plain memory. Whoever works on a packet owns its octets.
 */
public abstract sealed class Memory permits HeapMemory, DirectMemory {
    private static final int CACHE_LINE_OCTETS = 64;

    /** The most octets that {@link #allocateDirect} gives. */
    public static final int MAX_DIRECT_OCTETS = Integer.MAX_VALUE - CACHE_LINE_OCTETS + 1;

    Memory() {}

    /**
     * The memory of a whole array, not copied.
     *
     * @param array the array that packets lie in
     * @return a view of the array
     */
    public static HeapMemory of(byte[] array) {
        return new HeapMemory(array);
    }

    /**
     * The memory of a buffer from 0 to its capacity, whatever its position and limit; not copied.
     *
     * @param buffer a direct buffer, or a heap buffer with an accessible array that begins at array offset 0
     * @return a view of the buffer
     * @throws IllegalArgumentException if the buffer is read-only or a heap buffer sliced from within its array
     */
    public static Memory of(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("packets are changed in place: expected a writable buffer");
        }
        if (buffer.isDirect()) {
            return new DirectMemory(buffer);
        }
        if (buffer.arrayOffset() != 0 || buffer.array().length != buffer.capacity()) {
            throw new IllegalArgumentException(
                    "expected a heap buffer that covers its whole array, found one at array offset "
                            + buffer.arrayOffset() + " with capacity " + buffer.capacity() + " of "
                            + buffer.array().length);
        }
        return new HeapMemory(buffer.array());
    }

    /**
     * New direct memory of zeros, whose position 0 is at the beginning of a cache line: C code that takes 64 octets at a
     * time is slower where those lie across two lines.
     *
     * @param octets how many, 0 to {@link #MAX_DIRECT_OCTETS}
     * @return direct memory
     * @throws IllegalArgumentException for another number
     */
    public static DirectMemory allocateDirect(int octets) {
        if (octets < 0 || octets > MAX_DIRECT_OCTETS) {
            throw new IllegalArgumentException("expected 0 to " + MAX_DIRECT_OCTETS + " octets, found " + octets);
        }
        int lines = (octets + CACHE_LINE_OCTETS - 1) & -CACHE_LINE_OCTETS;
        ByteBuffer aligned =
                ByteBuffer.allocateDirect(lines + CACHE_LINE_OCTETS - 1).alignedSlice(CACHE_LINE_OCTETS);
        return new DirectMemory(aligned.slice(0, octets));
    }

    /** {@return the region's length in octets} */
    public abstract int length();

    /**
     * {@return the octet at a position, 0 to 255}
     *
     * @param at position
     */
    public abstract int octet(int at);

    /**
     * Writes the low 8 bits of a value.
     *
     * @param at position
     * @param value whose low 8 bits are written
     */
    public abstract void octet(int at, int value);

    /**
     * {@return the two octets at a position, 0 to 65535}
     *
     * @param at position of the first
     */
    public abstract int int16(int at);

    /**
     * Writes the low 16 bits of a value.
     *
     * @param at position of the first octet
     * @param value whose low 16 bits are written
     */
    public abstract void int16(int at, int value);

    /**
     * {@return the four octets at a position}
     *
     * @param at position of the first
     */
    public abstract int int32(int at);

    /**
     * Writes four octets.
     *
     * @param at position of the first
     * @param value the octets
     */
    public abstract void int32(int at, int value);

    /**
     * {@return the eight octets at a position}
     *
     * @param at position of the first
     */
    public abstract long int64(int at);

    /**
     * {@return the eight octets at a position as a word in the machine's own order: for those who carry them elsewhere as they
     * are, or compare them}
     *
     * @param at position of the first
     */
    public abstract long word(int at);

    /**
     * Writes eight octets.
     *
     * @param at position of the first
     * @param value the octets
     */
    public abstract void int64(int at, long value);

    /**
     * Copies octets out.
     *
     * @param at position of the first
     * @param target array to copy to
     * @param targetOffset position in the array
     * @param octets how many
     */
    public abstract void read(int at, byte[] target, int targetOffset, int octets);

    /**
     * Copies octets in.
     *
     * @param at position of the first
     * @param source array to copy from
     * @param sourceOffset position in the array
     * @param octets how many
     */
    public abstract void write(int at, byte[] source, int sourceOffset, int octets);

    /**
     * Moves octets inside the region; the two places may overlap.
     *
     * @param from position of the first octet
     * @param to where it goes
     * @param octets how many
     */
    public abstract void move(int from, int to, int octets);

    /**
     * Writes zeros.
     *
     * @param at position of the first
     * @param octets how many
     */
    public abstract void zero(int at, int octets);

    /**
     * Copies octets to another region; if it is the same one the places may overlap.
     *
     * @param at position of the first
     * @param target region to copy to
     * @param targetAt position there
     * @param octets how many
     */
    public abstract void copyTo(int at, Memory target, int targetAt, int octets);
}
