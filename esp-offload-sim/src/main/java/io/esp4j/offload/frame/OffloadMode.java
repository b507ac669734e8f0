package io.esp4j.offload.frame;

/** How much of IPsec a device does (Linux: {@code XFRM_DEV_OFFLOAD_CRYPTO}, {@code XFRM_DEV_OFFLOAD_PACKET}). */
public enum OffloadMode {
    /** Nothing. */
    NONE,
    /** Encryption and ICV. Headers, numbers and the window are the host's. */
    CRYPTO,
    /** The whole journey: the host sees no ESP. */
    PACKET
}
