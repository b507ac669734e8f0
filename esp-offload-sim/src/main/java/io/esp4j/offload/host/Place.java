package io.esp4j.offload.host;

/** Where the work of an SA is done. */
public enum Place {
    /** Nowhere yet: the device has been asked. */
    INSTALLING,
    /** In software. */
    SOFTWARE,
    /** Crypto in the device, the rest in software. */
    CRYPTO_OFFLOAD,
    /** All in the device. */
    PACKET_OFFLOAD,
    /** Nowhere: all was in a device that is down. */
    WAITING,
    /** Nowhere any more, or never. */
    GONE
}
