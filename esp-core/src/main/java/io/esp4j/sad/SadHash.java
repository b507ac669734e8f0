package io.esp4j.sad;

/**
 * From a key to its home slot.
 *
 * <p>Multiplication by 2^64 divided by the golden ratio, of which the top bits count: SPIs that follow one another, as
 * key managers like to give them out, are spread evenly, random ones stay random. Whoever can choose SPIs here is the
 * receiver itself, so no secret goes in. Stateless.
 */
final class SadHash {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private SadHash() {}

    /** The home slot in a table whose length is a power of two, at least 2. */
    static int of(int spi, int domain, int length) {
        return slot(key(spi, domain) * GOLDEN, length);
    }

    static int of(int spi, int domain, long destHigh, long destLow, long sourceHigh, long sourceLow, int length) {
        long hash = mix(key(spi, domain), destLow);
        hash = mix(hash, destHigh);
        hash = mix(hash, sourceLow);
        hash = mix(hash, sourceHigh);
        return slot(hash * GOLDEN, length);
    }

    private static long key(int spi, int domain) {
        return (long) domain << 32 | (spi & 0xffff_ffffL);
    }

    private static long mix(long hash, long value) {
        long product = (hash ^ value) * GOLDEN;
        return product ^ product >>> 32;
    }

    private static int slot(long hash, int length) {
        return (int) (hash >>> (Integer.numberOfLeadingZeros(length) + 33));
    }
}
