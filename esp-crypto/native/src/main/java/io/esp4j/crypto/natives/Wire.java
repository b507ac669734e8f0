package io.esp4j.crypto.natives;

import java.nio.ByteOrder;

/** Between network byte order and the machine's. No state. */
public final class Wire {
    private static final boolean SWAPS = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final long HIGH_HALF = 0xffff_ffffL << Integer.SIZE;

    private Wire() {}

    /**
     * {@return the eight octets of a value in the other order; its own inverse}
     *
     * @param value in network byte order or in the machine's
     */
    public static long order(long value) {
        return SWAPS ? Long.reverseBytes(value) : value;
    }

    /**
     * {@return a word that ends, in memory, with the first four octets of another}
     *
     * @param word in the machine's order, like the result
     */
    public static long endingWithFirstHalf(long word) {
        return SWAPS ? word << Integer.SIZE : word >>> Integer.SIZE;
    }

    /**
     * {@return a word that has, in memory, the first four octets of one word and the last four of another}
     *
     * @param first in the machine's order, like the result
     * @param last in the machine's order
     */
    public static long halves(long first, long last) {
        long low = SWAPS ? first : last;
        long high = SWAPS ? last : first;
        return (high & HIGH_HALF) | (low & ~HIGH_HALF);
    }

    /**
     * {@return a word in the machine's order whose octets in memory end with these}
     *
     * @param octets at most eight
     */
    public static long endingWith(byte[] octets) {
        long word = 0;
        for (byte octet : octets) {
            word = (word << Byte.SIZE) | (octet & 0xff);
        }
        return order(word);
    }
}
