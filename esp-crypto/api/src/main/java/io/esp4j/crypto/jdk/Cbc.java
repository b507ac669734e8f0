package io.esp4j.crypto.jdk;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;

/**
 * AES in CBC mode (RFC 3602) on a cipher that is initialised once, with an IV of zeros.
 *
 * <p>The first block of CBC is E(P₁ ⊕ IV). With zeros in the cipher that is what encrypting P₁ ⊕ IV gives, and what
 * decrypting gives is P₁ ⊕ IV; the blocks after it depend on the ciphertext only. So no packet costs a key schedule or an
 * allocation. Threads: single owner thread.
 */
final class Cbc {
    static final int BLOCK_OCTETS = 16;

    private final Cipher encrypting;
    private final Cipher decrypting;

    Cbc(Jca jca, SecretKey key) throws GeneralSecurityException {
        encrypting = fixed(jca, Cipher.ENCRYPT_MODE, key);
        decrypting = fixed(jca, Cipher.DECRYPT_MODE, key);
    }

    /** A CBC cipher whose IV is zeros for good; it returns to it with every {@code doFinal}. */
    static Cipher fixed(Jca jca, int mode, SecretKey key) throws GeneralSecurityException {
        Cipher cipher = jca.cipher(Jca.CBC);
        cipher.init(mode, key, new IvParameterSpec(new byte[BLOCK_OCTETS]));
        return cipher;
    }

    /** Encrypts whole blocks in place; through scratch memory, since the JDK copies where input and output are one. */
    void encrypt(byte[] octets, int ivAt, int textAt, int textOctets, byte[] scratch) throws GeneralSecurityException {
        exclusiveOr(octets, textAt, octets, ivAt);
        encrypting.doFinal(octets, textAt, textOctets, scratch, 0);
        System.arraycopy(scratch, 0, octets, textAt, textOctets);
    }

    /** Decrypts whole blocks to the beginning of another array. */
    void decrypt(byte[] octets, int ivAt, int textAt, int textOctets, byte[] text) throws GeneralSecurityException {
        decrypting.doFinal(octets, textAt, textOctets, text, 0);
        exclusiveOr(text, 0, octets, ivAt);
    }

    private static void exclusiveOr(byte[] target, int targetAt, byte[] source, int sourceAt) {
        for (int i = 0; i < BLOCK_OCTETS; i++) {
            target[targetAt + i] ^= source[sourceAt + i];
        }
    }
}
