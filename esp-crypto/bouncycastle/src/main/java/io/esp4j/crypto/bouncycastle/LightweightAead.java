package io.esp4j.crypto.bouncycastle;

import io.esp4j.crypto.Cipher;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * A combined mode on arrays, which knows nothing of ESP. Two ciphers, one for each direction, because Bouncy Castle keeps
 * the expanded key only while the direction stays the same. Threads: single owner thread.
 */
final class LightweightAead {
    private final KeyParameter key;
    private final int icvOctets;
    private final AEADCipher sealing;
    private final AEADCipher opening;
    private boolean sealingKeyed;
    private boolean openingKeyed;

    LightweightAead(Cipher mode, KeyParameter key, int icvOctets) {
        this.key = key;
        this.icvOctets = icvOctets;
        sealing = cipher(mode);
        opening = cipher(mode);
    }

    private static AEADCipher cipher(Cipher mode) {
        return switch (mode) {
            case AES_GCM, AES_GMAC -> GCMBlockCipher.newInstance(AESEngine.newInstance());
            case AES_CCM -> CCMBlockCipher.newInstance(AESEngine.newInstance());
            case CHACHA20_POLY1305 -> new ChaCha20Poly1305();
            case AES_CBC, NULL -> throw new IllegalArgumentException(mode + " is no combined mode");
        };
    }

    /** A cipher that seals with a nonce; after it AAD, then text, then {@link #finish}. */
    AEADCipher startSealing(byte[] nonce) throws GeneralSecurityException {
        AEADCipher cipher = start(sealing, true, sealingKeyed ? null : key, nonce);
        sealingKeyed = true;
        return cipher;
    }

    /** A cipher that opens with a nonce; after it AAD, then text with ICV, then {@link #verify}. */
    AEADCipher startOpening(byte[] nonce) throws GeneralSecurityException {
        AEADCipher cipher = start(opening, false, openingKeyed ? null : key, nonce);
        openingKeyed = true;
        return cipher;
    }

    /** The nonce is copied: Bouncy Castle compares the one it was given with the next. */
    private AEADCipher start(AEADCipher cipher, boolean forSealing, KeyParameter newKey, byte[] nonce)
            throws GeneralSecurityException {
        try {
            cipher.init(forSealing, new AEADParameters(newKey, icvOctets * 8, nonce.clone()));
            return cipher;
        } catch (IllegalArgumentException e) {
            throw new InvalidAlgorithmParameterException("nonce refused", e);
        }
    }

    /** Encrypts in place and writes the ICV behind the text. */
    void finish(AEADCipher cipher, byte[] octets, int textAt, int textOctets, byte[] scratch)
            throws GeneralSecurityException {
        try {
            int written = cipher.processBytes(octets, textAt, textOctets, scratch, 0);
            cipher.doFinal(scratch, written);
        } catch (InvalidCipherTextException e) {
            throw new GeneralSecurityException("not sealed", e);
        }
        System.arraycopy(scratch, 0, octets, textAt, textOctets + icvOctets);
    }

    /** Decrypts text and ICV to the beginning of another array; whether the ICV was right. */
    boolean verify(AEADCipher cipher, byte[] octets, int textAt, int textOctets, byte[] text) {
        try {
            int written = cipher.processBytes(octets, textAt, textOctets + icvOctets, text, 0);
            cipher.doFinal(text, written);
            return true;
        } catch (InvalidCipherTextException e) {
            return false;
        }
    }
}
