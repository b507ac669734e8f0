package io.esp4j.policy;

/** What a policy does with a packet (RFC 4301 §4.4.1). */
public enum PolicyAction {
    /** Outbound, an SA protects it; inbound, it should have come through an SA, and is discarded if it did not. */
    PROTECT,
    /** It passes as it is. */
    BYPASS,
    /** It is dropped. */
    DISCARD
}
