package io.esp4j.dataplane;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which keys are installed, so that one is not installed twice: the same key for two SAs repeats nonces in counter modes
 * (RFC 4106 §3.1). It holds no keys, only their HMACs under a random key of this process. Threads: thread-safe.
 */
final class KeyRegistry {
    private static final String HMAC = "HmacSHA256";

    private final Map<Fingerprint, Integer> installed = new HashMap<>();
    private final SecretKeySpec fingerprintKey;

    KeyRegistry() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        fingerprintKey = new SecretKeySpec(random, HMAC);
    }

    /**
     * The first 16 octets of a key's HMAC.
     *
     * @param high the first 8
     * @param low the second 8
     * @param shared whether its SA lets others have the same key
     */
    record Fingerprint(long high, long low, boolean shared) {}

    /**
     * Notes a key.
     *
     * @throws IllegalArgumentException if it is installed and is not shared by both SAs
     */
    synchronized Fingerprint register(Transform transform, KeyingMaterial material, boolean shared) {
        Fingerprint mine = fingerprint(transform, material, shared);
        Fingerprint exclusive = new Fingerprint(mine.high, mine.low, false);
        Fingerprint common = new Fingerprint(mine.high, mine.low, true);
        if (installed.containsKey(exclusive) || (!shared && installed.containsKey(common))) {
            throw new IllegalArgumentException("the key is in use by another SA: expected a key of its own for each"
                    + " direction, or both SAs to share it explicitly");
        }
        installed.merge(mine, 1, Integer::sum);
        return mine;
    }

    synchronized void release(Fingerprint fingerprint) {
        installed.computeIfPresent(fingerprint, (key, count) -> count == 1 ? null : count - 1);
    }

    private Fingerprint fingerprint(Transform transform, KeyingMaterial material, boolean shared) {
        material.requireFits(transform);
        byte[] key = transform.keyOctets() == 0 ? material.integrityKey() : material.encryptionKey(transform);
        byte[] salt = material.salt(transform);
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(fingerprintKey);
            mac.update(key);
            ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(salt));
            return new Fingerprint(digest.getLong(), digest.getLong(), shared);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(salt, (byte) 0);
        }
    }
}
