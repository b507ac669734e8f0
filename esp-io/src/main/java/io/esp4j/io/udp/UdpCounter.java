package io.esp4j.io.udp;

/** What an endpoint counts. Each datagram received is counted by exactly one of the first five. Immutable. */
public enum UdpCounter {
    /** Datagrams that went into a batch. */
    RECEIVED_ESP,
    /** Messages that went to key management (RFC 3948 §2.2). */
    RECEIVED_KEY_MANAGEMENT,
    /** Keepalives: ignored, and no proof that the peer lives (RFC 3948 §2.3). */
    RECEIVED_KEEPALIVE,
    /** Datagrams of fewer than 4 octets that are no keepalive. A connected endpoint does not see empty ones. */
    RECEIVED_MALFORMED,
    /** Datagrams with more octets than a slot of the batch has room for. */
    RECEIVED_OVERSIZED,
    /** Octets of the datagrams that went into a batch. */
    RECEIVED_ESP_OCTETS,
    /** Errors reported instead of a datagram, such as an ICMP error on a connected endpoint. */
    RECEIVE_FAILED,
    /** Datagrams of ESP that the kernel took. */
    SENT_ESP,
    /** Octets of the datagrams of ESP that the kernel took. */
    SENT_ESP_OCTETS,
    /** Messages of key management that the kernel took. */
    SENT_KEY_MANAGEMENT,
    /** Keepalives that the kernel took. */
    SENT_KEEPALIVE,
    /** Datagrams not sent since the peer would take them for something else than ESP (RFC 3948 §2.1: SPI 0). */
    SEND_REFUSED,
    /** Datagrams given up since the kernel refused them: no route, too long, and the like. */
    SEND_FAILED,
    /** Times that sending stopped since the socket had no room. */
    SEND_BLOCKED
}
