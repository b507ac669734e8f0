package io.esp4j.crypto.jdk;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * A combined mode that the JCA has whole: AES-GCM with an ICV of 12 octets or more, and ChaCha20-Poly1305.
 *
 * <p>Decrypts into another array than the packet's: with one array for both, early updates of JDK 17 allocate a copy of
 * the whole of it, however many packets it holds, and JDK 25 leaves its fastest code. Threads: single owner thread.
 */
final class JceAead implements Aead {
    private final int icvOctets;
    private final NonceCipher sealing;
    private final NonceCipher opening;

    private JceAead(int icvOctets, NonceCipher sealing, NonceCipher opening) {
        this.icvOctets = icvOctets;
        this.sealing = sealing;
        this.opening = opening;
    }

    static JceAead gcm(Jca jca, SecretKey key, int nonceOctets, int icvOctets) throws GeneralSecurityException {
        return new JceAead(
                icvOctets,
                NonceCipher.gcm(jca.cipher(Jca.GCM), Cipher.ENCRYPT_MODE, key, nonceOctets, icvOctets),
                NonceCipher.gcm(jca.cipher(Jca.GCM), Cipher.DECRYPT_MODE, key, nonceOctets, icvOctets));
    }

    static JceAead chaCha20Poly1305(Jca jca, SecretKey key) throws GeneralSecurityException {
        return new JceAead(
                16,
                NonceCipher.of(jca.cipher(Jca.CHACHA20_POLY1305), Cipher.ENCRYPT_MODE, key, 12),
                NonceCipher.of(jca.cipher(Jca.CHACHA20_POLY1305), Cipher.DECRYPT_MODE, key, 12));
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] scratch)
            throws GeneralSecurityException {
        Cipher cipher = sealing.with(nonce);
        cipher.updateAAD(aad, 0, aadOctets);
        cipher.doFinal(octets, textAt, textOctets, octets, textAt);
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] text)
            throws GeneralSecurityException {
        Cipher cipher = opening.withAny(nonce);
        cipher.updateAAD(aad, 0, aadOctets);
        try {
            cipher.doFinal(octets, textAt, textOctets + icvOctets, text, 0);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        }
    }

    /** Authenticates only: GMAC (RFC 4543) is GCM without text, its ICV written at a position. */
    void authenticate(byte[] nonce, byte[] head, int headOctets, byte[] octets, int bodyAt, int bodyOctets, int icvAt)
            throws GeneralSecurityException {
        Cipher cipher = sealing.with(nonce);
        cipher.updateAAD(head, 0, headOctets);
        cipher.updateAAD(octets, bodyAt, bodyOctets);
        cipher.doFinal(octets, icvAt, 0, octets, icvAt);
    }

    /** The reverse of {@link #authenticate}. */
    boolean verify(
            byte[] nonce,
            byte[] head,
            int headOctets,
            byte[] octets,
            int bodyAt,
            int bodyOctets,
            int icvAt,
            byte[] none)
            throws GeneralSecurityException {
        Cipher cipher = opening.withAny(nonce);
        cipher.updateAAD(head, 0, headOctets);
        cipher.updateAAD(octets, bodyAt, bodyOctets);
        try {
            cipher.doFinal(octets, icvAt, icvOctets, none, 0);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        }
    }
}
