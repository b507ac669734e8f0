package io.esp4j.tools.exchange;

/** A form of SAs that is not ours; constants are spelled as users type them. */
enum Format {
    /** What {@code ip xfrm state} prints. */
    xfrm,
    /** Wireshark's table of keys. */
    esp_sa
}
