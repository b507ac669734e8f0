package io.esp4j.outcome;

/** What became of a packet on its way out. */
public enum OutboundOutcome {
    /** Not yet decided. */
    PENDING("-", false),
    /** Now an ESP packet. */
    ENCAPSULATED("RFC 4303 §3.3", false),
    /** No policy or no SA for it: not sent. */
    NO_POLICY("RFC 4301 §5.1", false),
    /** Not an IP packet whose header and lengths make sense. */
    MALFORMED("RFC 4301 §5.1", false),
    /** Transport and BEET mode protect whole datagrams only. */
    FRAGMENT("RFC 4303 §3.3.4", true),
    /** The result would exceed the SA's MTU. */
    PACKET_TOO_BIG("RFC 4301 §8.2.1", false),
    /** Too little room around the packet for what ESP adds: a mistake of the caller. */
    NO_ROOM("-", false),
    /** The SA's hard lifetime is over. */
    LIFETIME_EXPIRED("RFC 4301 §4.4.2.1", false),
    /** The sequence number would cycle. */
    SEQUENCE_EXHAUSTED("RFC 4303 §3.3.3", true),
    /** The SA was closed while the packet was on its way, or the crypto device failed: not sent. */
    NOT_SEALED("-", false);

    private final String source;
    private final boolean auditable;

    OutboundOutcome(String source, boolean auditable) {
        this.source = source;
        this.auditable = auditable;
    }

    /** {@return the section that decides it} */
    public String source() {
        return source;
    }

    /** {@return whether it is an auditable event (RFC 4303 §4)} */
    public boolean auditable() {
        return auditable;
    }
}
