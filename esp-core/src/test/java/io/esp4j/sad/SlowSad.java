package io.esp4j.sad;

import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;

/** RFC 4303 §2.1 word by word: a list, searched three times. */
final class SlowSad {
    private final List<TestEntry> entries = new ArrayList<>();

    List<TestEntry> entries() {
        return entries;
    }

    TestEntry search(int spi, int domain, IpAddress destination, IpAddress source) {
        for (TestEntry entry : entries) {
            if (entry.match() == SadMatch.SPI_DESTINATION_SOURCE
                    && entry.spi() == spi
                    && entry.domain() == domain
                    && entry.destination().equals(destination)
                    && entry.source().equals(source)) {
                return entry;
            }
        }
        for (TestEntry entry : entries) {
            if (entry.match() == SadMatch.SPI_DESTINATION
                    && entry.spi() == spi
                    && entry.domain() == domain
                    && entry.destination().equals(destination)) {
                return entry;
            }
        }
        for (TestEntry entry : entries) {
            if (entry.match() == SadMatch.SPI && entry.spi() == spi && entry.domain() == domain) {
                return entry;
            }
        }
        return null;
    }

    TestEntry sameKey(TestEntry like) {
        return entries.stream().filter(like::sameKey).findFirst().orElse(null);
    }
}
