package io.esp4j.crypto.natives.ipsecmb;

/**
 * {@code IMB_JOB}: positions of its fields, in 64-bit words, and values of its enumerations; the same in versions 1.3 to 2.0. No state.
 */
final class Job {
    static final int ENCRYPTION_KEYS = 0;
    static final int DECRYPTION_KEYS = 1;
    static final int KEY_OCTETS = 2;
    static final int SOURCE = 3;
    static final int DESTINATION = 4;
    static final int CIPHER_OFFSET = 5;
    static final int CIPHER_OCTETS = 6;
    static final int HASH_OFFSET = 7;
    static final int HASH_OCTETS = 8;
    static final int IV = 9;
    static final int IV_OCTETS = 10;
    static final int ICV = 11;
    static final int ICV_OCTETS = 12;

    /** {@code u.GCM.aad}, and the same of CCM and ChaCha20-Poly1305. */
    static final int AAD = 13;

    static final int AAD_OCTETS = 14;
    static final int GMAC_KEY = 13;
    static final int GMAC_IV = 14;
    static final int GMAC_IV_OCTETS = 15;
    static final int HMAC_INNER = 13;
    static final int HMAC_OUTER = 14;

    /** {@code status} in the low half, {@code cipher_mode} in the high half. */
    static final int STATUS_AND_CIPHER = 16;

    /** {@code cipher_direction} in the low half, {@code hash_alg} in the high half. */
    static final int DIRECTION_AND_HASH = 17;

    /** {@code chain_order} in the low half, padding in the high half. */
    static final int CHAIN_ORDER = 18;

    /** {@code suite_id} and {@code session_id}, to the end of the job; since 1.4. */
    static final int SUITE = 25;

    static final int ENCRYPT = 1;
    static final int DECRYPT = 2;

    static final int CIPHER_THEN_HASH = 1;
    static final int HASH_THEN_CIPHER = 2;

    static final int CIPHER_CBC = 1;
    static final int CIPHER_NULL = 3;
    static final int CIPHER_GCM = 5;
    static final int CIPHER_CCM = 9;
    static final int CIPHER_CHACHA20_POLY1305 = 19;

    static final int HASH_HMAC_SHA1 = 1;
    static final int HASH_HMAC_SHA256 = 3;
    static final int HASH_HMAC_SHA384 = 4;
    static final int HASH_HMAC_SHA512 = 5;
    static final int HASH_GCM = 9;
    static final int HASH_CCM = 11;
    static final int HASH_GMAC_128 = 24;
    static final int HASH_CHACHA20_POLY1305 = 29;

    private Job() {}
}
