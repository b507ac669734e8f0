package io.esp4j.crypto.testing;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** AES-CCM as RFC 3610 writes it, one block after the other. Slow, and for tests only. */
final class TextbookCcm {
    private TextbookCcm() {}

    /** Ciphertext and tag of {@code m} octets; L follows from the nonce. */
    static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] text, int m) {
        TextbookAes aes = new TextbookAes(key);
        int l = 15 - nonce.length;

        // §2.2 Authentication
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        blocks.write((aad.length > 0 ? 64 : 0) + 8 * ((m - 2) / 2) + (l - 1));
        blocks.writeBytes(nonce);
        for (int i = l - 1; i >= 0; i--) {
            blocks.write(i >= 4 ? 0 : text.length >>> (8 * i));
        }
        if (aad.length > 0) {
            blocks.write(aad.length >>> 8);
            blocks.write(aad.length);
            blocks.writeBytes(aad);
            pad(blocks);
        }
        blocks.writeBytes(text);
        pad(blocks);
        byte[] b = blocks.toByteArray();
        byte[] x = new byte[16];
        for (int i = 0; i < b.length; i += 16) {
            for (int j = 0; j < 16; j++) {
                x[j] ^= b[i + j];
            }
            x = aes.encrypt(x);
        }

        // §2.3 Encryption
        byte[] out = new byte[text.length + m];
        for (int i = 0; i < text.length; i += 16) {
            byte[] s = aes.encrypt(a(nonce, l, 1 + i / 16));
            for (int j = i; j < Math.min(i + 16, text.length); j++) {
                out[j] = (byte) (text[j] ^ s[j - i]);
            }
        }
        byte[] s0 = aes.encrypt(a(nonce, l, 0));
        for (int i = 0; i < m; i++) {
            out[text.length + i] = (byte) (x[i] ^ s0[i]);
        }
        return out;
    }

    private static void pad(ByteArrayOutputStream blocks) {
        while (blocks.size() % 16 != 0) {
            blocks.write(0);
        }
    }

    private static byte[] a(byte[] nonce, int l, int i) {
        byte[] a = Arrays.copyOf(new byte[] {(byte) (l - 1)}, 16);
        System.arraycopy(nonce, 0, a, 1, nonce.length);
        for (int j = 0; j < Math.min(4, l); j++) {
            a[15 - j] = (byte) (i >>> (8 * j));
        }
        return a;
    }
}
