package io.esp4j.outcome;

/** What became of a packet on its way in. */
public enum InboundOutcome {
    /** Not yet decided. */
    PENDING("-", false),
    /** Authentic, new, and as its SA allows: the burst now shows the inner packet. */
    ACCEPTED("RFC 4303 §3.4", false),
    /** Authentic, and made to be thrown away. */
    DUMMY("RFC 4303 §2.6", false),
    /** Not ESP: left as it is, for whoever else wants it. */
    NOT_ESP("RFC 4301 §5.2", false),
    /** One octet FF in UDP; says nothing of the peer's liveness. */
    KEEPALIVE("RFC 3948 §2.3", false),
    /** Four zero octets in UDP: for the key-management side, untouched. */
    NON_ESP_MARKER("RFC 3948 §2.2", false),
    /** An outer fragment: reassembly comes before ESP. */
    FRAGMENT("RFC 4303 §3.4.1", true),
    /** IPv6 without the UDP checksum that RFC 8200 demands. */
    NO_UDP_CHECKSUM("RFC 6935 §5", false),
    /** Shorter than its header says, or than an ESP packet can be. */
    MALFORMED("RFC 4303 §2", false),
    /** No SA for it. */
    UNKNOWN_SPI("RFC 4303 §3.4.2", true),
    /** The SA's hard lifetime is over. */
    LIFETIME_EXPIRED("RFC 4301 §4.4.2.1", false),
    /** Its number was received before. */
    REPLAYED("RFC 4303 §3.4.3", true),
    /** Its number lies left of the window, or is 0. */
    TOO_OLD("RFC 4303 §3.4.3", true),
    /** Not from the peer, or damaged. */
    ICV_MISMATCH("RFC 4303 §3.4.4", true),
    /** Authentic, but its trailer or inner packet makes no sense. */
    MALFORMED_PLAINTEXT("RFC 4303 §3.4.4", true),
    /** Congestion was marked on a packet that can't carry the mark on. */
    ECN_VIOLATION("RFC 6040 §4.2", false),
    /** Authentic, but not what its SA may carry. */
    SELECTOR_MISMATCH("RFC 4301 §5.2", true),
    /** BEET: too little room before the packet for the inner header, which is longer than what it replaces. */
    NO_ROOM("-", false),
    /** The SA was closed while the packet was on its way, or the crypto device failed. */
    NOT_OPENED("-", false);

    private final String source;
    private final boolean auditable;

    InboundOutcome(String source, boolean auditable) {
        this.source = source;
        this.auditable = auditable;
    }

    /** {@return the section that decides it} */
    public String source() {
        return source;
    }

    /** {@return whether it is an auditable event (RFC 4303 §4, RFC 4301 §5.2)} */
    public boolean auditable() {
        return auditable;
    }
}
