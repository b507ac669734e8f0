package io.esp4j.crypto;

/** The encryption half of a {@link Transform}, or the whole of it where the algorithm is a combined mode. */
public enum Cipher {
    /** AES in Galois/Counter Mode, RFC 4106. */
    AES_GCM("gcm", 4, 8, true),
    /** AES in counter with CBC-MAC mode, RFC 4309. */
    AES_CCM("ccm", 3, 8, true),
    /** AES-GMAC: integrity without confidentiality, RFC 4543. */
    AES_GMAC("gmac", 4, 8, true),
    /** ChaCha20 and Poly1305, RFC 7634. */
    CHACHA20_POLY1305("chacha20poly1305", 4, 8, true),
    /** AES in cipher block chaining mode, RFC 3602. */
    AES_CBC("aes", 0, 16, false),
    /** No encryption, RFC 2410. */
    NULL("null", 0, 0, false);

    private final String keyword;
    private final int saltOctets;
    private final int ivOctets;
    private final boolean combined;

    Cipher(String keyword, int saltOctets, int ivOctets, boolean combined) {
        this.keyword = keyword;
        this.saltOctets = saltOctets;
        this.ivOctets = ivOctets;
        this.combined = combined;
    }

    String keyword() {
        return keyword;
    }

    int saltOctets() {
        return saltOctets;
    }

    int ivOctets() {
        return ivOctets;
    }

    /** {@return whether encryption and integrity are one algorithm (RFC 4303 §3.2.3)} */
    public boolean combined() {
        return combined;
    }
}
