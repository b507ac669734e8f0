package io.esp4j.offload.control;

/** Which way an SA's packets go. Transmit and receive state are installed one without the other. */
public enum SaDirection {
    /** From the host to the link. */
    TRANSMIT,
    /** From the link to the host. */
    RECEIVE
}
