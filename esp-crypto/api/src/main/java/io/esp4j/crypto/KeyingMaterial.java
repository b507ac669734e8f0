package io.esp4j.crypto;

import java.util.Arrays;
import javax.security.auth.Destroyable;

/**
 * The key octets of one security association in one direction: encryption key with salt, and an integrity key where the
 * algorithms are separate.
 *
 * <p>Octets are copied in, compared in constant time, overwritten by {@link #destroy()}, and never printed. Threads: safe
 * to share until destroyed; whoever destroys it makes sure that nobody reads it any more.
 */
public final class KeyingMaterial implements Destroyable {
    private static final byte[] NOTHING = {};

    private final byte[] key;
    private final byte[] integrityKey;
    private volatile boolean destroyed;

    private KeyingMaterial(byte[] key, byte[] integrityKey) {
        this.key = key;
        this.integrityKey = integrityKey;
    }

    /**
     * Keying material for a combined mode.
     *
     * @param keyAndSalt encryption key followed by the salt (RFC 4106 §8.1, RFC 4309 §7.1, RFC 7634 §2, RFC 4543 §5.4)
     * @return a copy
     */
    public static KeyingMaterial of(byte[] keyAndSalt) {
        return of(keyAndSalt, new byte[0]);
    }

    /**
     * Keying material for separate algorithms.
     *
     * @param key encryption key, empty for NULL
     * @param integrityKey key of the HMAC
     * @return a copy
     */
    public static KeyingMaterial of(byte[] key, byte[] integrityKey) {
        return new KeyingMaterial(copy(key), copy(integrityKey));
    }

    /** No octets need no array of their own: of a million SAs most have no integrity key. */
    private static byte[] copy(byte[] octets) {
        return octets.length == 0 ? NOTHING : octets.clone();
    }

    /**
     * Checks the lengths against a transform.
     *
     * @param transform what the key is for
     * @throws IllegalArgumentException if a length is wrong; the message has lengths only
     * @throws IllegalStateException if the material was destroyed
     */
    public void requireFits(Transform transform) {
        if (destroyed) {
            throw new IllegalStateException("the keying material has been destroyed");
        }
        int expected = transform.keyOctets() + transform.saltOctets();
        if (key.length != expected) {
            throw new IllegalArgumentException(transform + " takes a key of " + expected + " octets"
                    + (transform.saltOctets() == 0 ? "" : " (" + transform.saltOctets() + " of them salt)") + ", found "
                    + key.length);
        }
        if (integrityKey.length != transform.integrityKeyOctets()) {
            throw new IllegalArgumentException(transform + " takes an integrity key of "
                    + transform.integrityKeyOctets() + " octets, found " + integrityKey.length);
        }
    }

    /**
     * {@return a copy of the encryption key without the salt; the caller overwrites it after use}
     *
     * @param transform says where the salt begins
     */
    public byte[] encryptionKey(Transform transform) {
        requireFits(transform);
        return Arrays.copyOf(key, transform.keyOctets());
    }

    /**
     * {@return a copy of the salt}
     *
     * @param transform says where the salt begins
     */
    public byte[] salt(Transform transform) {
        requireFits(transform);
        return Arrays.copyOfRange(key, transform.keyOctets(), key.length);
    }

    /** {@return a copy of the integrity key; the caller overwrites it after use} */
    public byte[] integrityKey() {
        return integrityKey.clone();
    }

    /** {@return a second copy that is destroyed on its own} */
    public KeyingMaterial copy() {
        return of(key, integrityKey);
    }

    @Override
    public void destroy() {
        Arrays.fill(key, (byte) 0);
        Arrays.fill(integrityKey, (byte) 0);
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public String toString() {
        return "KeyingMaterial[" + key.length + " + " + integrityKey.length + " octets]";
    }
}
