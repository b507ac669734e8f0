package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * The IPv4 header, RFC 791. Stateless.
 *
 * <pre>
 *  0                   1                   2                   3
 * |Version|  IHL  |     DSCP  |ECN|          Total Length         |
 * |         Identification        |Flags|      Fragment Offset    |
 * |  Time to Live |    Protocol   |         Header Checksum       |
 * |                       Source Address                          |
 * |                    Destination Address                        |
 * |                       Options, if any                         |
 * </pre>
 */
public final class Ipv4Header {
    /** The length of a header without options. */
    public static final int OCTETS = 20;
    /** The position of the Protocol field in it. */
    public static final int PROTOCOL_AT = 9;
    /** The flag Don't Fragment in the 16 bits at octet 6. */
    public static final int DONT_FRAGMENT = 0x4000;

    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET = 0x1fff;

    private Ipv4Header() {}

    /**
     * {@return whether a whole IPv4 header lies at a position, and its lengths make sense: 20 octets at least, total
     * length not below the header's and not above what is there}
     *
     * @param memory where it lies
     * @param at position of the header
     * @param available octets from there to the end of the packet
     */
    public static boolean isValid(Memory memory, int at, int available) {
        if (available < OCTETS || memory.octet(at) >>> 4 != 4) {
            return false;
        }
        int header = headerOctets(memory, at);
        int total = totalOctets(memory, at);
        return header >= OCTETS && total >= header && total <= available;
    }

    /**
     * {@return the header's length with options}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int headerOctets(Memory memory, int at) {
        return (memory.octet(at) & 0x0f) << 2;
    }

    /**
     * {@return the octet of DSCP and ECN}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int trafficClass(Memory memory, int at) {
        return memory.octet(at + 1);
    }

    /**
     * Changes DSCP and ECN and the checksum with them.
     *
     * @param memory where it lies
     * @param at position of the header
     * @param trafficClass the new octet
     */
    public static void trafficClass(Memory memory, int at, int trafficClass) {
        int before = memory.int16(at);
        int after = (before & 0xff00) | trafficClass;
        memory.int16(at, after);
        memory.int16(at + 10, InternetChecksum.update(memory.int16(at + 10), before, after));
    }

    /**
     * {@return the length of header and payload}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int totalOctets(Memory memory, int at) {
        return memory.int16(at + 2);
    }

    /**
     * {@return whether Don't Fragment is set}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static boolean dontFragment(Memory memory, int at) {
        return (memory.int16(at + 6) & DONT_FRAGMENT) != 0;
    }

    /**
     * {@return whether it is a fragment: More Fragments set, or an offset}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static boolean isFragment(Memory memory, int at) {
        return (memory.int16(at + 6) & (MORE_FRAGMENTS | OFFSET)) != 0;
    }

    /**
     * {@return the fragment offset, in octets}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int fragmentOffset(Memory memory, int at) {
        return (memory.int16(at + 6) & OFFSET) << 3;
    }

    /**
     * {@return the protocol of the payload}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int protocol(Memory memory, int at) {
        return memory.octet(at + PROTOCOL_AT);
    }

    /**
     * Rewrites protocol and total length and corrects the checksum by the difference, so that a checksum that was wrong
     * stays wrong (RFC 1624).
     *
     * @param memory where it lies
     * @param at position of the header
     * @param protocol new protocol
     * @param totalOctets new total length
     */
    public static void rewrite(Memory memory, int at, int protocol, int totalOctets) {
        int checksum = memory.int16(at + 10);
        checksum = InternetChecksum.update(checksum, memory.int16(at + 2), totalOctets);
        int before = memory.int16(at + 8);
        int after = (before & 0xff00) | protocol;
        checksum = InternetChecksum.update(checksum, before, after);
        memory.int16(at + 2, totalOctets);
        memory.int16(at + 8, after);
        memory.int16(at + 10, checksum);
    }

    /**
     * Computes and writes the header's checksum.
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static void writeChecksum(Memory memory, int at) {
        memory.int16(at + 10, 0);
        memory.int16(at + 10, ~InternetChecksum.fold(InternetChecksum.sum(memory, at, headerOctets(memory, at))));
    }
}
