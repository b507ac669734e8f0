package io.esp4j.crypto.jdk;

import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC (RFC 2104) on a hash: H(K ⊕ opad ‖ H(K ⊕ ipad ‖ message)), without an allocation.
 *
 * <p>Threads: single owner thread; the {@link Pads} are shared by every session of a key.
 */
final class Hmac {
    private final MessageDigest hash;
    private final Pads pads;
    private final byte[] result;

    Hmac(MessageDigest hash, Pads pads) {
        this.hash = hash;
        this.pads = pads;
        this.result = new byte[hash.getDigestLength()];
    }

    /**
     * K ⊕ ipad and K ⊕ opad. Threads: immutable until destroyed; who reads them meanwhile asks afterwards whether the key was
     * closed.
     */
    static final class Pads {
        private final byte[] inner;
        private final byte[] outer;

        /** A key longer than the hash's block is hashed first. */
        Pads(MessageDigest hash, byte[] key) {
            int block = hash.getDigestLength() > 32 ? 128 : 64;
            byte[] k = key.length > block ? hash.digest(key) : key;
            inner = pad(k, block, 0x36);
            outer = pad(k, block, 0x5c);
            if (k != key) {
                Arrays.fill(k, (byte) 0);
            }
        }

        private static byte[] pad(byte[] key, int block, int octet) {
            byte[] pad = new byte[block];
            for (int i = 0; i < block; i++) {
                pad[i] = (byte) (octet ^ (i < key.length ? key[i] : 0));
            }
            return pad;
        }

        void destroy() {
            Arrays.fill(inner, (byte) 0);
            Arrays.fill(outer, (byte) 0);
        }
    }

    void start() {
        hash.reset();
        hash.update(pads.inner);
    }

    void update(byte[] octets, int at, int count) {
        hash.update(octets, at, count);
    }

    /** Ends it; the result, untruncated, is valid until the next one. */
    byte[] end() throws DigestException {
        hash.digest(result, 0, result.length);
        hash.update(pads.outer);
        hash.update(result);
        hash.digest(result, 0, result.length);
        return result;
    }
}
