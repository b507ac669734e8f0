package io.esp4j.tools.demo;

import io.esp4j.io.capture.LinkType;
import io.esp4j.io.capture.PcapWriter;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.UdpHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Keeps what went over the wire, as a capture file of raw IP. The kernel made the IP and UDP headers and does not show
 * them; here they are made again, with port 4500, behind which everybody looks for ESP, and a UDP checksum of 0. Threads:
 * thread-safe, by a lock.
 */
final class WireCapture implements AutoCloseable {
    private static final int HEADERS = Ipv4Header.OCTETS + UdpHeader.OCTETS;
    private static final int PORTS = (UdpHeader.NAT_TRAVERSAL_PORT << 16) | UdpHeader.NAT_TRAVERSAL_PORT;
    private static final int HOPS = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NANOS_PER_MICROSECOND = 1_000L;

    private final PcapWriter writer;
    private final HeapMemory packet = Memory.of(new byte[0xffff]);

    WireCapture(Path file) throws IOException {
        writer = PcapWriter.create(file, LinkType.RAW);
    }

    /**
     * Keeps a datagram.
     *
     * @param sa whose addresses it goes between
     * @param region where its payload lies
     */
    synchronized void keep(SaParameters sa, ByteBuffer region, int offset, int octets) throws IOException {
        int total = HEADERS + octets;
        packet.int32(0, 0x4500_0000 | total);
        packet.int32(4, Ipv4Header.DONT_FRAGMENT);
        packet.int32(8, (HOPS << 24) | (NextHeader.UDP << 16));
        address(12, sa.source());
        address(16, sa.destination());
        Ipv4Header.writeChecksum(packet, 0);
        UdpHeader.write(packet, Ipv4Header.OCTETS, PORTS, UdpHeader.OCTETS + octets);
        region.get(offset, packet.array(), HEADERS, octets);
        writer.write(now(), packet.array(), 0, total);
    }

    private void address(int at, IpAddress address) {
        address.write(packet, at);
    }

    private static long now() {
        Instant now = Instant.now();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano() / NANOS_PER_MICROSECOND * NANOS_PER_MICROSECOND;
    }

    synchronized long packets() {
        return writer.records();
    }

    synchronized void commit() throws IOException {
        writer.commit();
    }

    @Override
    public synchronized void close() throws IOException {
        writer.close();
    }
}
