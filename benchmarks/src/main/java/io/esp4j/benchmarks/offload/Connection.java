package io.esp4j.benchmarks.offload;

import io.esp4j.memory.Memory;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;

/** Both ends of one TCP connection over IPv4, with the options of a timestamp as most have. Threads: single owner thread. */
final class Connection {
    /** Octets of the headers of each packet. */
    static final int HEADERS = Ipv4Header.OCTETS + TcpHeader.OCTETS + 12;

    private static final int TCP_AT = Ipv4Header.OCTETS;
    private static final int SOURCE = 0x0a00_0001;
    private static final int DESTINATION = 0x0a00_0002;
    private static final int PORTS = 40_000 << 16 | 5201;
    private static final long NOPS_AND_TIMESTAMP = 0x0101_080a_0000_1000L;
    private static final int WINDOW = 512;

    private final byte[] application;
    private int identification;
    private int sent;
    private int received;
    private int taken;

    /** A connection whose receiving application reads into an array. */
    Connection(byte[] application) {
        this.application = application;
    }

    /** Begins the stream anew for the receiving application; the numbers go on. */
    void rewind() {
        taken = 0;
    }

    int taken() {
        return taken;
    }

    byte[] application() {
        return application;
    }

    /** Makes a packet of octets that the application writes; who segments leaves the checksums out. */
    int send(
            byte[] stream, int from, int payload, boolean last, boolean checksums, int packets, Memory memory, int at) {
        int octets = HEADERS + payload;
        memory.int32(at, 0x4500_0000 | octets);
        memory.int32(at + 4, identification << 16 | Ipv4Header.DONT_FRAGMENT);
        memory.int32(at + 8, 64 << 24 | NextHeader.TCP << 16);
        memory.int32(at + 12, SOURCE);
        memory.int32(at + 16, DESTINATION);
        int tcp = at + TCP_AT;
        memory.int32(tcp, PORTS);
        memory.int32(tcp + 4, sent);
        memory.int32(tcp + 8, 1);
        memory.int32(tcp + 12, 0x8000_0000 | TcpHeader.ACK | (last ? TcpHeader.PSH : 0) | WINDOW);
        memory.int32(tcp + 16, 0);
        memory.int64(tcp + 20, NOPS_AND_TIMESTAMP);
        memory.int32(tcp + 28, 0x2000);
        memory.write(at + HEADERS, stream, from, payload);
        if (checksums) {
            Ipv4Header.writeChecksum(memory, at);
            memory.int16(tcp + TcpHeader.CHECKSUM_AT, ~InternetChecksum.fold(sum(memory, at, octets)));
        }
        identification = (identification + packets) & 0xffff;
        sent += payload;
        return octets;
    }

    private static long sum(Memory memory, int at, int octets) {
        int tcpOctets = octets - TCP_AT;
        long addresses = InternetChecksum.sum(memory, at + 12, 8);
        return InternetChecksum.pseudoHeader(addresses, NextHeader.TCP, tcpOctets)
                + InternetChecksum.sum(memory, at + TCP_AT, tcpOctets);
    }

    /** Takes a packet in: whose it is, whether it is sound and next, and its payload to the application. */
    void receive(Memory memory, int at, int octets, boolean verified) {
        boolean mine = memory.int32(at + TCP_AT) == PORTS
                && memory.int32(at + 12) == SOURCE
                && memory.int32(at + 16) == DESTINATION
                && Ipv4Header.isValid(memory, at, octets);
        boolean sound = verified
                || (InternetChecksum.fold(InternetChecksum.sum(memory, at, Ipv4Header.OCTETS)) == 0xffff
                        && InternetChecksum.fold(sum(memory, at, octets)) == 0xffff);
        if (!mine || !sound || TcpHeader.sequence(memory, at + TCP_AT) != received) {
            throw new IllegalStateException("a packet of " + octets + " octets is not the next of the connection");
        }
        int headers = TCP_AT + TcpHeader.headerOctets(memory, at + TCP_AT);
        int payload = octets - headers;
        memory.read(at + headers, application, taken, payload);
        taken += payload;
        received += payload;
    }
}
