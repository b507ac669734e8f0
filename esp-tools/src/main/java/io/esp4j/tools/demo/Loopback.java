package io.esp4j.tools.demo;

import io.esp4j.io.udp.KeyManagementHandler;
import io.esp4j.io.udp.UdpEndpoint;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;

/**
 * Two UDP sockets on loopback that are connected to each other. Threads: as its endpoints.
 *
 * <p>First on port 4500 of two loopback addresses, where everybody looks for ESP in UDP; then on other ports; then on two
 * ports of one address, for systems that have only one.
 *
 * @param a one end
 * @param b the other end
 */
record Loopback(UdpEndpoint a, UdpEndpoint b) implements AutoCloseable {
    /** What is asked for; the kernel gives less if it is set up so, and counts more than the octets themselves. */
    private static final int BUFFER_OCTETS = 1 << 20;

    private static final int FIRST_OTHER_PORT = 45000;
    private static final int PORTS_TRIED = 100;

    static Loopback open() {
        Loopback sockets = tryOpen(1, UdpEndpoint.NAT_TRAVERSAL_PORT, 2, UdpEndpoint.NAT_TRAVERSAL_PORT);
        for (int port = FIRST_OTHER_PORT; sockets == null && port < FIRST_OTHER_PORT + PORTS_TRIED; port++) {
            sockets = tryOpen(1, port, 2, port);
        }
        for (int port = FIRST_OTHER_PORT; sockets == null && port < FIRST_OTHER_PORT + PORTS_TRIED; port += 2) {
            sockets = tryOpen(1, port, 1, port + 1);
        }
        if (sockets == null) {
            throw new UserError("no two UDP ports on loopback are to be had, expected 4500 or some of 45000 to 45099");
        }
        return sockets;
    }

    private static Loopback tryOpen(int hostA, int portA, int hostB, int portB) {
        UdpEndpoint first = null;
        try {
            InetSocketAddress addressA = address(hostA, portA);
            InetSocketAddress addressB = address(hostB, portB);
            first = endpoint(addressA, addressB);
            return new Loopback(first, endpoint(addressB, addressA));
        } catch (IOException e) {
            close(first);
            return null;
        }
    }

    private static UdpEndpoint endpoint(InetSocketAddress local, InetSocketAddress remote) throws IOException {
        return UdpEndpoint.connect(local, remote, KeyManagementHandler.NONE)
                .option(StandardSocketOptions.SO_RCVBUF, BUFFER_OCTETS)
                .option(StandardSocketOptions.SO_SNDBUF, BUFFER_OCTETS);
    }

    private static InetSocketAddress address(int host, int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) host}), port);
    }

    private static void close(UdpEndpoint endpoint) {
        if (endpoint == null) {
            return;
        }
        try {
            endpoint.close();
        } catch (IOException e) {
            throw new UserError("a UDP socket cannot be closed: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        close(a);
        close(b);
    }
}
