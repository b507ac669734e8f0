package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.sa.DontFragment;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.Ecn;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.UdpHeader;
import java.util.Arrays;

/**
 * The outer headers of one SA in tunnel and BEET mode: IP, and UDP where the SA says so (RFC 4301 §5.1.2, RFC 3948 §2.1).
 * All that does not differ by packet is computed once. Threads: immutable.
 */
final class OuterHeader {
    /** Version 4, a header of five words, and no DSCP or ECN yet. */
    private static final int V4_WITHOUT_OPTIONS = 0x4500;

    private final boolean v6;
    private final boolean absent;
    private final IpAddress source;
    private final IpAddress destination;
    private final long addressSum;
    /** The part of an IPv4 checksum that is the same for all packets. */
    private final int fixedSum;

    private final boolean udpChecksum;
    private final int protocol;
    private final int ports;
    private final int ipOctets;
    private final int octets;
    private final DontFragment dontFragment;
    /** The outer DSCP for each inner one; null if it is copied. */
    private final byte[] dscps;

    private final int hopLimit;
    private final int flowLabel;
    private final boolean flowLabelCopied;

    OuterHeader(SaParameters sa) {
        UdpEncapsulation udp = sa.udpEncapsulation();
        absent = sa.carriedBySocket();
        v6 = sa.source().v6();
        source = sa.source();
        destination = sa.destination();
        addressSum = sum(source) + sum(destination);
        protocol = udp == null ? NextHeader.ESP : NextHeader.UDP;
        fixedSum = InternetChecksum.fold(addressSum + V4_WITHOUT_OPTIONS + protocol);
        ports = udp == null ? 0 : (udp.sourcePort() << 16) | udp.destinationPort();
        ipOctets = v6 ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
        octets = absent ? 0 : wireOctets(sa);
        udpChecksum = udp != null && v6 && !absent;
        dontFragment = sa.dontFragment();
        dscps = dscps(sa);
        flowLabelCopied = sa.flowLabelCopied();
        hopLimit = sa.hopLimit();
        flowLabel = sa.flowLabel();
    }

    /** {@return the length of all outer headers on the wire, whoever writes them} */
    static int wireOctets(SaParameters sa) {
        int ip = sa.source().v6() ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
        return ip + (sa.udpEncapsulation() == null ? 0 : UdpHeader.OCTETS);
    }

    private static byte[] dscps(SaParameters sa) {
        if (sa.dscp() < 0) {
            return sa.dscpMap();
        }
        byte[] codepoints = new byte[64];
        Arrays.fill(codepoints, (byte) sa.dscp());
        return codepoints;
    }

    static long sum(IpAddress address) {
        return sum(address.high()) + sum(address.low());
    }

    private static long sum(long eightOctets) {
        return (eightOctets >>> 48)
                + ((eightOctets >>> 32) & 0xffff)
                + ((eightOctets >>> 16) & 0xffff)
                + (eightOctets & 0xffff);
    }

    /** {@return the length of all outer headers that are written here: none for a socket} */
    int octets() {
        return octets;
    }

    /** {@return the hop limit that the SA's parameters ask for} */
    int hopLimit() {
        return hopLimit;
    }

    /** {@return whether the UDP checksum must be computed after sealing: over IPv6} */
    boolean needsUdpChecksum() {
        return udpChecksum;
    }

    /**
     * Writes the headers in front of ESP; a UDP checksum over IPv6 comes after sealing.
     *
     * @param memory where they go
     * @param at position of the IP header
     * @param espOctets from SPI to the end of the ICV
     * @param innerHead the first eight octets of the inner header, whose DSCP and ECN (RFC 6040 §4.1), Don't Fragment and flow label
     *     may be copied; 0 if there is none
     * @param identification number of a packet that may be fragmented
     * @param hops TTL or hop limit
     */
    void write(Memory memory, int at, int espOctets, long innerHead, int identification, int hops) {
        if (absent) {
            return;
        }
        int inner = IpHead.trafficClass(innerHead);
        int trafficClass = dscps == null ? inner : (dscps[inner >>> 2] << 2) | (inner & Ecn.MASK);
        int total = octets + espOctets;
        if (v6) {
            int label = flowLabelCopied && IpHead.isV6(innerHead) ? IpHead.v6FlowLabel(innerHead) : flowLabel;
            writeV6(memory, at, total, trafficClass, label, hops);
        } else {
            boolean fixed = dontFragment == DontFragment.COPY
                    ? IpHead.v4DontFragment(innerHead)
                    : dontFragment == DontFragment.SET;
            writeV4(memory, at, total, trafficClass, fixed ? Ipv4Header.DONT_FRAGMENT : identification << 16, hops);
        }
        if (ports != 0) {
            UdpHeader.write(memory, at + ipOctets, ports, UdpHeader.OCTETS + espOctets);
        }
    }

    private void writeV4(Memory memory, int at, int total, int trafficClass, int fragmentation, int hops) {
        int first = ((V4_WITHOUT_OPTIONS | trafficClass) << 16) | total;
        int sum = fixedSum + trafficClass + total + (fragmentation >>> 16) + (fragmentation & 0xffff) + (hops << 8);
        // Each half of the sum with the other and its carry: the upper half of that is their ones' complement sum.
        int checksum = ~(sum + Integer.rotateLeft(sum, 16)) >>> 16;
        memory.int64(at, ((long) first << 32) | (fragmentation & 0xffff_ffffL));
        memory.int64(at + 8, ((long) ((hops << 24) | (protocol << 16) | checksum) << 32) | source.low());
        memory.int32(at + 16, (int) destination.low());
    }

    private void writeV6(Memory memory, int at, int total, int trafficClass, int label, int hops) {
        memory.int32(at, 0x6000_0000 | (trafficClass << 20) | label);
        memory.int32(at + 4, ((total - Ipv6Header.OCTETS) << 16) | (protocol << 8) | hops);
        source.write(memory, at + 8);
        destination.write(memory, at + 24);
    }

    /** Writes the UDP checksum of a sealed packet. */
    void writeUdpChecksum(Memory memory, int at) {
        UdpHeader.writeChecksum(memory, at + ipOctets, addressSum);
    }
}
