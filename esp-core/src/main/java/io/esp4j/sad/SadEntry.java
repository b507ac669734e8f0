package io.esp4j.sad;

import io.esp4j.wire.IpAddress;

/**
 * What the database must know of a security association.
 *
 * <p>The five values must not change while the entry is in a database. They are read on the packet path: implementations
 * return fields.
 */
public interface SadEntry {

    /** {@return the SPI, unsigned, 256 to 2^32−1} */
    int spi();

    /** {@return the domain that the SPI belongs to, 0 where there is only one} */
    int domain();

    /** {@return what the entry is found by} */
    SadMatch match();

    /** {@return the outer destination address; not looked at, and null allowed, unless {@link #match()} compares it} */
    IpAddress destination();

    /** {@return the outer source address; not looked at, and null allowed, unless {@link #match()} compares it} */
    IpAddress source();
}
