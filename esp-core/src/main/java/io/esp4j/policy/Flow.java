package io.esp4j.policy;

import io.esp4j.memory.Memory;
import io.esp4j.wire.IpAddress;

/**
 * What selectors look at, read from the headers of one packet: addresses, protocol, ports or ICMP type and code or type
 * of a Mobility Header, DSCP, and what fragment it is.
 *
 * <p>The object is filled again for each packet. No octets make it throw; nothing beyond the packet is read.
 *
 * <p>Threads: single owner thread.
 */
public final class Flow {
    /** Value of a field that the packet does not show. */
    public static final int OPAQUE = ValueSet.UNAVAILABLE;

    private static final int IPV6_HEADER_OCTETS = 40;
    private static final int FRAGMENT_HEADER = 44;

    private final boolean[] skipped;

    private boolean v6;
    private long sourceHigh;
    private long sourceLow;
    private long destHigh;
    private long destLow;
    private int dscp;
    private int protocol;
    private int first;
    private int second;
    private int fragmentOffset;
    private boolean moreFragments;
    private int identification;

    /** A flow that looks behind the extension headers which RFC 4301 §4.4.1.1 names: 0, 43, 44 and 60. */
    public Flow() {
        this(0, 43, 60);
    }

    /**
     * A flow that looks behind certain extension headers, and the Fragment header always.
     *
     * @param extensionHeaders next header values of headers with the format of RFC 6564
     * @throws IllegalArgumentException if a header of that number does not have this format
     */
    public Flow(int... extensionHeaders) {
        skipped = new boolean[256];
        skipped[FRAGMENT_HEADER] = true;
        for (int header : extensionHeaders) {
            switch (header) {
                case 0, 43, 60, 135, 139, 140, 253, 254 -> skipped[header] = true;
                default ->
                    throw new IllegalArgumentException(
                            "expected extension headers among 0, 43, 60, 135, 139, 140, 253 and 254, found " + header);
            }
        }
    }

    /**
     * Reads a packet's headers. After {@code false} the other methods tell nothing of use.
     *
     * @param memory where the packet lies
     * @param at position of its IP header
     * @param octets how many the packet may have; more than its own length says are ignored
     * @return false if it is no IP packet: another version, shorter than it says, a chain of extension headers that does
     *     not end within the packet (RFC 7112 §5), or a first fragment too short for its protocol's selector fields
     */
    public boolean parse(Memory memory, int at, int octets) {
        if (octets < 20) {
            return false;
        }
        int version = memory.octet(at) >>> 4;
        if (version == 4) {
            return parseIpv4(memory, at, octets);
        }
        return version == 6 && octets >= IPV6_HEADER_OCTETS && parseIpv6(memory, at, octets);
    }

    private boolean parseIpv4(Memory memory, int at, int octets) {
        int headerOctets = (memory.octet(at) & 0xf) * 4;
        int totalOctets = memory.int16(at + 2);
        if (headerOctets < 20 || totalOctets < headerOctets || totalOctets > octets) {
            return false;
        }
        v6 = false;
        dscp = memory.octet(at + 1) >>> 2;
        identification = memory.int16(at + 4);
        int fragment = memory.int16(at + 6);
        fragmentOffset = (fragment & 0x1fff) * 8;
        moreFragments = (fragment & 0x2000) != 0;
        sourceHigh = 0;
        sourceLow = memory.int32(at + 12) & 0xffff_ffffL;
        destHigh = 0;
        destLow = memory.int32(at + 16) & 0xffff_ffffL;
        return parseNextLayer(memory, memory.octet(at + 9), at + headerOctets, at + totalOctets);
    }

    private boolean parseIpv6(Memory memory, int at, int octets) {
        int payloadOctets = memory.int16(at + 4);
        if (payloadOctets > octets - IPV6_HEADER_OCTETS) {
            return false;
        }
        v6 = true;
        dscp = (memory.int16(at) & 0x0fff) >>> 6;
        sourceHigh = memory.int64(at + 8);
        sourceLow = memory.int64(at + 16);
        destHigh = memory.int64(at + 24);
        destLow = memory.int64(at + 32);
        fragmentOffset = 0;
        moreFragments = false;
        identification = 0;
        int position = at + IPV6_HEADER_OCTETS;
        return parseExtensionHeaders(memory, memory.octet(at + 6), position, position + payloadOctets);
    }

    private boolean parseExtensionHeaders(Memory memory, int firstHeader, int start, int end) {
        int header = firstHeader;
        int position = start;
        boolean fragmentSeen = false;
        while (skipped[header]) {
            if (end - position < 8) {
                return false;
            }
            int next = memory.octet(position);
            if (header == FRAGMENT_HEADER) {
                if (fragmentSeen) {
                    return false; // RFC 8200 §4.1: at most once
                }
                fragmentSeen = true;
                int fragment = memory.int16(position + 2);
                fragmentOffset = fragment & 0xfff8;
                moreFragments = (fragment & 1) != 0;
                identification = memory.int32(position + 4);
                if (fragmentOffset != 0) {
                    // What follows is data. Which protocol, is known unless extension headers came first in it.
                    return parseNextLayer(memory, skipped[next] ? OPAQUE : next, end, end);
                }
                position += 8;
            } else {
                position += (memory.octet(position + 1) + 1) * 8;
                if (position > end) {
                    return false;
                }
            }
            header = next;
        }
        return parseNextLayer(memory, header, position, end);
    }

    private boolean parseNextLayer(Memory memory, int number, int position, int end) {
        protocol = number;
        first = OPAQUE;
        second = OPAQUE;
        if (fragmentOffset != 0) {
            return true;
        }
        int neededOctets;
        if (NextLayerProtocol.hasPorts(number)) {
            neededOctets = 4;
        } else if (NextLayerProtocol.isIcmp(number)) {
            neededOctets = 2;
        } else if (number == NextLayerProtocol.MOBILITY_HEADER) {
            neededOctets = 3;
        } else {
            return true;
        }
        if (end - position < neededOctets) {
            // A first fragment that hides these fields in the next one would slip past selectors (RFC 1858 §3).
            return !moreFragments;
        }
        if (neededOctets == 3) {
            first = memory.octet(position + 2) << 8;
        } else {
            first = memory.int16(position);
            second = neededOctets == 4 ? memory.int16(position + 2) : OPAQUE;
        }
        return true;
    }

    /** {@return whether it is an IPv6 packet} */
    public boolean v6() {
        return v6;
    }

    /** {@return the source address; a new object, so not for the packet path} */
    public IpAddress source() {
        return new IpAddress(v6, sourceHigh, sourceLow);
    }

    /** {@return the destination address; a new object, so not for the packet path} */
    public IpAddress destination() {
        return new IpAddress(v6, destHigh, destLow);
    }

    /** {@return the DSCP, 0 to 63} */
    public int dscp() {
        return dscp;
    }

    /** {@return the protocol after all extension headers, 0 to 255, or {@link #OPAQUE}} */
    public int protocol() {
        return protocol;
    }

    /** {@return the source port, or {@link #OPAQUE}} */
    public int sourcePort() {
        return hasPorts() ? first : OPAQUE;
    }

    /** {@return the destination port, or {@link #OPAQUE}} */
    public int destinationPort() {
        return second;
    }

    /** {@return ICMP type and code as {@code type * 256 + code}, or {@link #OPAQUE}} */
    public int icmpTypeAndCode() {
        return NextLayerProtocol.isIcmp(protocol) ? first : OPAQUE;
    }

    /** {@return the type of the Mobility Header, 0 to 255, or {@link #OPAQUE}} */
    public int mobilityType() {
        return protocol == NextLayerProtocol.MOBILITY_HEADER && first != OPAQUE ? first >>> 8 : OPAQUE;
    }

    /** {@return where in the datagram the fragment's data lies, in octets; 0 for whole packets and first fragments} */
    public int fragmentOffset() {
        return fragmentOffset;
    }

    /** {@return whether it is a fragment, the first one too} */
    public boolean isFragment() {
        return moreFragments || fragmentOffset != 0;
    }

    /** {@return whether it is a fragment other than the first, which shows no ports} */
    public boolean isNonInitialFragment() {
        return fragmentOffset != 0;
    }

    /** {@return what joins fragments: 16 bits for IPv4, 32 for IPv6; 0 where there is no Fragment header} */
    public int identification() {
        return identification;
    }

    long sourceHigh() {
        return sourceHigh;
    }

    long sourceLow() {
        return sourceLow;
    }

    long destHigh() {
        return destHigh;
    }

    long destLow() {
        return destLow;
    }

    /** Source port, or ICMP type and code, or type of a Mobility Header times 256. */
    int first() {
        return first;
    }

    /** Destination port. */
    int second() {
        return second;
    }

    boolean hasPorts() {
        return NextLayerProtocol.hasPorts(protocol);
    }

    /** Family, protocol and both 16-bit fields, OPAQUE included, as one number. */
    long nextLayerKey() {
        return (long) (protocol + 1) << 36 | (long) (first + 1) << 18 | (second + 1) << 1 | (v6 ? 1 : 0);
    }

    @Override
    public String toString() {
        return source() + " -> " + destination() + ", protocol "
                + (protocol == OPAQUE ? "opaque" : NextLayerProtocol.name(protocol)) + ", " + describe(first) + " -> "
                + describe(second) + (isFragment() ? ", fragment at " + fragmentOffset : "");
    }

    private static String describe(int field) {
        return field == OPAQUE ? "opaque" : Integer.toString(field);
    }
}
