package io.esp4j.sad;

/** What an entry of the database is found by: the three searches of RFC 4303 §2.1. */
public enum SadMatch {
    /** The SPI alone: all unicast SAs, unless told apart otherwise. */
    SPI,
    /** SPI and outer destination address: any-source multicast. */
    SPI_DESTINATION,
    /** SPI, outer destination and outer source address: source-specific multicast. */
    SPI_DESTINATION_SOURCE
}
