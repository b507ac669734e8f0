package io.esp4j.crypto.jdk;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;

/**
 * A JCA cipher that is initialised with a new nonce for every packet, without an object per packet.
 *
 * <p>The parameter objects hand out their array instead of a copy. The JDK's ciphers keep a reference to it and compare it
 * with the next one, so there are two, taken in turn.
 *
 * <p>Threads: single owner thread.
 */
final class NonceCipher {
    private final Cipher cipher;
    private final int mode;
    private final SecretKey key;
    private final byte[][] nonces;
    private final AlgorithmParameterSpec[] parameters;
    private int turn;
    private boolean used;

    private NonceCipher(Cipher cipher, int mode, SecretKey key, byte[][] nonces, AlgorithmParameterSpec[] parameters) {
        this.cipher = cipher;
        this.mode = mode;
        this.key = key;
        this.nonces = nonces;
        this.parameters = parameters;
    }

    /** A cipher in GCM, mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}. */
    static NonceCipher gcm(Cipher cipher, int mode, SecretKey key, int nonceOctets, int icvOctets) {
        byte[][] nonces = new byte[2][nonceOctets];
        return new NonceCipher(cipher, mode, key, nonces, new AlgorithmParameterSpec[] {
            new SharedGcmParameters(icvOctets * 8, nonces[0]), new SharedGcmParameters(icvOctets * 8, nonces[1])
        });
    }

    /** Any other cipher. */
    static NonceCipher of(Cipher cipher, int mode, SecretKey key, int nonceOctets) {
        byte[][] nonces = new byte[2][nonceOctets];
        return new NonceCipher(cipher, mode, key, nonces, new AlgorithmParameterSpec[] {
            new SharedIvParameters(nonces[0]), new SharedIvParameters(nonces[1])
        });
    }

    /**
     * Initialises it, or is refused by the JDK when sealing twice in a row with one nonce.
     *
     * @param nonce the nonce, copied
     * @return the cipher
     */
    Cipher with(byte[] nonce) throws GeneralSecurityException {
        System.arraycopy(nonce, 0, nonces[next()], 0, nonce.length);
        return initialise();
    }

    /**
     * Initialises it even if the nonce is the previous one, as it may be when opening: a forged packet can carry the IV of
     * the genuine one that arrives next, and JDK 17's ChaCha20-Poly1305 refuses a nonce twice in a row in that direction
     * too. A throwaway nonce in between resolves it.
     *
     * @param nonce the nonce, copied
     * @return the cipher
     */
    Cipher withAny(byte[] nonce) throws GeneralSecurityException {
        if (used && Arrays.equals(nonce, nonces[turn])) {
            for (int i = 0; i < nonce.length; i++) {
                nonces[next()][i] = (byte) ~nonce[i];
            }
            initialise();
        }
        return with(nonce);
    }

    private int next() {
        return turn ^ 1;
    }

    /** The turn passes only if the cipher takes the nonce: if it refuses, it goes on comparing with the one before. */
    private Cipher initialise() throws GeneralSecurityException {
        cipher.init(mode, key, parameters[next()]);
        turn = next();
        used = true;
        return cipher;
    }

    private static final class SharedGcmParameters extends GCMParameterSpec {
        private final byte[] shared;

        SharedGcmParameters(int icvBits, byte[] shared) {
            super(icvBits, shared);
            this.shared = shared;
        }

        @Override
        public byte[] getIV() {
            return shared;
        }
    }

    private static final class SharedIvParameters extends IvParameterSpec {
        private final byte[] shared;

        SharedIvParameters(byte[] shared) {
            super(shared);
            this.shared = shared;
        }

        @Override
        public byte[] getIV() {
            return shared;
        }
    }
}
