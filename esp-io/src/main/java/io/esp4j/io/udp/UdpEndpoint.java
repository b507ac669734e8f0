package io.esp4j.io.udp;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.Objects;

/**
 * One UDP port for ESP, key management and keepalives (RFC 3948), non-blocking. What it costs, and what the kernel
 * decides, is in the package's description.
 *
 * <p>Threads: one receiving thread ({@link #receive}, {@link #awaitReceivable}) and one sending thread ({@link #send},
 * {@link #sendKeyManagement}, {@link #sendKeepalive}, {@link #awaitSendable}), which may be the same; {@link #count},
 * {@link #wakeup} and {@link #close} from any.
 */
public final class UdpEndpoint implements AutoCloseable {
    /** The port that IKE and ESP share where there is a NAT (RFC 3947 §4, RFC 3948 §2). */
    public static final int NAT_TRAVERSAL_PORT = 4500;

    private static final int MAX_DATAGRAM_OCTETS = 0xffff;
    private static final int BLOCKED = 0;
    private static final int TAKEN = 1;
    private static final int FAILED = -1;

    private final DatagramChannel channel;
    private final SocketAddress remote;
    private final KeyManagementHandler keyManagement;
    private final UdpCounters counters = new UdpCounters();
    private final ReadyWait receivable;
    private final ReadyWait sendable;
    private final ByteBuffer keepalive = ByteBuffer.allocateDirect(1).put(0, UdpPayload.KEEPALIVE_OCTET);
    private ByteBuffer marked;

    private UdpEndpoint(DatagramChannel channel, SocketAddress remote, KeyManagementHandler keyManagement)
            throws IOException {
        this.channel = channel;
        this.remote = remote;
        this.keyManagement = Objects.requireNonNull(keyManagement, "keyManagement");
        channel.configureBlocking(false);
        receivable = new ReadyWait(channel, SelectionKey.OP_READ);
        sendable = new ReadyWait(channel, SelectionKey.OP_WRITE);
    }

    /**
     * An endpoint for any number of peers.
     *
     * @param local address and port; port 0 lets the kernel choose. An IPv6 wildcard address takes IPv4 too
     * @throws IOException if that address is not to be had
     */
    public static UdpEndpoint bind(InetSocketAddress local, KeyManagementHandler keyManagement) throws IOException {
        return open(local, null, keyManagement);
    }

    /**
     * An endpoint for one peer: datagrams of others are not received, and steady traffic allocates nothing.
     *
     * @throws IOException if the local address is not to be had or the peer's not to be reached
     */
    public static UdpEndpoint connect(
            InetSocketAddress local, InetSocketAddress remote, KeyManagementHandler keyManagement) throws IOException {
        return open(local, Objects.requireNonNull(remote, "remote"), keyManagement);
    }

    private static UdpEndpoint open(
            InetSocketAddress local, InetSocketAddress remote, KeyManagementHandler keyManagement) throws IOException {
        boolean ipv6 = local.getAddress() instanceof Inet6Address;
        DatagramChannel channel =
                DatagramChannel.open(ipv6 ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.bind(local);
            if (remote != null) {
                channel.connect(remote);
            }
            return new UdpEndpoint(channel, remote, keyManagement);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Sets a socket option, such as a buffer's size or {@link java.net.StandardSocketOptions#IP_TOS}. */
    public <T> UdpEndpoint option(SocketOption<T> option, T value) throws IOException {
        channel.setOption(option, value);
        return this;
    }

    /** The address and port that it is bound to. */
    public InetSocketAddress localAddress() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** The one peer, or null if there can be any. */
    public SocketAddress remoteAddress() {
        return remote;
    }

    /**
     * Takes up to as many datagrams from the socket as the batch has slots, without waiting: ESP into the batch, which is
     * emptied first, key management to its handler; the rest is counted.
     *
     * @return datagrams of ESP in the batch; 0 does not say that the socket is empty
     * @throws ClosedChannelException if the endpoint is closed; no datagram and no error from the network causes an
     *     exception
     */
    public int receive(DatagramBatch batch) throws IOException {
        batch.clear();
        for (int attempt = 0; attempt < batch.capacity(); attempt++) {
            ByteBuffer slot = batch.nextSlot();
            int start = slot.position();
            SocketAddress from;
            try {
                from = take(slot);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                counters.add(UdpCounter.RECEIVE_FAILED, 1);
                continue;
            }
            if (from == null) {
                break;
            }
            demultiplex(batch, slot, start, from);
        }
        return batch.size();
    }

    /** A datagram into the slot, and its sender, or null if there is none. */
    private SocketAddress take(ByteBuffer slot) throws IOException {
        if (remote == null) {
            return channel.receive(slot);
        }
        return channel.read(slot) > 0 ? remote : null;
    }

    private void demultiplex(DatagramBatch batch, ByteBuffer slot, int start, SocketAddress from) {
        int length = slot.position() - start;
        if (length > batch.datagramOctets) {
            counters.add(UdpCounter.RECEIVED_OVERSIZED, 1);
            return;
        }
        switch (UdpPayload.of(batch.region(), start, length)) {
            case ESP -> {
                batch.keep(from, length);
                counters.add(UdpCounter.RECEIVED_ESP, 1);
                counters.add(UdpCounter.RECEIVED_ESP_OCTETS, length);
            }
            case KEY_MANAGEMENT -> {
                counters.add(UdpCounter.RECEIVED_KEY_MANAGEMENT, 1);
                keyManagement.received(from, slot.flip().position(start + UdpPayload.MARKER_OCTETS));
            }
            case KEEPALIVE -> counters.add(UdpCounter.RECEIVED_KEEPALIVE, 1);
            case MALFORMED -> counters.add(UdpCounter.RECEIVED_MALFORMED, 1);
        }
    }

    /**
     * Sends datagrams of a batch as long as the socket has room, each to its peer, or all to the one peer of a connected
     * endpoint. One that does not begin with an SPI, or that the kernel refuses, is counted and passed over.
     *
     * @param from index of the first one to send
     * @return index of the first one that the socket had no room for; the batch's size if there is none
     * @throws ClosedChannelException if the endpoint is closed
     * @throws NullPointerException if the endpoint is not connected and a datagram has no peer
     */
    public int send(DatagramBatch batch, int from) throws IOException {
        int size = batch.size();
        for (int index = from; index < size; index++) {
            int length = batch.length[index];
            if (UdpPayload.of(batch.region(), batch.offset[index], length) != UdpPayload.ESP) {
                counters.add(UdpCounter.SEND_REFUSED, 1);
                continue;
            }
            int result = put(batch.datagram(index), batch.peer[index]);
            if (result == BLOCKED) {
                return index;
            }
            if (result == TAKEN) {
                counters.add(UdpCounter.SENT_ESP, 1);
                counters.add(UdpCounter.SENT_ESP_OCTETS, length);
            }
        }
        return size;
    }

    /**
     * Sends a message of key management behind a non-ESP marker (RFC 3948 §2.2).
     *
     * @param message from position to limit, at most 65531 octets; both stay as they are
     * @param peer where to; may be null on a connected endpoint, and does not matter there
     * @return whether the kernel took it
     * @throws ClosedChannelException if the endpoint is closed
     */
    public boolean sendKeyManagement(ByteBuffer message, SocketAddress peer) throws IOException {
        int length = message.remaining();
        if (length > MAX_DATAGRAM_OCTETS - UdpPayload.MARKER_OCTETS) {
            throw new IllegalArgumentException("message of " + length + " octets, at most "
                    + (MAX_DATAGRAM_OCTETS - UdpPayload.MARKER_OCTETS) + " fit into a datagram");
        }
        if (marked == null) {
            marked = ByteBuffer.allocateDirect(MAX_DATAGRAM_OCTETS);
        }
        marked.clear().putInt(UdpPayload.MARKER).put(message.duplicate()).flip();
        return countIfTaken(put(marked, peer), UdpCounter.SENT_KEY_MANAGEMENT);
    }

    /**
     * Sends a keepalive (RFC 3948 §2.3); {@link KeepaliveTimer} says when.
     *
     * @param peer where to; may be null on a connected endpoint, and does not matter there
     * @return whether the kernel took it
     * @throws ClosedChannelException if the endpoint is closed
     */
    public boolean sendKeepalive(SocketAddress peer) throws IOException {
        return countIfTaken(put(keepalive.clear(), peer), UdpCounter.SENT_KEEPALIVE);
    }

    private boolean countIfTaken(int result, UdpCounter counter) {
        if (result == TAKEN) {
            counters.add(counter, 1);
        }
        return result == TAKEN;
    }

    /** Twice, since on a connected endpoint the first error may be an older datagram's, told now in place of sending. */
    private int put(ByteBuffer datagram, SocketAddress peer) throws IOException {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                int sent = remote == null
                        ? channel.send(datagram, Objects.requireNonNull(peer, "peer"))
                        : channel.write(datagram);
                if (sent > 0) {
                    return TAKEN;
                }
                counters.add(UdpCounter.SEND_BLOCKED, 1);
                return BLOCKED;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                if (remote == null) {
                    break;
                }
            }
        }
        counters.add(UdpCounter.SEND_FAILED, 1);
        return FAILED;
    }

    /**
     * Waits until there is something to receive.
     *
     * @param timeoutMillis longest wait in milliseconds; 0 does not wait
     * @return whether there is; false also after {@link #wakeup} or an interrupt
     * @throws ClosedChannelException if the endpoint is closed, now or while waiting
     */
    public boolean awaitReceivable(long timeoutMillis) throws IOException {
        return receivable.await(timeoutMillis);
    }

    /** Waits until the socket has room to send, otherwise as {@link #awaitReceivable}. */
    public boolean awaitSendable(long timeoutMillis) throws IOException {
        return sendable.await(timeoutMillis);
    }

    /** Ends both waits, or the next ones if nobody waits. */
    public void wakeup() {
        receivable.wakeup();
        sendable.wakeup();
    }

    /** How often something has happened; a reader on another thread may see it a little late. */
    public long count(UdpCounter counter) {
        return counters.count(counter);
    }

    /** Closes the socket; waits on other threads end. */
    @Override
    public void close() throws IOException {
        try (receivable;
                sendable) {
            channel.close();
        }
    }
}
