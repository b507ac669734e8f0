package io.esp4j.crypto.testing;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** AES-GCM as NIST SP 800-38D writes it, with a nonce of 96 bits; GHASH bit by bit. Slow, and for tests only. */
final class TextbookGcm {
    private TextbookGcm() {}

    /** Ciphertext and full tag of 16 octets. */
    static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] text) {
        TextbookAes aes = new TextbookAes(key);
        byte[] h = aes.encrypt(new byte[16]);
        byte[] j0 = Arrays.copyOf(nonce, 16);
        j0[15] = 1;

        byte[] out = new byte[text.length + 16];
        for (int i = 0; i < text.length; i += 16) {
            byte[] counter = Arrays.copyOf(nonce, 16);
            ByteBuffer.wrap(counter).putInt(12, 2 + i / 16);
            byte[] stream = aes.encrypt(counter);
            for (int j = i; j < Math.min(i + 16, text.length); j++) {
                out[j] = (byte) (text[j] ^ stream[j - i]);
            }
        }
        byte[] lengths = ByteBuffer.allocate(16)
                .putLong(aad.length * 8L)
                .putLong(text.length * 8L)
                .array();
        long[] y = new long[2];
        ghash(y, h, aad, aad.length);
        ghash(y, h, out, text.length);
        ghash(y, h, lengths, 16);
        byte[] s = ByteBuffer.allocate(16).putLong(y[0]).putLong(y[1]).array();
        byte[] mask = aes.encrypt(j0);
        for (int i = 0; i < 16; i++) {
            out[text.length + i] = (byte) (s[i] ^ mask[i]);
        }
        return out;
    }

    /** §6.4: Y ← (Y ⊕ X) · H for each block X, the last one padded with zeros. */
    private static void ghash(long[] y, byte[] h, byte[] data, int length) {
        for (int i = 0; i < length; i += 16) {
            ByteBuffer x = ByteBuffer.wrap(Arrays.copyOf(Arrays.copyOfRange(data, i, Math.min(i + 16, length)), 16));
            y[0] ^= x.getLong();
            y[1] ^= x.getLong();
            multiply(y, ByteBuffer.wrap(h).getLong(), ByteBuffer.wrap(h).getLong(8));
        }
    }

    /** §6.3, algorithm 1. */
    private static void multiply(long[] x, long high, long low) {
        long zHigh = 0;
        long zLow = 0;
        long vHigh = high;
        long vLow = low;
        for (int i = 0; i < 128; i++) {
            long bit = i < 64 ? x[0] >>> (63 - i) : x[1] >>> (127 - i);
            if ((bit & 1) != 0) {
                zHigh ^= vHigh;
                zLow ^= vLow;
            }
            long carry = vLow & 1;
            vLow = (vLow >>> 1) | (vHigh << 63);
            vHigh = vHigh >>> 1;
            if (carry != 0) {
                vHigh ^= 0xe1L << 56;
            }
        }
        x[0] = zHigh;
        x[1] = zLow;
    }
}
