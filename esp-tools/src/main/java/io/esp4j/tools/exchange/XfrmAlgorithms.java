package io.esp4j.tools.exchange;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.Transform;
import java.util.Map;

/** The kernel's names of transforms, as {@code ip xfrm} has them. Stateless. */
final class XfrmAlgorithms {
    static final String CBC = "cbc(aes)";
    static final String NULL = "ecb(cipher_null)";

    private static final Map<Cipher, String> COMBINED = Map.of(
            Cipher.AES_GCM, "rfc4106(gcm(aes))",
            Cipher.AES_CCM, "rfc4309(ccm(aes))",
            Cipher.AES_GMAC, "rfc4543(gcm(aes))",
            Cipher.CHACHA20_POLY1305, "rfc7539esp(chacha20,poly1305)");
    private static final Map<Integrity, String> HMAC = Map.of(
            Integrity.HMAC_SHA1_96, "hmac(sha1)",
            Integrity.HMAC_SHA256_128, "hmac(sha256)",
            Integrity.HMAC_SHA384_192, "hmac(sha384)",
            Integrity.HMAC_SHA512_256, "hmac(sha512)");

    private XfrmAlgorithms() {}

    /** {@return the name of a combined mode} */
    static String combined(Transform transform) {
        return COMBINED.get(transform.cipher());
    }

    static String hmac(Transform transform) {
        return HMAC.get(transform.integrity());
    }

    static String encryption(Transform transform) {
        return transform.cipher() == Cipher.NULL ? NULL : CBC;
    }

    /** {@return the transform of a combined mode, or null if there is none} */
    static Transform combined(String algorithm, int keyOctets, int icvOctets) {
        for (Transform transform : Transform.all()) {
            if (algorithm.equals(combined(transform))
                    && !transform.implicitIv()
                    && transform.keyOctets() + transform.saltOctets() == keyOctets
                    && transform.icvOctets() == icvOctets) {
                return transform;
            }
        }
        return null;
    }

    /** {@return the transform of separate algorithms, or null if there is none} */
    static Transform separate(String encryption, int keyOctets, String hmac, int icvOctets) {
        for (Transform transform : Transform.all()) {
            if (!transform.combined()
                    && encryption(transform).equals(encryption)
                    && transform.keyOctets() == keyOctets
                    && hmac(transform).equals(hmac)
                    && transform.icvOctets() == icvOctets) {
                return transform;
            }
        }
        return null;
    }
}
