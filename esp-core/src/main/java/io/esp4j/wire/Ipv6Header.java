package io.esp4j.wire;

import io.esp4j.memory.Memory;

/**
 * The IPv6 header, RFC 8200 §3. Stateless.
 *
 * <pre>
 *  0                   1                   2                   3
 * |Version| Traffic Class |           Flow Label                  |
 * |         Payload Length        |  Next Header  |   Hop Limit   |
 * |                    Source Address, 16 octets                  |
 * |                 Destination Address, 16 octets                |
 * </pre>
 */
public final class Ipv6Header {
    /** The length of the header without extension headers. */
    public static final int OCTETS = 40;
    /** The position of the Next Header field in it. */
    public static final int NEXT_HEADER_AT = 6;

    private Ipv6Header() {}

    /**
     * {@return whether a whole IPv6 header lies at a position and the payload that it names is there}
     *
     * @param memory where it lies
     * @param at position of the header
     * @param available octets from there to the end of the packet
     */
    public static boolean isValid(Memory memory, int at, int available) {
        return available >= OCTETS && memory.octet(at) >>> 4 == 6 && totalOctets(memory, at) <= available;
    }

    /**
     * {@return the octet of DSCP and ECN}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int trafficClass(Memory memory, int at) {
        return (memory.int16(at) >>> 4) & 0xff;
    }

    /**
     * Changes DSCP and ECN.
     *
     * @param memory where it lies
     * @param at position of the header
     * @param trafficClass the new octet
     */
    public static void trafficClass(Memory memory, int at, int trafficClass) {
        memory.int16(at, (memory.int16(at) & 0xf00f) | (trafficClass << 4));
    }

    /**
     * {@return the flow label}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int flowLabel(Memory memory, int at) {
        return memory.int32(at) & 0xfffff;
    }

    /**
     * {@return the length of header and payload}
     *
     * @param memory where it lies
     * @param at position of the header
     */
    public static int totalOctets(Memory memory, int at) {
        return OCTETS + memory.int16(at + 4);
    }

    /**
     * Writes the payload length.
     *
     * @param memory where it lies
     * @param at position of the header
     * @param totalOctets length of header and payload
     */
    public static void totalOctets(Memory memory, int at, int totalOctets) {
        memory.int16(at + 4, totalOctets - OCTETS);
    }
}
