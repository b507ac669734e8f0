package io.esp4j.crypto.natives;

import java.nio.ByteOrder;

/** Between network byte order and the machine's. No state. */
public final class Wire {
    private static final boolean SWAPS = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

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
