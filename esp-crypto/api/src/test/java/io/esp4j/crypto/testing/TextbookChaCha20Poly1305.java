package io.esp4j.crypto.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** ChaCha20 and Poly1305 as RFC 8439 writes them, the latter in big integers. Slow, and for tests only. */
final class TextbookChaCha20Poly1305 {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(130).subtract(BigInteger.valueOf(5));
    private static final BigInteger CLAMP = new BigInteger("0ffffffc0ffffffc0ffffffc0fffffff", 16);

    private TextbookChaCha20Poly1305() {}

    /** §2.8: ciphertext and tag. */
    static byte[] seal(byte[] key, byte[] nonce, byte[] aad, byte[] text) {
        byte[] oneTimeKey = Arrays.copyOf(block(key, 0, nonce), 32);
        byte[] sealed = crypt(key, 1, nonce, text);
        ByteArrayOutputStream mac = new ByteArrayOutputStream();
        mac.writeBytes(aad);
        pad16(mac);
        mac.writeBytes(sealed);
        pad16(mac);
        mac.writeBytes(littleEndian64(aad.length));
        mac.writeBytes(littleEndian64(sealed.length));
        byte[] tag = poly1305(oneTimeKey, mac.toByteArray());
        byte[] out = Arrays.copyOf(sealed, sealed.length + 16);
        System.arraycopy(tag, 0, out, sealed.length, 16);
        return out;
    }

    /** §2.4. */
    static byte[] crypt(byte[] key, int counter, byte[] nonce, byte[] text) {
        byte[] out = text.clone();
        for (int i = 0; i < text.length; i += 64) {
            byte[] stream = block(key, counter + i / 64, nonce);
            for (int j = i; j < Math.min(i + 64, text.length); j++) {
                out[j] ^= stream[j - i];
            }
        }
        return out;
    }

    /** §2.3. */
    static byte[] block(byte[] key, int counter, byte[] nonce) {
        ByteBuffer in = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        in.putInt(0x61707865).putInt(0x3320646e).putInt(0x79622d32).putInt(0x6b206574);
        in.put(key).putInt(counter).put(nonce).flip();
        int[] state = new int[16];
        in.asIntBuffer().get(state);
        int[] working = state.clone();
        for (int i = 0; i < 10; i++) {
            quarterRound(working, 0, 4, 8, 12);
            quarterRound(working, 1, 5, 9, 13);
            quarterRound(working, 2, 6, 10, 14);
            quarterRound(working, 3, 7, 11, 15);
            quarterRound(working, 0, 5, 10, 15);
            quarterRound(working, 1, 6, 11, 12);
            quarterRound(working, 2, 7, 8, 13);
            quarterRound(working, 3, 4, 9, 14);
        }
        ByteBuffer out = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 16; i++) {
            out.putInt(working[i] + state[i]);
        }
        return out.array();
    }

    /** §2.1. */
    private static void quarterRound(int[] s, int a, int b, int c, int d) {
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 16);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 12);
        s[a] += s[b];
        s[d] = Integer.rotateLeft(s[d] ^ s[a], 8);
        s[c] += s[d];
        s[b] = Integer.rotateLeft(s[b] ^ s[c], 7);
    }

    /** §2.5. */
    static byte[] poly1305(byte[] key, byte[] message) {
        BigInteger r = littleEndian(key, 0, 16).and(CLAMP);
        BigInteger s = littleEndian(key, 16, 16);
        BigInteger a = BigInteger.ZERO;
        for (int i = 0; i < message.length; i += 16) {
            int octets = Math.min(16, message.length - i);
            BigInteger n = littleEndian(message, i, octets).setBit(8 * octets);
            a = a.add(n).multiply(r).mod(P);
        }
        byte[] big = a.add(s).toByteArray();
        byte[] tag = new byte[16];
        for (int i = 0; i < 16 && i < big.length; i++) {
            tag[i] = big[big.length - 1 - i];
        }
        return tag;
    }

    private static BigInteger littleEndian(byte[] octets, int at, int count) {
        byte[] big = new byte[count];
        for (int i = 0; i < count; i++) {
            big[i] = octets[at + count - 1 - i];
        }
        return new BigInteger(1, big);
    }

    private static byte[] littleEndian64(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static void pad16(ByteArrayOutputStream out) {
        while (out.size() % 16 != 0) {
            out.write(0);
        }
    }
}
