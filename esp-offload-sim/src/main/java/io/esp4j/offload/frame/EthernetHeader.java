package io.esp4j.offload.frame;

import io.esp4j.memory.Memory;

/**
 * The Ethernet header with VLAN tags, IEEE 802.3 clause 3 and 802.1Q clause 9. Remembers what it has walked over. Threads:
 * single owner thread.
 *
 * <pre>
 *   0        6        12                             14
 *   | destination | source | (TPID 2, priority and VLAN 2)* | EtherType | payload
 * </pre>
 */
public final class EthernetHeader {
    /** The length without tags. */
    public static final int OCTETS = 14;
    /** The position behind the addresses, where tags begin. */
    public static final int TYPE_AT = 12;
    /** The length of a VLAN tag. */
    public static final int VLAN_OCTETS = 4;
    /** EtherType of IPv4. */
    public static final int IPV4 = 0x0800;
    /** EtherType of IPv6. */
    public static final int IPV6 = 0x86dd;
    /** EtherType of a VLAN tag, 802.1Q. */
    public static final int VLAN = 0x8100;
    /** EtherType of a service VLAN tag, 802.1ad: the outer one of QinQ. */
    public static final int SERVICE_VLAN = 0x88a8;

    private static final int MAX_VLANS = 2;
    /** The longest header: two VLAN tags. */
    public static final int MAXIMUM_OCTETS = OCTETS + MAX_VLANS * VLAN_OCTETS;

    private long vlans;
    private int type;
    private int payloadAt;

    /** A header that has walked over nothing. */
    public EthernetHeader() {}

    /**
     * {@return the destination's 48 bits}
     *
     * @param memory where the frame lies
     * @param at position of its first octet
     */
    public static long destination(Memory memory, int at) {
        return memory.int64(at) >>> 16;
    }

    /**
     * {@return the source's 48 bits}
     *
     * @param memory where the frame lies
     * @param at position of its first octet
     */
    public static long source(Memory memory, int at) {
        return memory.int64(at + 4) & 0xffff_ffff_ffffL;
    }

    /**
     * {@return the EtherType right behind the addresses: of the outermost tag, if there is one}
     *
     * @param memory where the frame lies
     * @param at position of its first octet
     */
    public static int outermostType(Memory memory, int at) {
        return memory.int16(at + TYPE_AT);
    }

    /**
     * Writes the addresses.
     *
     * @param memory where
     * @param at position of the frame's first octet
     * @param destination 48 bits
     * @param source 48 bits
     */
    public static void writeAddresses(Memory memory, int at, long destination, long source) {
        memory.int64(at, (destination << 16) | (source >>> 32));
        memory.int32(at + 8, (int) source);
    }

    /**
     * {@return the EtherType of an IP packet}
     *
     * @param version 4 or 6
     */
    public static int typeOf(int version) {
        return version == 6 ? IPV6 : IPV4;
    }

    /**
     * Makes room for a tag behind the addresses, by moving them to the left.
     *
     * @param frame the frame
     * @param octets the tag's length
     * @return where the tag begins
     */
    public static int push(Frame frame, int octets) {
        int at = frame.offset() - octets;
        moveAddresses(frame, at);
        frame.view(at, frame.length() + octets);
        return at + TYPE_AT;
    }

    /**
     * Takes away the outermost tag, by moving the addresses to the right.
     *
     * @param frame the frame
     * @param octets the tag's length
     */
    public static void pop(Frame frame, int octets) {
        int at = frame.offset() + octets;
        moveAddresses(frame, at);
        frame.view(at, frame.length() - octets);
    }

    private static void moveAddresses(Frame frame, int to) {
        Memory memory = frame.memory();
        long first = memory.int64(frame.offset());
        int last = memory.int32(frame.offset() + 8);
        memory.int64(to, first);
        memory.int32(to + 8, last);
    }

    /**
     * Walks over VLAN tags to the payload.
     *
     * @param memory where the frame lies
     * @param at position of its first octet
     * @param length its octets
     * @return whether the frame is long enough, with two VLAN tags at most
     */
    public boolean walk(Memory memory, int at, int length) {
        int position = at + TYPE_AT;
        int end = at + length;
        vlans = 0;
        int tags = 0;
        while (end - position >= 2) {
            type = memory.int16(position);
            if (type != VLAN && type != SERVICE_VLAN) {
                payloadAt = position + 2;
                return true;
            }
            if (tags == MAX_VLANS || end - position < VLAN_OCTETS) {
                return false;
            }
            vlans = (vlans << 32) | ((long) type << 16) | (memory.int16(position + 2) & 0xfff);
            tags++;
            position += VLAN_OCTETS;
        }
        return false;
    }

    /** {@return the VLAN tags, outer one in the high half, each TPID and VLAN; 0 for none. The order of QinQ counts} */
    public long vlans() {
        return vlans;
    }

    /** {@return the EtherType of the payload} */
    public int type() {
        return type;
    }

    /** {@return where the payload begins} */
    public int payloadAt() {
        return payloadAt;
    }

    /** {@return whether the payload is IP} */
    public boolean isIp() {
        return type == IPV4 || type == IPV6;
    }

    /**
     * Writes another EtherType for the payload.
     *
     * @param memory where the frame lies
     * @param newType the EtherType
     */
    public void writeType(Memory memory, int newType) {
        memory.int16(payloadAt - 2, newType);
    }
}
