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
        switch (padLength) { // the usual ones in one or two stores
            case 0 -> memory.int16(at, nextHeader);
            case 1 -> {
                memory.octet(at, 1);
                memory.int16(at + 1, 0x0100 | nextHeader);
            }
            case 2 -> memory.int32(at, 0x0102_0200 | nextHeader);
            case 3 -> {
                memory.octet(at, 1);
                memory.int32(at + 1, 0x0203_0300 | nextHeader);
            }
            default -> {
                memory.write(at, PADDING, 0, padLength);
                memory.int16(at + padLength, (padLength << 8) | nextHeader);
            }
        }
    }

    /**
     * {@return whether padding is 1, 2, 3 …}
     *
     * @param memory where it lies
     * @param at position of the first octet of padding
     * @param padLength octets of padding
     */
    public static boolean isSequential(Memory memory, int at, int padLength) {
        if (padLength == 2) { // the usual one
            return memory.int16(at) == 0x0102;
        }
        for (int i = 0; i < padLength; i++) {
            if (memory.octet(at + i) != i + 1) {
                return false;
            }
        }
        return true;
    }
}
