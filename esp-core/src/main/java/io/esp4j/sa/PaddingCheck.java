package io.esp4j.sa;

/** What the receiver does with padding that is not 1, 2, 3 … (RFC 4303 §2.4). */
public enum PaddingCheck {
    /** Not looked at. */
    IGNORE,
    /** Looked at and counted; the packet is accepted, since peers exist that send zeros. */
    COUNT,
    /** The packet is dropped as malformed. */
    DROP
}
