package io.esp4j.crypto.natives.openssl;

import io.esp4j.crypto.Cipher;
import io.esp4j.crypto.Transform;

/**
 * An {@code EVP_CIPHER_CTX} with a key and a direction. Threads: its session's; freed by any thread when no run is left.
 *
 * <p>Every method but {@link #free} tells whether OpenSSL did it.
 */
final class CipherContext {
    private static final int CONTROL_SET_IV_LENGTH = 0x9;
    private static final int CONTROL_GET_TAG = 0x10;
    private static final int CONTROL_SET_TAG = 0x11;
    private static final int KEEP_DIRECTION = -1;

    private final OpenSslLibrary library;
    private final long address;
    private final long outputLength;

    private CipherContext(OpenSslLibrary library, long address, long outputLength) {
        this.library = library;
        this.address = address;
        this.outputLength = outputLength;
    }

    /**
     * A context with the key set.
     *
     * @param seals the direction
     * @param outputLength address of an {@code int} that OpenSSL writes lengths to
     * @return the context, null if OpenSSL can't make it
     */
    static CipherContext of(OpenSslLibrary library, OpenSslKey key, boolean seals, long outputLength) {
        long address = library.cipherContextNew.call(0);
        if (address == 0) {
            return null;
        }
        CipherContext context = new CipherContext(library, address, outputLength);
        if (!context.setKey(key, seals)) {
            context.free();
            return null;
        }
        return context;
    }

    private boolean setKey(OpenSslKey key, boolean seals) {
        Transform transform = key.transform();
        int direction = seals ? 1 : 0;
        boolean done = (int) library.cipherSetKey.call(address, library.cipher(transform), 0, 0, direction, 0) == 1;
        if (transform.combined()) {
            done = done && control(CONTROL_SET_IV_LENGTH, transform.saltOctets() + Long.BYTES, 0);
        } else {
            done = done && (int) library.cipherSetPadding.call(address, 0) == 1;
        }
        if (transform.cipher() == Cipher.AES_CCM) {
            done = done && control(CONTROL_SET_TAG, transform.icvOctets(), 0);
        }
        return done && (int) library.cipherSetKey.call(address, 0, key.encryptionKey(), 0, direction, 0) == 1;
    }

    private boolean control(int control, int octets, long data) {
        return (int) library.cipherControl.call(address, control, octets, data) == 1;
    }

    /** Begins a message. */
    boolean start(long iv) {
        return (int) library.cipherSetIv.call(address, 0, 0, iv, KEEP_DIRECTION, 0) == 1;
    }

    /** Announces the length of the text, which CCM wants to know before the AAD. */
    boolean length(int octets) {
        return update(0, 0, octets);
    }

    /** Adds AAD. */
    boolean aad(long data, int octets) {
        return update(0, data, octets);
    }

    /** Encrypts or decrypts. */
    boolean update(long output, long input, int octets) {
        return (int) library.cipherUpdate.call(address, output, outputLength, input, octets) == 1;
    }

    /** Ends a message; when opening, tells whether the ICV is right. */
    boolean finish(long output) {
        return (int) library.cipherFinal.call(address, output, outputLength) == 1;
    }

    /** Writes the ICV of a message that was sealed. */
    boolean icv(long output, int octets) {
        return control(CONTROL_GET_TAG, octets, output);
    }

    /** Sets the ICV that a message to be opened must have. */
    boolean expect(long icv, int octets) {
        return control(CONTROL_SET_TAG, octets, icv);
    }

    /** Overwrites the expanded key and frees the context. */
    void free() {
        library.cipherContextFree.call(address);
    }
}
