package io.esp4j.crypto.jdk;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.provider.ExpandedKey;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** Key octets as JCA takes them. Threads: as its superclass says. */
final class JcaKey extends ExpandedKey {
    private final Jca jca;
    private final RawKey cipherKey;
    private final byte[] salt;
    private final Hmac.Pads pads;

    JcaKey(Jca jca, Transform transform, boolean esn, KeyingMaterial material) throws GeneralSecurityException {
        super(transform, esn);
        material.requireFits(transform);
        this.jca = jca;
        String algorithm = transform.cipher() == Cipher.CHACHA20_POLY1305 ? "ChaCha20" : "AES";
        cipherKey = new RawKey(algorithm, material.encryptionKey(transform));
        salt = material.salt(transform);
        if (transform.integrity() == Integrity.COMBINED) {
            pads = null;
        } else {
            byte[] integrityKey = material.integrityKey();
            pads = new Hmac.Pads(jca.hash(hashName(transform.integrity())), integrityKey);
            Arrays.fill(integrityKey, (byte) 0);
        }
    }

    static String hashName(Integrity integrity) {
        return switch (integrity) {
            case COMBINED -> throw new IllegalArgumentException("a combined mode has no hash");
            case HMAC_SHA1_96 -> "SHA-1";
            case HMAC_SHA256_128 -> "SHA-256";
            case HMAC_SHA384_192 -> "SHA-384";
            case HMAC_SHA512_256 -> "SHA-512";
        };
    }

    RawKey cipherKey() {
        return cipherKey;
    }

    /** The salt at the beginning of a new array with room for the nonce. */
    byte[] newNonce() {
        return Arrays.copyOf(salt, layout().nonceOctets());
    }

    Jca jca() {
        return jca;
    }

    Hmac newHmac() throws GeneralSecurityException {
        return new Hmac(jca.hash(hashName(transform().integrity())), pads);
    }

    @Override
    protected void overwrite() {
        cipherKey.destroy();
        Arrays.fill(salt, (byte) 0);
        if (pads != null) {
            pads.destroy();
        }
    }
}
