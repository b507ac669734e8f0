package io.esp4j.io.udp;

import java.nio.ByteBuffer;

/** What a datagram on the port of UDP-encapsulated ESP is (RFC 3948 §2). Immutable. */
enum UdpPayload {
    /** RFC 3948 §2.1: begins with an SPI, which is not 0. What follows is not judged here. */
    ESP,
    /** RFC 3948 §2.2: begins with four zero octets, the rest is a message of key management. */
    KEY_MANAGEMENT,
    /** RFC 3948 §2.3: a single octet of 0xff. */
    KEEPALIVE,
    /** None of them: fewer octets than an SPI or a marker has. */
    MALFORMED;

    /** The non-ESP marker stands where an SPI would. */
    static final int MARKER_OCTETS = 4;

    static final int MARKER = 0;
    static final byte KEEPALIVE_OCTET = (byte) 0xff;

    static UdpPayload of(ByteBuffer region, int offset, int length) {
        if (length >= MARKER_OCTETS) {
            return region.getInt(offset) == MARKER ? KEY_MANAGEMENT : ESP;
        }
        return length == 1 && region.get(offset) == KEEPALIVE_OCTET ? KEEPALIVE : MALFORMED;
    }
}
