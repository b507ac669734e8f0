package io.esp4j.sa;

/**
 * The ports of ESP in UDP (RFC 3948).
 *
 * @param sourcePort 1 to 65535
 * @param destinationPort 1 to 65535
 */
public record UdpEncapsulation(int sourcePort, int destinationPort) {
    /** Refuses ports out of range. */
    public UdpEncapsulation {
        requirePort("source port", sourcePort);
        requirePort("destination port", destinationPort);
    }

    private static void requirePort(String what, int port) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException(what + " " + port + ": expected 1 to 65535");
        }
    }
}
