package io.esp4j.sa;

/**
 * Padding after the inner packet that hides its length (RFC 4303 §2.7): the inner packet is padded to at least
 * {@code minimumOctets}, and with {@code maximumOctets} above that to a random length between the two. Packets that are
 * longer go as they are. Padding never makes a packet exceed the SA's MTU.
 *
 * @param minimumOctets the length to pad to, 0 for none
 * @param maximumOctets the largest random length, or the same as {@code minimumOctets}
 */
public record TrafficFlowPadding(int minimumOctets, int maximumOctets) {
    /** No padding: the default, since the peer must support it. */
    public static final TrafficFlowPadding NONE = new TrafficFlowPadding(0, 0);

    /** Refuses ranges that are not. */
    public TrafficFlowPadding {
        if (minimumOctets < 0 || maximumOctets < minimumOctets || maximumOctets > 65535) {
            throw new IllegalArgumentException("traffic flow padding from " + minimumOctets + " to " + maximumOctets
                    + " octets: expected 0 <= minimum <= maximum <= 65535");
        }
    }

    /**
     * Pads every shorter packet to one length.
     *
     * @param octets the length
     * @return fixed padding
     */
    public static TrafficFlowPadding to(int octets) {
        return new TrafficFlowPadding(octets, octets);
    }

    /**
     * Pads every shorter packet to the most that the SA's MTU allows.
     *
     * @return padding to the path MTU
     */
    public static TrafficFlowPadding toPathMtu() {
        return to(65535);
    }
}
