package io.esp4j.offload.frame;

/** What a device says about the decryption of a received packet. Only {@link #DECRYPTED} changes the packet. */
public enum ReceiveStatus {
    /** No SA of the device is concerned. */
    NOT_OFFLOADED,
    /** Decrypted, and the ICV was right. */
    DECRYPTED,
    /** The ICV was wrong. */
    ICV_MISMATCH,
    /** Not tried: the device has lost track of the high half and waits for the host. */
    OUT_OF_SYNC,
    /** Not tried: too many packets waited. */
    OVERLOADED,
    /** Not tried: the checksum of the IP header was wrong. */
    BAD_CHECKSUM,
    /** Not tried: a fragment. */
    FRAGMENT,
    /** Packet offload: received before, or too old to tell. */
    REPLAYED,
    /** Packet offload: the lengths, the trailer or what was inside make no sense, or its lifetime is over. */
    MALFORMED;

    private static final ReceiveStatus[] ALL = values();

    /**
     * {@return the status of a code}
     *
     * @param code as in a metadata tag
     */
    public static ReceiveStatus of(int code) {
        return code < ALL.length ? ALL[code] : MALFORMED;
    }
}
