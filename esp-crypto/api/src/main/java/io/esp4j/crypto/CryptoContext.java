package io.esp4j.crypto;

/**
 * What one thread holds of a provider. Threads: single owner thread, its sessions too.
 *
 * <p>Closing the context closes its sessions.
 */
public interface CryptoContext extends AutoCloseable {

    /**
     * A session of a key for this context's thread.
     *
     * @param key a key of the same provider; a session of a closed one completes nothing
     * @return a session; the caller closes it when it is used no more
     * @throws IllegalArgumentException if the key is another provider's
     * @throws IllegalStateException if the context is closed
     */
    CryptoSession session(CryptoKey key);

    @Override
    void close();
}
