package io.esp4j.io.udp;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steady traffic with one peer allocates nothing per datagram, connected or not, waits included. */
class UdpEndpointAllocationTest {
    private static final int ROUNDS = 3_000;
    private static final int BATCH = 8;
    private static final long PATIENCE_MILLIS = 30_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final DatagramBatch out = new DatagramBatch(BATCH, 0, 200, 0);
    private final DatagramBatch in = new DatagramBatch(BATCH, 0, 200, 0);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    void shouldAllocateNothingPerDatagram(String address) throws IOException {
        InetSocketAddress any = new InetSocketAddress(address, 0);
        try (UdpEndpoint unconnected = UdpEndpoint.bind(any, KeyManagementHandler.NONE);
                UdpEndpoint connected =
                        UdpEndpoint.connect(any, unconnected.localAddress(), KeyManagementHandler.NONE)) {
            SocketAddress toConnected = connected.localAddress();
            exchange(unconnected, connected, toConnected);
            long before = allocatedOctets();
            exchange(unconnected, connected, toConnected);
            long allocated = allocatedOctets() - before;
            int datagrams = 2 * ROUNDS * BATCH;
            assertTrue(allocated < datagrams, () -> allocated + " octets for " + datagrams + " datagrams");
        }
    }

    private static long allocatedOctets() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }

    private void exchange(UdpEndpoint unconnected, UdpEndpoint connected, SocketAddress toConnected)
            throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            pass(unconnected, connected, toConnected);
            pass(connected, unconnected, null);
        }
    }

    private void pass(UdpEndpoint from, UdpEndpoint to, SocketAddress peer) throws IOException {
        out.clear();
        for (int i = 0; i < BATCH; i++) {
            int index = out.add(peer);
            out.region().putLong(out.offset(index), 0x0000_1000_0000_0000L + i);
            out.place(index, out.offset(index), 100);
        }
        for (int sent = 0; sent < BATCH; ) {
            sent = from.send(out, sent);
        }
        for (int received = 0; received < BATCH; ) {
            if (!to.awaitReceivable(PATIENCE_MILLIS)) {
                throw new AssertionError("nothing came");
            }
            received += to.receive(in);
        }
    }
}
