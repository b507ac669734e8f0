package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;

/**
 * Where the packets of a worker are sealed and opened: by its own crypto sessions, or by a device that does it inline, later
 * for packets on their way out and earlier for packets on their way in ({@link Dataplane#newWorker(java.util.function.UnaryOperator)}).
 *
 * <p>A call handles packets of one SA, in the order they came. What it leaves {@link CryptoBurst#PENDING} ends as
 * {@code NOT_SEALED} or {@code NOT_OPENED}. Threads: its worker's.
 */
public interface CryptoEngine {
    /**
     * Seals packets, or sees to it that they are sealed before they are on a wire.
     *
     * @param sa the SA of all of them
     * @param operations the packets, complete but for encryption and ICV
     * @param from the first operation
     * @param to the one after the last
     */
    void seal(OutboundSa sa, CryptoBurst operations, int from, int to);

    /**
     * Opens packets, or says how that went earlier.
     *
     * @param sa the SA of all of them
     * @param operations the packets, from SPI to ICV, with their 64-bit numbers
     * @param from the first operation
     * @param to the one after the last
     * @param restore whether a packet that fails must show the octets of the wire afterwards; zeros otherwise
     */
    void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore);
}
