package io.esp4j.crypto.jdk;

import java.security.GeneralSecurityException;

/**
 * A combined mode on arrays, which knows nothing of ESP. Threads: single owner thread.
 *
 * <p>The ICV lies right behind the text. A nonce is the whole of its array.
 */
interface Aead {

    /**
     * Encrypts in place and writes the ICV.
     *
     * @param nonce never used before under the key
     * @param aad what is authenticated beside the text
     * @param aadOctets how much of it, from 0
     * @param octets where the text is
     * @param textAt its position
     * @param textOctets its length
     * @param scratch at least text and 32 octets
     */
    void seal(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] scratch)
            throws GeneralSecurityException;

    /**
     * Decrypts to the beginning of another array, and changes nothing in the first.
     *
     * @param nonce the nonce
     * @param aad what is authenticated beside the text
     * @param aadOctets how much of it, from 0
     * @param octets where text and ICV are
     * @param textAt position of the text
     * @param textOctets its length
     * @param text at least text and 32 octets; holds anything if the ICV was wrong
     * @return whether the ICV was right
     */
    boolean open(byte[] nonce, byte[] aad, int aadOctets, byte[] octets, int textAt, int textOctets, byte[] text)
            throws GeneralSecurityException;
}
