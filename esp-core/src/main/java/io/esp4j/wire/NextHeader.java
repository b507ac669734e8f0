package io.esp4j.wire;

/** The protocol numbers (IANA) that ESP itself has to know. */
public final class NextHeader {
    /** IPv6 hop-by-hop options. */
    public static final int HOP_BY_HOP = 0;
    /** ICMP for IPv4. */
    public static final int ICMP = 1;
    /** An IPv4 packet: tunnel mode. */
    public static final int IPV4 = 4;
    /** TCP. */
    public static final int TCP = 6;
    /** UDP. */
    public static final int UDP = 17;
    /** An IPv6 packet: tunnel mode. */
    public static final int IPV6 = 41;
    /** IPv6 routing header. */
    public static final int ROUTING = 43;
    /** IPv6 fragment header. */
    public static final int FRAGMENT = 44;
    /** ESP. */
    public static final int ESP = 50;
    /** Authentication Header. */
    public static final int AH = 51;
    /** ICMP for IPv6. */
    public static final int ICMPV6 = 58;
    /** No next header: a dummy packet (RFC 4303 §2.6). */
    public static final int NONE = 59;
    /** IPv6 destination options. */
    public static final int DESTINATION_OPTIONS = 60;
    /** BEET mode's pseudo-header for IPv4 options. */
    public static final int BEET_OPTIONS = 94;
    /** Mobility header. */
    public static final int MOBILITY = 135;

    private NextHeader() {}
}
