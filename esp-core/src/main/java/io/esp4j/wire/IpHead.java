package io.esp4j.wire;

/**
 * The first eight octets of an IP header as one number: they hold everything that the journeys ask of it, so that a packet's
 * header is read once. Stateless.
 *
 * <pre>
 * IPv4: version 4, IHL 4, DSCP and ECN 8, total length 16, identification 16, flags 3, fragment offset 13
 * IPv6: version 4, DSCP and ECN 8, flow label 20, payload length 16, next header 8, hop limit 8
 * </pre>
 */
public final class IpHead {
    private static final int V4_WITHOUT_OPTIONS = 0x45;
    private static final int MORE_FRAGMENTS_AND_OFFSET = 0x3fff;

    private IpHead() {}

    /**
     * {@return the version}
     *
     * @param head the first eight octets
     */
    public static int version(long head) {
        return (int) (head >>> 60);
    }

    /**
     * {@return whether it is IPv6, given that it is one of the two}
     *
     * @param head the first eight octets
     */
    public static boolean isV6(long head) {
        return version(head) == 6;
    }

    /**
     * {@return whether the lengths of a header make sense: IPv4 with 20 octets of header at least and a total length not below
     * the header's, or IPv6, and in both cases not longer than what is there}
     *
     * @param head the first eight octets
     * @param available octets from the beginning of the header to the end of what holds the packet
     */
    public static boolean isValid(long head, int available) {
        if (head >>> 56 == V4_WITHOUT_OPTIONS) { // the usual one
            int octets = (int) (head >>> 32) & 0xffff;
            return octets >= Ipv4Header.OCTETS && octets <= available;
        }
        int total = totalOctets(head);
        if (isV6(head)) {
            return available >= Ipv6Header.OCTETS && total <= available;
        }
        int header = v4HeaderOctets(head);
        return version(head) == 4 && header >= Ipv4Header.OCTETS && header <= total && total <= available;
    }

    /**
     * {@return the length of header and payload}
     *
     * @param head the first eight octets
     */
    public static int totalOctets(long head) {
        return isV6(head) ? Ipv6Header.OCTETS + ((int) (head >>> 16) & 0xffff) : (int) (head >>> 32) & 0xffff;
    }

    /**
     * {@return DSCP and ECN}
     *
     * @param head the first eight octets
     */
    public static int trafficClass(long head) {
        return (int) (head >>> (isV6(head) ? 52 : 48)) & 0xff;
    }

    /**
     * {@return an IPv6 header's flow label}
     *
     * @param head the first eight octets
     */
    public static int v6FlowLabel(long head) {
        return (int) (head >>> 32) & 0xf_ffff;
    }

    /**
     * {@return the length of an IPv4 header with options}
     *
     * @param head the first eight octets
     */
    public static int v4HeaderOctets(long head) {
        return ((int) (head >>> 56) & 0x0f) << 2;
    }

    /**
     * {@return an IPv4 header's identification}
     *
     * @param head the first eight octets
     */
    public static int v4Identification(long head) {
        return (int) (head >>> 16) & 0xffff;
    }

    /**
     * {@return whether it is IPv4 with Don't Fragment set}
     *
     * @param head the first eight octets
     */
    public static boolean v4DontFragment(long head) {
        return version(head) == 4 && (head & Ipv4Header.DONT_FRAGMENT) != 0;
    }

    /**
     * {@return whether an IPv4 packet is a fragment: More Fragments set, or an offset}
     *
     * @param head the first eight octets
     */
    public static boolean v4IsFragment(long head) {
        return (head & MORE_FRAGMENTS_AND_OFFSET) != 0;
    }

    /**
     * {@return whether an IPv4 packet is a fragment other than the first}
     *
     * @param head the first eight octets
     */
    public static boolean v4IsLaterFragment(long head) {
        return (head & 0x1fff) != 0;
    }
}
