package io.esp4j.crypto.testing;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Integrity;

/** What lies beneath a provider's sessions and knows nothing of ESP, for vectors whose shape no packet has. */
public interface Primitives {

    /** Whether a combined mode takes lengths, in octets. */
    boolean takes(Cipher mode, int keyOctets, int nonceOctets, int icvOctets);

    /** Ciphertext and ICV. */
    byte[] seal(Cipher mode, byte[] key, byte[] nonce, byte[] aad, byte[] text, int icvOctets) throws Exception;

    /** Plaintext, or null if the ICV is wrong. */
    byte[] open(Cipher mode, byte[] key, byte[] nonce, byte[] aad, byte[] sealed, byte[] icv) throws Exception;

    /** The whole HMAC. */
    byte[] hmac(Integrity integrity, byte[] key, byte[] message) throws Exception;
}
