package io.esp4j.segment;

/** Whether a packet can be cut, and what stands against it. */
public enum SegmentationVerdict {
    /** A plan was made; even a packet that is small enough is planned, as one segment. */
    PLANNED,
    /** Lengths that contradict each other, or a header cut short (RFC 791, RFC 8200, RFC 9293 §3.1, RFC 768). */
    MALFORMED,
    /** A fragment: its transport header is not here, or not all of its payload. */
    FRAGMENT,
    /** IPv4 options or IPv6 extension headers: the stack cuts before it puts them on. */
    OPTIONS,
    /** Neither TCP nor UDP: ESP for one is never cut. */
    NOT_TCP_OR_UDP,
    /** TCP with SYN, RST or URG, which mean one place in the stream and can't be repeated in each segment. */
    UNREPEATABLE_FLAGS
}
