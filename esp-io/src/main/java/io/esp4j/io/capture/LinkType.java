package io.esp4j.io.capture;

/**
 * What the octets of a record begin with: the link types of capture files that can carry IP and that
 * {@link LinkLayer} understands. Immutable.
 */
public enum LinkType {
    /** BSD loopback: an address family of 4 octets in the byte order of the machine that captured. */
    NULL(0),
    /** Ethernet II, with or without VLAN tags. */
    ETHERNET(1),
    /** Raw IP as some systems number it in their files. */
    RAW_12(12),
    /** Raw IP as OpenBSD numbers it. */
    RAW_14(14),
    /** Raw IP: the record begins with the IPv4 or IPv6 header. */
    RAW(101),
    /** OpenBSD loopback: an address family of 4 octets in network byte order. */
    LOOP(108),
    /** Linux cooked capture, version 1: a header of 16 octets. */
    LINUX_COOKED(113),
    /** Raw IPv4. */
    IPV4(228),
    /** Raw IPv6. */
    IPV6(229),
    /** Linux cooked capture, version 2: a header of 20 octets. */
    LINUX_COOKED_2(276);

    static final String EXPECTED =
            "1 (Ethernet), 101, 12, 14, 228 or 229 (raw IP), 113 or 276 (Linux cooked), 0 or 108 (loopback)";

    private final int code;

    LinkType(int code) {
        this.code = code;
    }

    /** The LINKTYPE_ number that files carry. */
    public int code() {
        return code;
    }

    /** The link type with this number, or null if there is none here. */
    static LinkType of(int code) {
        for (LinkType type : values()) {
            if (type.code == code) {
                return type;
            }
        }
        return null;
    }
}
