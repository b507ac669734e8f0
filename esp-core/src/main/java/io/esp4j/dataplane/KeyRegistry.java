package io.esp4j.dataplane;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.replay.SequenceNumbers;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Which keys are installed, so that one is not installed twice: the same key for two SAs repeats nonces in counter modes
 * (RFC 4106 §3.1). Of the latest keys that have sent in a counter mode and were removed it remembers the last number, so that
 * they do not send it again. It holds no keys, only their HMACs under a random key of this process. Threads:
 * thread-safe.
 */
final class KeyRegistry {
    private static final String HMAC = "HmacSHA256";

    private final Map<Fingerprint, Integer> installed = new HashMap<>();
    /** The last numbers of keys that have sent, those removed first in front. */
    private final Map<Fingerprint, Long> sent = new LinkedHashMap<>();

    private final int remembered;
    private final SecretKeySpec fingerprintKey;

    /**
     * Without keys.
     *
     * @param remembered how many removed keys are remembered at most
     */
    KeyRegistry(int remembered) {
        this.remembered = remembered;
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
     * @param sequence no number up to this one will be sent under it
     * @throws IllegalArgumentException if it is installed and is not shared by both SAs, or has sent a higher number
     */
    synchronized Fingerprint register(Transform transform, KeyingMaterial material, boolean shared, long sequence) {
        Fingerprint mine = fingerprint(transform, material, shared);
        Fingerprint exclusive = new Fingerprint(mine.high, mine.low, false);
        Fingerprint common = new Fingerprint(mine.high, mine.low, true);
        if (installed.containsKey(exclusive) || (!shared && installed.containsKey(common))) {
            throw new IllegalArgumentException("the key is in use by another SA: expected a key of its own for each"
                    + " direction, or both SAs to share it explicitly");
        }
        long last = sent.getOrDefault(exclusive, SequenceNumbers.NONE);
        if (SequenceNumbers.isAbove(last, sequence)) {
            throw new IllegalArgumentException("the key has sent numbers up to " + Long.toUnsignedString(last)
                    + " and would repeat nonces: expected a key of its own, or a sequence of at least that, found "
                    + Long.toUnsignedString(sequence));
        }
        installed.merge(mine, 1, Integer::sum);
        return mine;
    }

    /** Frees a key; {@code last} is the last number that it has sent in a counter mode, or {@link SequenceNumbers#NONE}. */
    synchronized void release(Fingerprint fingerprint, long last) {
        if (last != SequenceNumbers.NONE) {
            remember(new Fingerprint(fingerprint.high, fingerprint.low, false), last);
        }
        installed.computeIfPresent(fingerprint, (key, count) -> count == 1 ? null : count - 1);
    }

    private void remember(Fingerprint key, long last) {
        sent.remove(key);
        sent.put(key, last);
        if (sent.size() > remembered) {
            Iterator<Fingerprint> keys = sent.keySet().iterator();
            keys.next();
            keys.remove();
        }
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
