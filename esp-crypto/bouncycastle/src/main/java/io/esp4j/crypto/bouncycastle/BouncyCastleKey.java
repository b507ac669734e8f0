package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.provider.ExpandedKey;
import java.util.Arrays;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Key octets, from which each session expands its own key schedule: Bouncy Castle's can't be shared. What a session holds is
 * dropped when it is closed but not overwritten. Threads: as its superclass says.
 */
final class BouncyCastleKey extends ExpandedKey {
    private final byte[] cipherKey;
    private final byte[] salt;
    private final byte[] integrityKey;

    BouncyCastleKey(Transform transform, boolean esn, KeyingMaterial material) {
        super(transform, esn);
        cipherKey = material.encryptionKey(transform);
        salt = material.salt(transform);
        integrityKey = material.integrityKey();
    }

    KeyParameter cipherKey() {
        return new KeyParameter(cipherKey);
    }

    KeyParameter integrityKey() {
        return new KeyParameter(integrityKey);
    }

    /** The salt at the beginning of a new array with room for the nonce. */
    byte[] newNonce() {
        return Arrays.copyOf(salt, layout().nonceOctets());
    }

    @Override
    protected void overwrite() {
        Arrays.fill(cipherKey, (byte) 0);
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(integrityKey, (byte) 0);
    }
}
