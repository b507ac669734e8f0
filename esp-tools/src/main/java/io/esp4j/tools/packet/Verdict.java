package io.esp4j.tools.packet;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;

/** What a user is told of one record. The words are part of the contract with users' scripts. */
enum Verdict {
    /** Now in OUT. */
    ACCEPTED("accepted", true),
    /** Authentic, and made to be thrown away. */
    DUMMY("dummy", true),
    /** Nothing of ours: not IP, not ESP, UDP on other ports. */
    BYPASSED("bypassed", true),
    /** One octet FF in UDP. */
    KEEPALIVE("keepalive", true),
    /** Four zero octets in UDP: for the key-management side. */
    NON_ESP_MARKER("non-esp-marker", true),
    /** A fragment where a whole packet was due. */
    FRAGMENT("fragment", false),
    /** Shorter than its header says, or senseless in another way. */
    MALFORMED("malformed", false),
    /** No SA for it. */
    UNKNOWN_SPI("unknown-spi", false),
    /** The SA's hard lifetime is over. */
    LIFETIME_EXPIRED("lifetime-expired", false),
    /** Its number was received before. */
    REPLAYED("replayed", false),
    /** Its number lies left of the window, or is 0. */
    TOO_OLD("too-old", false),
    /** Forged or damaged. */
    ICV_MISMATCH("icv-mismatch", false),
    /** Congestion was marked on a packet that can't carry the mark on. */
    ECN_VIOLATION("ecn-violation", false),
    /** Authentic, but not what its SA may carry. */
    SELECTOR_MISMATCH("selector-mismatch", false),
    /** No SA is for it. */
    NO_POLICY("no-policy", false),
    /** The sequence number would cycle. */
    SEQUENCE_EXHAUSTED("sequence-exhausted", false),
    /** The result would exceed the SA's MTU. */
    PACKET_TOO_BIG("packet-too-big", false);

    private final String word;
    private final boolean fine;

    Verdict(String word, boolean fine) {
        this.word = word;
        this.fine = fine;
    }

    /** {@return the word that verdict lines have} */
    String word() {
        return word;
    }

    /** {@return whether it leaves the exit status at 0} */
    boolean fine() {
        return fine;
    }

    /**
     * {@return the verdict of an inbound outcome}
     *
     * @throws IllegalStateException for outcomes that say nothing of the packet: a provider failed, or too little room
     */
    static Verdict of(InboundOutcome outcome) {
        return switch (outcome) {
            case ACCEPTED -> ACCEPTED;
            case DUMMY -> DUMMY;
            case NOT_ESP -> BYPASSED;
            case KEEPALIVE -> KEEPALIVE;
            case NON_ESP_MARKER -> NON_ESP_MARKER;
            case FRAGMENT -> FRAGMENT;
            case MALFORMED, MALFORMED_PLAINTEXT, NO_UDP_CHECKSUM -> MALFORMED;
            case UNKNOWN_SPI -> UNKNOWN_SPI;
            case LIFETIME_EXPIRED -> LIFETIME_EXPIRED;
            case REPLAYED -> REPLAYED;
            case TOO_OLD -> TOO_OLD;
            case ICV_MISMATCH -> ICV_MISMATCH;
            case ECN_VIOLATION -> ECN_VIOLATION;
            case SELECTOR_MISMATCH -> SELECTOR_MISMATCH;
            case PENDING, NO_ROOM, NOT_OPENED -> throw unexpected(outcome);
        };
    }

    /**
     * {@return the verdict of an outbound outcome}
     *
     * @throws IllegalStateException for outcomes that say nothing of the packet: a provider failed, or too little room
     */
    static Verdict of(OutboundOutcome outcome) {
        return switch (outcome) {
            case ENCAPSULATED -> ACCEPTED;
            case NO_POLICY -> NO_POLICY;
            case MALFORMED -> MALFORMED;
            case FRAGMENT -> FRAGMENT;
            case PACKET_TOO_BIG -> PACKET_TOO_BIG;
            case LIFETIME_EXPIRED -> LIFETIME_EXPIRED;
            case SEQUENCE_EXHAUSTED -> SEQUENCE_EXHAUSTED;
            case PENDING, NO_ROOM, NOT_SEALED -> throw unexpected(outcome);
        };
    }

    private static IllegalStateException unexpected(Enum<?> outcome) {
        return new IllegalStateException("a packet ended as " + outcome + ", which a burst of one never should");
    }
}
