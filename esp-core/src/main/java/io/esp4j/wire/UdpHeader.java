package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * The UDP header, RFC 768, and what RFC 3948 puts behind it. Stateless.
 *
 * <pre>
 * |          Source Port          |       Destination Port        |
 * |            Length             |           Checksum            |
 * </pre>
 */
public final class UdpHeader {
    /** The length of the header. */
    public static final int OCTETS = 8;
    /** The port of IKE and ESP behind a NAT. */
    public static final int NAT_TRAVERSAL_PORT = 4500;
    /** The payload of a NAT keepalive, one octet (RFC 3948 §2.3). */
    public static final int KEEPALIVE = 0xff;
    /** The length of the marker of zeros before an IKE message (RFC 3948 §2.2). */
    public static final int NON_ESP_MARKER_OCTETS = 4;

    private UdpHeader() {}

    /**
     * {@return the destination port}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int destinationPort(Memory memory, int at) {
        return memory.int16(at + 2);
    }

    /**
     * {@return the length of header and payload as the header has it}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int totalOctets(Memory memory, int at) {
        return memory.int16(at + 4);
    }

    /**
     * {@return the checksum field}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int checksum(Memory memory, int at) {
        return memory.int16(at + 6);
    }

    /**
     * Writes a header with checksum 0.
     *
     * @param memory where it goes
     * @param at position of the header
     * @param ports source port in the high half, destination port in the low half
     * @param totalOctets length of header and payload
     */
    public static void write(Memory memory, int at, int ports, int totalOctets) {
        memory.int32(at, ports);
        memory.int32(at + 4, totalOctets << 16);
    }

    /**
     * Computes and writes the checksum over pseudo-header, header and payload; one that comes out as 0 is sent as all ones.
     *
     * @param memory where the datagram lies
     * @param at position of the UDP header
     * @param addressSum the sum of source and destination address as 16-bit numbers
     */
    public static void writeChecksum(Memory memory, int at, long addressSum) {
        int octets = totalOctets(memory, at);
        memory.int16(at + 6, 0);
        long sum = InternetChecksum.pseudoHeader(addressSum, NextHeader.UDP, octets)
                + InternetChecksum.sum(memory, at, octets);
        int checksum = ~InternetChecksum.fold(sum) & 0xffff;
        memory.int16(at + 6, checksum == 0 ? 0xffff : checksum);
    }
}
