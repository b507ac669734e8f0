package io.esp4j.policy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Protocol numbers, their names in text, and which selector fields they have (RFC 4301 §4.4.1.1). Stateless. */
public final class NextLayerProtocol {
    /** ICMP for IPv4. */
    public static final int ICMP = 1;
    /** TCP. */
    public static final int TCP = 6;
    /** UDP. */
    public static final int UDP = 17;
    /** ICMP for IPv6. */
    public static final int ICMPV6 = 58;
    /** The Mobility Header of IPv6. */
    public static final int MOBILITY_HEADER = 135;
    /** SCTP. */
    public static final int SCTP = 132;

    private static final int DCCP = 33;
    private static final int UDP_LITE = 136;

    private static final Map<String, Integer> NUMBERS = new TreeMap<>(Map.ofEntries(
            Map.entry("icmp", ICMP),
            Map.entry("igmp", 2),
            Map.entry("ipip", 4),
            Map.entry("tcp", TCP),
            Map.entry("udp", UDP),
            Map.entry("dccp", DCCP),
            Map.entry("ipv6", 41),
            Map.entry("rsvp", 46),
            Map.entry("gre", 47),
            Map.entry("esp", 50),
            Map.entry("ah", 51),
            Map.entry("icmpv6", ICMPV6),
            Map.entry("ipv6-icmp", ICMPV6),
            Map.entry("eigrp", 88),
            Map.entry("ospf", 89),
            Map.entry("pim", 103),
            Map.entry("vrrp", 112),
            Map.entry("l2tp", 115),
            Map.entry("sctp", SCTP),
            Map.entry("mh", MOBILITY_HEADER),
            Map.entry("udplite", UDP_LITE)));

    private NextLayerProtocol() {}

    /**
     * {@return whether the protocol has source and destination ports}
     *
     * @param protocol number, 0 to 255
     */
    public static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP || protocol == SCTP || protocol == DCCP || protocol == UDP_LITE;
    }

    /**
     * {@return whether the protocol is ICMP of either family}
     *
     * @param protocol number, 0 to 255
     */
    public static boolean isIcmp(int protocol) {
        return protocol == ICMP || protocol == ICMPV6;
    }

    /**
     * Reads a protocol's name or number.
     *
     * @param text such as {@code tcp} or {@code 6}; case does not matter
     * @return its number, 0 to 255
     * @throws IllegalArgumentException if it is neither
     */
    public static int parse(String text) {
        Integer number = NUMBERS.get(text.toLowerCase(Locale.ROOT));
        if (number == null && text.matches("\\d{1,3}")) {
            number = Integer.valueOf(text);
        }
        if (number == null || number > 255) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a protocol: expected any, a number 0 to 255, or one of "
                    + String.join(", ", NUMBERS.keySet()));
        }
        return number;
    }

    /**
     * {@return the protocol's name, or its number if it has none here}
     *
     * @param protocol number, 0 to 255
     */
    public static String name(int protocol) {
        for (Map.Entry<String, Integer> entry : NUMBERS.entrySet()) {
            if (entry.getValue() == protocol) {
                return entry.getKey();
            }
        }
        return Integer.toString(protocol);
    }
}
