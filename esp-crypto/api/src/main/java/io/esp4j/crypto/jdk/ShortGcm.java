package io.esp4j.crypto.jdk;

import io.esp4j.crypto.provider.Icv;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;

/**
 * AES-GCM with an ICV of fewer than 12 octets, which the JDK's GCM does not offer (RFC 4106 §6 has 8).
 *
 * <p>Sealing truncates the full ICV. Opening decrypts in counter mode, encrypts the result again for its full ICV, and
 * compares the part that is on the wire: two passes where the JDK's own needs one. Threads: single owner thread.
 */
final class ShortGcm implements Aead {
    private static final int FULL_ICV_OCTETS = 16;
    private static final int NONCE_OCTETS = 12;

    private final int icvOctets;
    private final NonceCipher gcm;
    private final NonceCipher counter;
    private final byte[] counterBlock = new byte[16];
    private byte[] again = new byte[0];

    ShortGcm(Jca jca, SecretKey key, int icvOctets) throws GeneralSecurityException {
        this.icvOctets = icvOctets;
        gcm = NonceCipher.gcm(jca.cipher(Jca.GCM), Cipher.ENCRYPT_MODE, key, NONCE_OCTETS, FULL_ICV_OCTETS);
        counter = NonceCipher.of(jca.cipher(Jca.CTR), Cipher.ENCRYPT_MODE, key, counterBlock.length);
    }

    @Override
    public void seal(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] scratch)
            throws GeneralSecurityException {
        Cipher cipher = gcm.with(nonce);
        cipher.updateAAD(aad, 0, aadOctets);
        cipher.doFinal(octets, textAt, textOctets, scratch, 0);
        System.arraycopy(scratch, 0, octets, textAt, textOctets + icvOctets);
    }

    @Override
    public boolean open(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] text)
            throws GeneralSecurityException {
        // NIST SP 800-38D §7.2: with a nonce of 96 bits the text begins at counter 2.
        System.arraycopy(nonce, 0, counterBlock, 0, NONCE_OCTETS);
        counterBlock[15] = 2;
        counter.with(counterBlock).doFinal(octets, textAt, textOctets, text, 0);

        if (again.length < textOctets + FULL_ICV_OCTETS) {
            again = new byte[(textOctets + FULL_ICV_OCTETS) * 2];
        }
        Cipher cipher = gcm.withAny(nonce);
        cipher.updateAAD(aad, 0, aadOctets);
        cipher.doFinal(text, 0, textOctets, again, 0);
        return Icv.equal(again, textOctets, octets, textAt + textOctets, icvOctets);
    }
}
