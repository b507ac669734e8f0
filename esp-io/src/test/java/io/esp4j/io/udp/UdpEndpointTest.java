package io.esp4j.io.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over loopback, against the JDK's own sockets as the peer. */
class UdpEndpointTest {
    /** Loopback delivers at once; this only keeps a broken run from waiting for ever. */
    private static final long PATIENCE_MILLIS = 30_000;

    private static final String ESP = "00001000 00000001 aabbccdd";

    private final DatagramBatch batch = new DatagramBatch(8, 32, 1500, 32);
    private final List<String> messages = new ArrayList<>();
    private final List<SocketAddress> peers = new ArrayList<>();
    private final KeyManagementHandler keepMessages = (peer, message) -> {
        assertEquals(0, message.getInt(message.position() - 4));
        byte[] octets = new byte[message.remaining()];
        message.get(octets);
        messages.add(HexFormat.of().formatHex(octets));
    };

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static DatagramSocket peer(String address) throws IOException {
        try {
            return new DatagramSocket(0, InetAddress.getByName(address));
        } catch (SocketException e) {
            assumeTrue(false, address + " is not to be had");
            throw e;
        }
    }

    private static UdpEndpoint open(boolean connected, DatagramSocket peer, KeyManagementHandler handler)
            throws IOException {
        InetSocketAddress local = new InetSocketAddress(peer.getLocalAddress(), 0);
        return connected
                ? UdpEndpoint.connect(local, (InetSocketAddress) peer.getLocalSocketAddress(), handler)
                : UdpEndpoint.bind(local, handler);
    }

    private static void send(DatagramSocket peer, UdpEndpoint to, String hex) throws IOException {
        byte[] octets = octets(hex);
        peer.send(new DatagramPacket(octets, octets.length, to.localAddress()));
    }

    private static String receiveAt(DatagramSocket peer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        peer.setSoTimeout((int) PATIENCE_MILLIS);
        peer.receive(packet);
        return HexFormat.of().formatHex(Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    private static long received(UdpEndpoint endpoint) {
        return endpoint.count(UdpCounter.RECEIVED_ESP)
                + endpoint.count(UdpCounter.RECEIVED_KEY_MANAGEMENT)
                + endpoint.count(UdpCounter.RECEIVED_KEEPALIVE)
                + endpoint.count(UdpCounter.RECEIVED_MALFORMED)
                + endpoint.count(UdpCounter.RECEIVED_OVERSIZED);
    }

    /** Receives until that many datagrams of whatever kind have come, and returns the ESP ones. */
    private List<String> receive(UdpEndpoint endpoint, int datagrams) throws IOException {
        List<String> esp = new ArrayList<>();
        long wanted = received(endpoint) + datagrams;
        while (received(endpoint) < wanted) {
            assertTrue(endpoint.awaitReceivable(PATIENCE_MILLIS), "nothing came");
            endpoint.receive(batch);
            for (int i = 0; i < batch.size(); i++) {
                byte[] octets = new byte[batch.length(i)];
                batch.region().get(batch.offset(i), octets);
                esp.add(HexFormat.of().formatHex(octets));
                assertEquals(batch.slotStart(i) + 32, batch.offset(i));
                peers.add(batch.peer(i));
            }
        }
        return esp;
    }

    @ParameterizedTest
    @DisplayName("R41 R42 ESP, marked messages and keepalives on one port, over both families, connected and not")
    @CsvSource({"127.0.0.1,false", "127.0.0.1,true", "::1,false", "::1,true"})
    void shouldDemultiplex(String address, boolean connected) throws IOException {
        try (DatagramSocket peer = peer(address);
                UdpEndpoint endpoint = open(connected, peer, keepMessages)) {
            send(peer, endpoint, ESP);
            send(peer, endpoint, "ff");
            send(peer, endpoint, "00000000 0102030405060708");
            send(peer, endpoint, "0000");
            send(peer, endpoint, "00000000");
            send(peer, endpoint, "ffffffff");
            assertEquals(List.of("0000100000000001aabbccdd", "ffffffff"), receive(endpoint, 6));
            assertEquals(List.of("0102030405060708", ""), messages);
            assertEquals(2, endpoint.count(UdpCounter.RECEIVED_ESP));
            assertEquals(16, endpoint.count(UdpCounter.RECEIVED_ESP_OCTETS));
            assertEquals(2, endpoint.count(UdpCounter.RECEIVED_KEY_MANAGEMENT));
            assertEquals(1, endpoint.count(UdpCounter.RECEIVED_KEEPALIVE));
            assertEquals(1, endpoint.count(UdpCounter.RECEIVED_MALFORMED));
            assertEquals(List.of(peer.getLocalSocketAddress(), peer.getLocalSocketAddress()), peers);
        }
    }

    @Test
    @DisplayName("R42 Keepalives are counted and otherwise ignored")
    void shouldGiveNothingForKeepalives() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, peer, keepMessages)) {
            for (int i = 0; i < 20; i++) {
                send(peer, endpoint, "ff");
            }
            assertEquals(List.of(), receive(endpoint, 20));
            assertEquals(List.of(), messages);
            assertEquals(20, endpoint.count(UdpCounter.RECEIVED_KEEPALIVE));
        }
    }

    @ParameterizedTest
    @DisplayName("R41 R42 Sends ESP as it is, messages behind the marker, keepalives of one octet")
    @CsvSource({"127.0.0.1,false", "127.0.0.1,true", "::1,false", "::1,true"})
    void shouldSend(String address, boolean connected) throws IOException {
        try (DatagramSocket peer = peer(address);
                UdpEndpoint endpoint = open(connected, peer, KeyManagementHandler.NONE)) {
            SocketAddress to = connected ? null : peer.getLocalSocketAddress();
            byte[] esp = octets(ESP);
            int index = batch.add(to);
            batch.region().put(batch.slotStart(index) + 3, esp);
            batch.place(index, batch.slotStart(index) + 3, esp.length);
            assertEquals(1, endpoint.send(batch, 0));
            assertEquals("0000100000000001aabbccdd", receiveAt(peer));

            ByteBuffer message = ByteBuffer.wrap(octets("a1a2a3a4a5")).position(1);
            assertTrue(endpoint.sendKeyManagement(message, to));
            assertEquals(1, message.position());
            assertEquals("00000000a2a3a4a5", receiveAt(peer));

            assertTrue(endpoint.sendKeepalive(to));
            assertTrue(endpoint.sendKeepalive(to));
            assertEquals("ff", receiveAt(peer));
            assertEquals("ff", receiveAt(peer));

            assertEquals(1, endpoint.count(UdpCounter.SENT_ESP));
            assertEquals(12, endpoint.count(UdpCounter.SENT_ESP_OCTETS));
            assertEquals(1, endpoint.count(UdpCounter.SENT_KEY_MANAGEMENT));
            assertEquals(2, endpoint.count(UdpCounter.SENT_KEEPALIVE));
        }
    }

    @Test
    @DisplayName("R40 Never sends ESP whose SPI is 0, nor what is no ESP")
    void shouldRefuseWhatThePeerWouldTakeForSomethingElse() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, peer, KeyManagementHandler.NONE)) {
            for (String hex : List.of("00000000 00000001", "ff", "000001", "", ESP)) {
                int index = batch.add(peer.getLocalSocketAddress());
                batch.region().put(batch.offset(index), octets(hex));
                batch.place(index, batch.offset(index), octets(hex).length);
            }
            assertEquals(5, endpoint.send(batch, 0));
            assertEquals("0000100000000001aabbccdd", receiveAt(peer));
            assertEquals(4, endpoint.count(UdpCounter.SEND_REFUSED));
            assertEquals(1, endpoint.count(UdpCounter.SENT_ESP));
        }
    }

    @Test
    void shouldDropDatagramsThatDoNotFitInsteadOfCuttingThem() throws IOException {
        DatagramBatch small = new DatagramBatch(4, 0, 12, 0);
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, peer, KeyManagementHandler.NONE)) {
            send(peer, endpoint, ESP + "ee");
            send(peer, endpoint, ESP + "eeeeeeee");
            send(peer, endpoint, ESP);
            while (received(endpoint) < 3) {
                assertTrue(endpoint.awaitReceivable(PATIENCE_MILLIS), "nothing came");
                endpoint.receive(small);
            }
            assertEquals(1, small.size());
            assertEquals(12, small.length(0));
            assertEquals(2, endpoint.count(UdpCounter.RECEIVED_OVERSIZED));
        }
    }

    @Test
    void shouldTakeAtMostABatchAndKeepTheOrder() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(true, peer, KeyManagementHandler.NONE)) {
            List<String> sent = new ArrayList<>();
            for (int i = 1; i <= 20; i++) {
                sent.add("%08x%08x".formatted(i, i));
                send(peer, endpoint, sent.get(i - 1));
            }
            assertTrue(endpoint.awaitReceivable(PATIENCE_MILLIS));
            assertTrue(endpoint.receive(batch) <= 8);
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                seen.add("%016x".formatted(batch.region().getLong(batch.offset(i))));
            }
            seen.addAll(receive(endpoint, 20 - batch.size()));
            assertEquals(sent, seen);
        }
    }

    @Test
    void shouldTellPeersApartWhenNotConnected() throws IOException {
        try (DatagramSocket one = peer("127.0.0.1");
                DatagramSocket two = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, one, KeyManagementHandler.NONE)) {
            assertNull(endpoint.remoteAddress());
            for (DatagramSocket from : List.of(one, two, one)) {
                send(from, endpoint, ESP);
                receive(endpoint, 1);
                assertEquals(from.getLocalSocketAddress(), batch.peer(0));
                assertEquals(1, endpoint.send(batch, 0));
                assertEquals("0000100000000001aabbccdd", receiveAt(from));
            }
        }
    }

    @Test
    void shouldCountErrorsOfTheNetworkAndGoOn() throws IOException {
        InetSocketAddress gone;
        try (DatagramSocket closing = peer("127.0.0.1")) {
            gone = (InetSocketAddress) closing.getLocalSocketAddress();
        }
        try (UdpEndpoint endpoint =
                UdpEndpoint.connect(new InetSocketAddress(gone.getAddress(), 0), gone, KeyManagementHandler.NONE)) {
            // The ICMP error of the first is told in place of receiving; of the second, in place of sending.
            assertTrue(endpoint.sendKeepalive(null));
            while (endpoint.count(UdpCounter.RECEIVE_FAILED) == 0) {
                endpoint.awaitReceivable(PATIENCE_MILLIS);
                assertEquals(0, endpoint.receive(batch));
            }
            for (int i = 0; i < 5; i++) {
                assertTrue(endpoint.sendKeepalive(null));
            }
            assertEquals(6, endpoint.count(UdpCounter.SENT_KEEPALIVE));
        }
    }

    @Test
    void shouldPassOverDatagramsThatTheKernelRefuses() throws IOException {
        DatagramBatch large = new DatagramBatch(2, 0, 65_535, 0);
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, peer, KeyManagementHandler.NONE)) {
            for (int length : new int[] {65_535, 12}) {
                int index = large.add(peer.getLocalSocketAddress());
                large.place(index, large.offset(index), length);
                large.region().put(large.offset(index), octets(ESP));
            }
            assertEquals(2, endpoint.send(large, 0));
            assertEquals(1, endpoint.count(UdpCounter.SEND_FAILED));
            assertEquals("0000100000000001aabbccdd", receiveAt(peer));
        }
    }

    @Test
    void shouldRefuseMessagesThatNoDatagramHolds() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(true, peer, KeyManagementHandler.NONE)) {
            ByteBuffer message = ByteBuffer.allocate(65_532);
            assertThrows(IllegalArgumentException.class, () -> endpoint.sendKeyManagement(message, null));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldSayWhenItIsClosed(boolean connected) throws Exception {
        try (DatagramSocket peer = peer("127.0.0.1")) {
            UdpEndpoint endpoint = open(connected, peer, KeyManagementHandler.NONE);
            CompletableFuture<Boolean> waiting = CompletableFuture.supplyAsync(() -> {
                try {
                    return endpoint.awaitReceivable(PATIENCE_MILLIS);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            endpoint.close();
            endpoint.close();
            ExecutionException ended = assertThrows(ExecutionException.class, waiting::get);
            assertEquals(
                    ClosedChannelException.class, ended.getCause().getCause().getClass());
            assertThrows(ClosedChannelException.class, () -> endpoint.receive(batch));
            assertThrows(ClosedChannelException.class, () -> endpoint.sendKeepalive(peer.getLocalSocketAddress()));
            assertThrows(ClosedChannelException.class, () -> endpoint.awaitSendable(0));
        }
    }

    @Test
    void shouldWaitAndBeWokenUp() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(true, peer, KeyManagementHandler.NONE)) {
            assertFalse(endpoint.awaitReceivable(0));
            assertTrue(endpoint.awaitSendable(PATIENCE_MILLIS));
            endpoint.wakeup();
            assertFalse(endpoint.awaitReceivable(PATIENCE_MILLIS));
            send(peer, endpoint, ESP);
            assertTrue(endpoint.awaitReceivable(PATIENCE_MILLIS));
            assertThrows(IllegalArgumentException.class, () -> endpoint.awaitReceivable(-1));
        }
    }

    @Test
    void shouldNotGuessWhereToSend() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, peer, KeyManagementHandler.NONE)) {
            batch.region().put(batch.offset(batch.add(null)), octets(ESP));
            batch.place(0, batch.offset(0), 12);
            assertThrows(NullPointerException.class, () -> endpoint.send(batch, 0));
            assertThrows(NullPointerException.class, () -> endpoint.sendKeepalive(null));
        }
    }

    @Test
    void shouldSetSocketOptions() throws IOException {
        try (DatagramSocket peer = peer("127.0.0.1");
                UdpEndpoint endpoint = open(false, peer, KeyManagementHandler.NONE)) {
            assertEquals(endpoint, endpoint.option(StandardSocketOptions.SO_RCVBUF, 1 << 16));
        }
    }
}
