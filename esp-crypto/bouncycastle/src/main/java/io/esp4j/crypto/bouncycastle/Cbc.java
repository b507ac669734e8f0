package io.esp4j.crypto.bouncycastle;

import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;

/** AES in CBC mode (RFC 3602) on a bare block cipher, which is never initialised again. Threads: single owner thread. */
final class Cbc {
    private static final int BLOCK_OCTETS = 16;

    private final BlockCipher encrypting = AESEngine.newInstance();
    private final BlockCipher decrypting = AESEngine.newInstance();

    Cbc(KeyParameter key) {
        encrypting.init(true, key);
        decrypting.init(false, key);
    }

    /** Encrypts whole blocks in place. */
    void encrypt(byte[] octets, int ivAt, int textAt, int textOctets) {
        int previous = ivAt;
        for (int at = textAt; at < textAt + textOctets; at += BLOCK_OCTETS) {
            exclusiveOr(octets, at, octets, previous);
            encrypting.processBlock(octets, at, octets, at);
            previous = at;
        }
    }

    /** Decrypts whole blocks to the beginning of another array. */
    void decrypt(byte[] octets, int ivAt, int textAt, int textOctets, byte[] text) {
        int previous = ivAt;
        for (int i = 0; i < textOctets; i += BLOCK_OCTETS) {
            decrypting.processBlock(octets, textAt + i, text, i);
            exclusiveOr(text, i, octets, previous);
            previous = textAt + i;
        }
    }

    private static void exclusiveOr(byte[] target, int targetAt, byte[] source, int sourceAt) {
        for (int i = 0; i < BLOCK_OCTETS; i++) {
            target[targetAt + i] ^= source[sourceAt + i];
        }
    }
}
