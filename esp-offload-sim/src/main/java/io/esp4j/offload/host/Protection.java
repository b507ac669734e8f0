package io.esp4j.offload.host;

/** How a delivered packet came: the mark that each packet carries. */
public enum Protection {
    /** Not encrypted. */
    CLEAR,
    /** Decrypted by software. */
    SOFTWARE,
    /** Decrypted by the device, and judged by the host. */
    CRYPTO_OFFLOAD,
    /** Decrypted and judged by the device. */
    PACKET_OFFLOAD
}
