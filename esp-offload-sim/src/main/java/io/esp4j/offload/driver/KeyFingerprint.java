package io.esp4j.offload.driver;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.offload.control.OffloadSa;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Tells keys apart without holding one. Threads: immutable.
 *
 * @param high the first 8 octets of a digest
 * @param low the second 8
 */
record KeyFingerprint(long high, long low) {
    static KeyFingerprint of(OffloadSa sa) {
        KeyingMaterial material = sa.material();
        byte[] key = material.encryptionKey(sa.parameters().transform());
        byte[] salt = material.salt(sa.parameters().transform());
        byte[] integrity = material.integrityKey();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) sa.direction().ordinal());
            digest.update(key);
            digest.update(salt);
            ByteBuffer octets = ByteBuffer.wrap(digest.digest(integrity));
            return new KeyFingerprint(octets.getLong(), octets.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(integrity, (byte) 0);
        }
    }
}
