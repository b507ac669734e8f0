package io.esp4j.replay;

/** What a {@link ReplayWindow} says about a sequence number (RFC 4303 §3.4.3). */
public enum ReplayVerdict {
    /** Fresh: not received before and not left of the window. Only {@link ReplayWindow#commit} makes it received. */
    ACCEPTED,

    /** Inside the window and received before. */
    REPLAYED,

    /** Left of the window, or 0: whether it was received before is not known. */
    TOO_OLD
}
