package io.esp4j.crypto.jdk;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import javax.crypto.Cipher;

/**
 * The JCA providers that ciphers and hashes are taken from.
 *
 * @param ciphers provider of the ciphers
 * @param hashes provider of the hashes
 */
record Jca(Provider ciphers, Provider hashes) {
    static final String GCM = "AES/GCM/NoPadding";
    static final String CTR = "AES/CTR/NoPadding";
    static final String CBC = "AES/CBC/NoPadding";
    static final String CHACHA20_POLY1305 = "ChaCha20-Poly1305";

    Cipher cipher(String transformation) throws GeneralSecurityException {
        return Cipher.getInstance(transformation, ciphers);
    }

    MessageDigest hash(String algorithm) throws GeneralSecurityException {
        return MessageDigest.getInstance(algorithm, hashes);
    }

    /** Whether every one of the ciphers is there. */
    boolean hasCiphers(String... transformations) {
        try {
            for (String transformation : transformations) {
                cipher(transformation);
            }
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    boolean hasHash(String algorithm) {
        try {
            hash(algorithm);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
