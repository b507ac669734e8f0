package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * The ESP header, RFC 4303 §2, and the IV that follows it. Stateless.
 *
 * <pre>
 * |               Security Parameters Index (SPI)                 |
 * |                      Sequence Number                          |
 * |                      IV, if on the wire                       |
 * </pre>
 */
public final class EspHeader {
    /** The length of SPI and sequence number. */
    public static final int OCTETS = 8;

    private EspHeader() {}

    /**
     * Writes SPI and the low half of the sequence number.
     *
     * @param memory where they go
     * @param at position of the SPI
     * @param spi the Security Parameters Index
     * @param sequence the 64-bit number
     */
    public static void write(Memory memory, int at, int spi, long sequence) {
        memory.int64(at, ((long) spi << 32) | (sequence & 0xffff_ffffL));
    }

    /**
     * {@return the SPI}
     *
     * @param header the eight octets of a header
     */
    public static int spi(long header) {
        return (int) (header >>> 32);
    }

    /**
     * {@return the low half of the sequence number}
     *
     * @param header the eight octets of a header
     */
    public static int sequenceLow(long header) {
        return (int) header;
    }
}
