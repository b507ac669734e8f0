package io.esp4j.crypto.natives;

import io.esp4j.memory.Memory;
import java.nio.LongBuffer;

/** ICVs between native memory and packets. No state. */
public final class Icv {
    private static final int USUAL_OCTETS = 16;

    private Icv() {}

    /**
     * Compares two ICVs in a time that depends on their length only.
     *
     * @param received where one lies
     * @param at its position
     * @param words native memory with the other, in native byte order
     * @param word its position there, in words
     * @param octets their length, a multiple of 4
     * @return whether they are equal
     */
    public static boolean equal(Memory received, int at, LongBuffer words, int word, int octets) {
        if (octets == USUAL_OCTETS) {
            return ((received.word(at) ^ words.get(word)) | (received.word(at + Long.BYTES) ^ words.get(word + 1)))
                    == 0;
        }
        long difference = 0;
        int i = 0;
        for (; i + Long.BYTES <= octets; i += Long.BYTES) {
            difference |= received.word(at + i) ^ words.get(word + i / Long.BYTES);
        }
        if (i < octets) {
            difference |=
                    received.int32(at + i) ^ (int) (Wire.order(words.get(word + i / Long.BYTES)) >>> Integer.SIZE);
        }
        return difference == 0;
    }

    /**
     * Copies an ICV to its place.
     *
     * @param words native memory that it begins in, in native byte order
     * @param word its position there, in words
     * @param target where it goes
     * @param at its position
     * @param octets its length, a multiple of 4; what follows in the source is cut off
     */
    public static void write(LongBuffer words, int word, Memory target, int at, int octets) {
        int i = 0;
        for (; i + Long.BYTES <= octets; i += Long.BYTES) {
            target.int64(at + i, Wire.order(words.get(word + i / Long.BYTES)));
        }
        if (i < octets) {
            target.int32(at + i, (int) (Wire.order(words.get(word + i / Long.BYTES)) >>> Integer.SIZE));
        }
    }
}
