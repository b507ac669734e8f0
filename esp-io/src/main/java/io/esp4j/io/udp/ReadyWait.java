package io.esp4j.io.udp;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Selector;

/**
 * Waits until one channel is ready for one operation. Threads: single owner thread for {@link #await}; the rest from any.
 */
final class ReadyWait implements Closeable {
    private final DatagramChannel channel;
    private final Selector selector;

    ReadyWait(DatagramChannel channel, int operation) throws IOException {
        this.channel = channel;
        selector = channel.provider().openSelector();
        channel.register(selector, operation);
    }

    boolean await(long timeoutMillis) throws IOException {
        if (timeoutMillis < 0) {
            throw new IllegalArgumentException("timeout of " + timeoutMillis + " ms, at least 0 expected");
        }
        int ready;
        try {
            // With an action the selector keeps no set of selected keys, which would allocate.
            ready = timeoutMillis == 0 ? selector.selectNow(key -> {}) : selector.select(key -> {}, timeoutMillis);
        } catch (ClosedSelectorException e) {
            throw (IOException) new ClosedChannelException().initCause(e);
        }
        if (!channel.isOpen()) {
            throw new ClosedChannelException();
        }
        return ready > 0;
    }

    void wakeup() {
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
