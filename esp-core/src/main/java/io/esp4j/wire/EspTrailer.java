package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * Padding, Pad Length and Next Header at the end of the plaintext, RFC 4303 §2.4 to §2.6. Stateless.
 *
 * <pre>
 * |     Padding (0-255 octets: 1, 2, 3 …)                         |
 * |                               |  Pad Length   | Next Header   |
 * </pre>
 */
public final class EspTrailer {
    /** The length of Pad Length and Next Header. */
    public static final int OCTETS = 2;

    /** How much padding the last eight octets can hold beside the trailer. */
    private static final int PADDING_AT_END = 6;

    private static final long SEQUENCE_AT_END = 0x0102_0304_0506L;
    private static final int MAX_PADDING = 255;
    private static final byte[] PADDING = new byte[MAX_PADDING];

    static {
        for (int i = 0; i < MAX_PADDING; i++) {
            PADDING[i] = (byte) (i + 1);
        }
    }

    private EspTrailer() {}

    /**
     * {@return how much padding brings payload and trailer to a multiple of the alignment}
     *
     * @param payloadOctets the payload's length
     * @param alignment a power of two
     */
    public static int padding(int payloadOctets, int alignment) {
        return -(payloadOctets + OCTETS) & (alignment - 1);
    }

    /**
     * Writes padding 1, 2, 3 … and the two fields.
     *
     * @param memory where they go
     * @param at position after the payload
     * @param padLength octets of padding, 0 to 255
     * @param nextHeader protocol of the payload
     */
    public static void write(Memory memory, int at, int padLength, int nextHeader) {
        switch (padLength) { // the usual ones in one or two stores, which may overlap
            case 0 -> memory.int16(at, nextHeader);
            case 1 -> {
                memory.int16(at, 0x0101);
                memory.int16(at + 1, 0x0100 | nextHeader);
            }
            case 2 -> memory.int32(at, 0x0102_0200 | nextHeader);
            case 3 -> {
                memory.int16(at, 0x0102);
                memory.int32(at + 1, 0x0203_0300 | nextHeader);
            }
            default -> {
                memory.write(at, PADDING, 0, padLength);
                memory.int16(at + padLength, (padLength << 8) | nextHeader);
            }
        }
    }

    /**
     * {@return the eight octets that end with a trailer: an ESP packet has at least so many before its ICV}
     *
     * @param memory where it lies
     * @param at position of the pad length
     */
    public static long end(Memory memory, int at) {
        return memory.int64(at + OCTETS - Long.BYTES);
    }

    /**
     * {@return the next header}
     *
     * @param end the eight octets that end with the trailer
     */
    public static int nextHeader(long end) {
        return (int) end & 0xff;
    }

    /**
     * {@return the pad length}
     *
     * @param end the eight octets that end with the trailer
     */
    public static int padLength(long end) {
        return (int) (end >>> 8) & 0xff;
    }

    /**
     * {@return whether padding is 1, 2, 3 …}
     *
     * @param memory where it lies
     * @param at position of the pad length, after the padding
     * @param end the eight octets that end with the trailer, which hold the usual paddings
     */
    public static boolean isSequential(Memory memory, int at, long end) {
        int padLength = padLength(end);
        if (padLength <= PADDING_AT_END) {
            int others = (PADDING_AT_END - padLength) * Byte.SIZE;
            long difference = (end >>> 16) ^ (SEQUENCE_AT_END >>> others);
            return difference << 16 << others == 0; // in two steps, since no shift goes as far as 64
        }
        for (int i = 0; i < padLength; i++) {
            if (memory.octet(at - padLength + i) != i + 1) {
                return false;
            }
        }
        return true;
    }
}
