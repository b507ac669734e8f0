package io.esp4j.crypto;

/**
 * One key in one thread's hands. Threads: single owner thread.
 *
 * <p>Neither {@link #seal} nor {@link #open} throws for anything that a packet contains; both allocate nothing of their own.
 * After it, its context or its key was closed, operations end as {@link CryptoBurst#FAILED}.
 */
public interface CryptoSession extends AutoCloseable {

    /**
     * Encrypts and writes the ICV, in place, of a run of operations of this key.
     *
     * <p>An operation whose length no packet of the transform has ends as {@link CryptoBurst#FAILED}. A provider may refuse in
     * the same way to seal under the nonce of the packet before.
     *
     * @param burst the operations, complete but for encryption and ICV
     * @param from index of the first
     * @param to index after the last
     */
    void seal(CryptoBurst burst, int from, int to);

    /**
     * Checks the ICV in constant time and decrypts, in place, a run of operations of this key.
     *
     * <p>An operation whose ICV is wrong ends as {@link CryptoBurst#ICV_MISMATCH} and leaves no plaintext: with
     * {@code restore} its octets are bit for bit what they were, without it those after the IV are zeros or what they were. The
     * same goes for an operation whose length no packet of the transform has.
     *
     * @param burst the operations, as they arrived
     * @param from index of the first
     * @param to index after the last
     * @param restore whether the octets of a refused packet are needed again
     */
    void open(CryptoBurst burst, int from, int to, boolean restore);

    @Override
    void close();
}
