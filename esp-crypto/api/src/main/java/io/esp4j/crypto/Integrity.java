package io.esp4j.crypto;

/** The integrity half of a {@link Transform}: a truncated HMAC, or none where the cipher is a combined mode. */
public enum Integrity {
    /** The cipher is a combined mode and brings its own integrity. */
    COMBINED("", "", 0, 0),
    /** HMAC-SHA1-96, RFC 2404: only behind a legacy switch, for interoperability. */
    HMAC_SHA1_96("sha1", "HmacSHA1", 20, 12),
    /** HMAC-SHA-256-128, RFC 4868. */
    HMAC_SHA256_128("sha256", "HmacSHA256", 32, 16),
    /** HMAC-SHA-384-192, RFC 4868. */
    HMAC_SHA384_192("sha384", "HmacSHA384", 48, 24),
    /** HMAC-SHA-512-256, RFC 4868. */
    HMAC_SHA512_256("sha512", "HmacSHA512", 64, 32);

    private final String keyword;
    private final String algorithm;
    private final int keyOctets;
    private final int icvOctets;

    Integrity(String keyword, String algorithm, int keyOctets, int icvOctets) {
        this.keyword = keyword;
        this.algorithm = algorithm;
        this.keyOctets = keyOctets;
        this.icvOctets = icvOctets;
    }

    String keyword() {
        return keyword;
    }

    /** {@return the HMAC's standard name in the Java Cryptography Architecture, empty for a combined mode} */
    public String algorithm() {
        return algorithm;
    }

    /** {@return the length of the integrity key, in octets: that of the hash's output (RFC 4868 §2.1.1)} */
    public int keyOctets() {
        return keyOctets;
    }

    /** {@return the length of the truncated HMAC, in octets} */
    public int icvOctets() {
        return icvOctets;
    }
}
