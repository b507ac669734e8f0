package io.esp4j.offload.host;

/** What becomes of a fragmented ESP packet of an SA whose window is in the device, which opens no fragments. */
public enum FragmentPolicy {
    /** It is dropped. */
    DROP,
    /** Software opens this one, with the device's window. */
    THIS_PACKET_TO_SOFTWARE,
    /** The whole SA goes to software, for good: anybody who can send a fragment can bring that about. */
    SA_TO_SOFTWARE
}
