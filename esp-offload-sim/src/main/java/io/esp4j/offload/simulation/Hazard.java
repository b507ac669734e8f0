package io.esp4j.offload.simulation;

/**
 * A mistake that real designs made, to be made on purpose: each is off unless a run asks for it, and each is shown by a test
 * to do harm when it is on.
 */
public enum Hazard {
    /** The agent has no IV database: the numbers that segmentation replicated go on the wire. */
    NO_IV_DATABASE("A11", "every segment of a super-packet carries the same number and nonce"),
    /** The host counts one number for a super-packet, however many segments it has. */
    COUNT_SUPER_PACKETS("A13a", "the next packet that software encrypts repeats a nonce of a segment"),
    /** The IV database compares the low 32 bits. */
    COMPARE_LOW_HALVES("A13b", "at the wrap of the low half numbers start over"),
    /** Add SA does not say where the numbers stand. */
    FORGET_NUMBERS("A13c", "a key that is removed and added again repeats its nonces"),
    /** The agent's SAD looks for destination, protocol and SPI only. */
    BASE_KEY("A6", "packets of another domain match an SA that is not theirs"),
    /** The MAC puts no tag on what an untrusted VF sends. */
    NO_PORT_TAG("A9", "a VF can forge commands and metadata"),
    /** Between policy and driver packets lose the SA that should protect them. */
    LOST_ASSOCIATION("K10", "a packet for packet offload leaves in clear"),
    /** A packet that the device decrypted may be sent on, or mirrored, as it is. */
    FORWARD_DECRYPTED("K10", "what came encrypted leaves in clear"),
    /** The driver does not ask whether a packet is encrypted already. */
    ENCRYPT_TWICE("K10", "software and device both encrypt, and the peer opens one layer only"),
    /** A fragment is opened by software whose window is not the device's. */
    UNSHARED_WINDOW("W1", "a duplicate is accepted or a packet falsely refused");

    private final String statement;
    private final String harm;

    Hazard(String statement, String harm) {
        this.statement = statement;
        this.harm = harm;
    }

    /** {@return the statement that shows it} */
    public String statement() {
        return statement;
    }

    /** {@return what goes wrong} */
    public String harm() {
        return harm;
    }
}
