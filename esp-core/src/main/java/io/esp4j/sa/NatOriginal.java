package io.esp4j.sa;

import io.esp4j.wire.IpAddress;

/**
 * The addresses that a transport-mode peer behind a NAT computed its TCP and UDP checksums with (RFC 3948 §3.1.2).
 *
 * @param source the original source address
 * @param destination the original destination address
 */
public record NatOriginal(IpAddress source, IpAddress destination) {
    /** Refuses addresses of two families. */
    public NatOriginal {
        if (source.v6() != destination.v6()) {
            throw new IllegalArgumentException(
                    "original addresses " + source + " and " + destination + ": expected two of one family");
        }
    }
}
