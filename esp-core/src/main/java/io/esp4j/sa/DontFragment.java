package io.esp4j.sa;

/** The outer IPv4 header's Don't Fragment bit (RFC 4301 §8.1). */
public enum DontFragment {
    /** As the inner IPv4 header has it; clear when the inner packet is IPv6. */
    COPY,
    /** Always set. */
    SET,
    /** Never set. */
    CLEAR
}
