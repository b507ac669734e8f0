package io.esp4j.tools.sa;

import io.esp4j.crypto.Transform;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Finds SAs with equal keys by digests of them. Threads: single owner thread. */
final class KeyComparison {
    private final Map<ByteBuffer, SaEntry> found = new HashMap<>();

    /** {@return an SA added before that has the same key, and of several the first; null if there is none} */
    SaEntry add(SaEntry sa) {
        return found.putIfAbsent(digest(sa), sa);
    }

    /** Of the field {@code key}, salt included; of {@code integrityKey} where nothing is encrypted. */
    private static ByteBuffer digest(SaEntry sa) {
        Transform transform = sa.transform();
        byte[] key = transform.keyOctets() == 0
                ? sa.material().integrityKey()
                : sa.material().encryptionKey(transform);
        byte[] salt = sa.material().salt(transform);
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(key);
            return ByteBuffer.wrap(sha.digest(salt));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(salt, (byte) 0);
        }
    }
}
