package io.esp4j.crypto;

/**
 * An expanded key of one provider: immutable, shared by every thread until it is closed.
 *
 * <p>{@link #close()} overwrites the key octets, once; later calls do nothing. The owner closes it when no session uses it any
 * more. A session whose key was closed completes its operations as {@link CryptoBurst#FAILED}: it never computes with an
 * overwritten key.
 */
public interface CryptoKey extends AutoCloseable {

    /** {@return what the key is for} */
    Transform transform();

    /** {@return whether sequence numbers are 64 bits long} */
    boolean esn();

    @Override
    void close();
}
