package io.esp4j.tools.exchange;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;
import io.esp4j.crypto.Transform;
import java.util.Map;

/** Wireshark's names of transforms. Stateless. */
final class EspSaAlgorithms {
    static final String NULL = "NULL";

    private static final String CBC = "AES-CBC [RFC3602]";
    private static final Map<Integrity, String> HMAC = Map.of(
            Integrity.HMAC_SHA1_96, "HMAC-SHA-1-96 [RFC2404]",
            Integrity.HMAC_SHA256_128, "HMAC-SHA-256-128 [RFC4868]",
            Integrity.HMAC_SHA384_192, "HMAC-SHA-384-192 [RFC4868]",
            Integrity.HMAC_SHA512_256, "HMAC-SHA-512-256 [RFC4868]");
    /** Some name the length of a GCM ICV beside the cipher and not in it. */
    private static final String GCM_APART = "AES-GCM [RFC4106]";

    private EspSaAlgorithms() {}

    /** {@return the name of the encryption, or null if Wireshark has none} */
    static String encryption(Transform transform) {
        return switch (transform.cipher()) {
            case AES_GCM -> gcm(transform);
            case CHACHA20_POLY1305 ->
                transform.implicitIv()
                        ? "ChaCha20 with Poly1305 and IIV [RFC7634 & RFC8750]"
                        : "ChaCha20 with Poly1305 [RFC7634]";
            case AES_CBC -> CBC;
            case NULL -> NULL;
            case AES_CCM, AES_GMAC -> null;
        };
    }

    private static String gcm(Transform transform) {
        if (!transform.implicitIv()) {
            return "AES-GCM with " + transform.icvOctets() + " octet ICV [RFC4106]";
        }
        return transform.icvOctets() == 16 ? "AES-GCM with IIV and 16 octet ICV [RFC4106 & RFC8750]" : null;
    }

    /** {@return the name of the authentication} */
    static String authentication(Transform transform) {
        return transform.combined() ? NULL : HMAC.get(transform.integrity());
    }

    /** {@return the transform of two names and a key's length, or null if there is none} */
    static Transform transform(String encryption, int keyOctets, String authentication) {
        String cipher = encryption;
        String integrity = authentication;
        if (encryption.equals(GCM_APART)
                && authentication.matches("ANY (64|96|128) bit authentication \\[no checking]")) {
            int bits = Integer.parseInt(authentication.split(" ", 3)[1]);
            cipher = "AES-GCM with " + bits / 8 + " octet ICV [RFC4106]";
            integrity = NULL;
        }
        for (Transform transform : Transform.all()) {
            if (cipher.equals(encryption(transform))
                    && integrity.equals(authentication(transform))
                    && (transform.keyOctets() + transform.saltOctets() == keyOctets
                            || transform.cipher() == Cipher.NULL)) {
                return transform;
            }
        }
        return null;
    }
}
