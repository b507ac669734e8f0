package io.esp4j.sa;

/** What identifies an inbound SA (RFC 4303 §2.1). */
public enum SpiMatch {
    /** The SPI alone: the rule for unicast. */
    SPI,
    /** SPI and outer destination. */
    SPI_DESTINATION,
    /** SPI, outer destination and outer source. */
    SPI_DESTINATION_SOURCE
}
