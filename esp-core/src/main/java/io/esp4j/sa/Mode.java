package io.esp4j.sa;

/** How a packet travels in ESP. */
public enum Mode {
    /** The whole inner packet behind a new outer header (RFC 4303 §3.1.2). */
    TUNNEL,
    /** The packet's own header, ESP, the packet's payload (RFC 4303 §3.1.1). */
    TRANSPORT,
    /** A tunnel whose inner addresses are fixed and not sent: bound end-to-end tunnel. */
    BEET
}
