package io.esp4j.sad;

import io.esp4j.wire.IpAddress;
import java.util.Locale;

/** An entry that is nothing but its key. {@code generation} tells entries with one key apart. */
record TestEntry(int spi, int domain, SadMatch match, IpAddress destination, IpAddress source, int generation)
        implements SadEntry {

    static TestEntry of(int spi) {
        return new TestEntry(spi, 0, SadMatch.SPI, null, null, 0);
    }

    static TestEntry of(int spi, int domain) {
        return new TestEntry(spi, domain, SadMatch.SPI, null, null, 0);
    }

    static TestEntry of(int spi, String destination) {
        return new TestEntry(spi, 0, SadMatch.SPI_DESTINATION, IpAddress.parse(destination), null, 0);
    }

    static TestEntry of(int spi, String destination, String source) {
        return new TestEntry(
                spi, 0, SadMatch.SPI_DESTINATION_SOURCE, IpAddress.parse(destination), IpAddress.parse(source), 0);
    }

    /** Each of the three kinds in turn. */
    static SadMatch match(int i) {
        return switch (i % 3) {
            case 0 -> SadMatch.SPI;
            case 1 -> SadMatch.SPI_DESTINATION;
            default -> SadMatch.SPI_DESTINATION_SOURCE;
        };
    }

    TestEntry successor() {
        return new TestEntry(spi, domain, match, destination, source, generation + 1);
    }

    boolean sameKey(TestEntry other) {
        return spi == other.spi
                && domain == other.domain
                && match == other.match
                && (match == SadMatch.SPI || destination.equals(other.destination))
                && (match != SadMatch.SPI_DESTINATION_SOURCE || source.equals(other.source));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%08x/%d %s %s %s #%d", spi, domain, match, destination, source, generation);
    }
}
