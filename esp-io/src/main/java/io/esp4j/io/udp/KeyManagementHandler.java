package io.esp4j.io.udp;

import java.net.SocketAddress;
import java.nio.ByteBuffer;

/**
 * Takes the messages of key management (IKE) that arrive on the port of ESP. Threads: called by the thread that calls
 * {@link UdpEndpoint#receive}.
 */
@FunctionalInterface
public interface KeyManagementHandler {
    /** Takes no messages: they are counted and dropped. */
    KeyManagementHandler NONE = (peer, message) -> {};

    /**
     * A message has arrived. What this throws, {@link UdpEndpoint#receive} throws.
     *
     * @param peer its sender
     * @param message its octets from position to limit, as they arrived, without the non-ESP marker; valid during the
     *     call only
     */
    void received(SocketAddress peer, ByteBuffer message);
}
