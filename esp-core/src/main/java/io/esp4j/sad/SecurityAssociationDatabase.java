package io.esp4j.sad;

import io.esp4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Finds the security association of a packet by its SPI, and where an entry says so by its outer addresses too.
 *
 * <p>A lookup behaves as the search of RFC 4303 §2.1: {SPI, destination, source} first, then {SPI, destination}, then
 * {SPI}. It allocates nothing, takes no lock and never waits, whatever writers do meanwhile: an entry that is present
 * during the whole lookup is found.
 *
 * <p>Threads: thread-safe. Lookups are lock-free, changes are made one at a time under a lock. After a removal, a lookup
 * that began before it may still return the entry: wait until all readers have passed before destroying it.
 *
 * @param <E> the entries; the database needs their keys only
 */
public final class SecurityAssociationDatabase<E extends SadEntry> {
    /** The smallest SPI of an SA; 0 is for local use and 1 to 255 are reserved (RFC 4303 §2.1). */
    public static final int MINIMUM_SPI = 256;

    private final EntryTable<E> bySpi;
    private final EntryTable<E> byDestination;
    private final EntryTable<E> bySource;
    private final ReentrantLock writer = new ReentrantLock();

    /** An empty database that grows as needed. */
    public SecurityAssociationDatabase() {
        this(0);
    }

    /**
     * An empty database with room.
     *
     * @param expectedEntries how many entries that are found by SPI alone it takes without growing
     */
    public SecurityAssociationDatabase(int expectedEntries) {
        bySpi = new EntryTable<>(SadMatch.SPI, expectedEntries);
        byDestination = new EntryTable<>(SadMatch.SPI_DESTINATION, 0);
        bySource = new EntryTable<>(SadMatch.SPI_DESTINATION_SOURCE, 0);
    }

    /**
     * Finds an entry by SPI alone: the whole search while {@link #hasAddressEntries()} is false.
     *
     * @param spi SPI from the wire, any value
     * @param domain the domain that the packet came from
     * @return the entry, or null
     */
    public E lookup(int spi, int domain) {
        return bySpi.find(spi, domain);
    }

    /**
     * Finds the entry that the longest match selects.
     *
     * @param spi SPI from the wire, any value
     * @param domain the domain that the packet came from
     * @param v6 family of the outer addresses
     * @param destHigh first 8 octets of the outer destination, 0 for IPv4
     * @param destLow last 8 octets of the outer destination, or its 4
     * @param sourceHigh first 8 octets of the outer source, 0 for IPv4
     * @param sourceLow last 8 octets of the outer source, or its 4
     * @return the entry, or null
     */
    public E lookup(int spi, int domain, boolean v6, long destHigh, long destLow, long sourceHigh, long sourceLow) {
        if (!bySource.isEmpty()) {
            E entry = bySource.find(spi, domain, v6, destHigh, destLow, sourceHigh, sourceLow);
            if (entry != null) {
                return entry;
            }
        }
        if (!byDestination.isEmpty()) {
            E entry = byDestination.find(spi, domain, v6, destHigh, destLow, 0, 0);
            if (entry != null) {
                return entry;
            }
        }
        return bySpi.find(spi, domain);
    }

    /**
     * Finds the entry that the longest match selects; the addresses are read only if an entry wants them.
     *
     * @param spi SPI from the wire, any value
     * @param domain the domain that the packet came from
     * @param memory where the packet lies
     * @param ipHeaderAt position of the outer IP header, which the caller has checked to be whole
     * @return the entry, or null
     */
    public E lookup(int spi, int domain, Memory memory, int ipHeaderAt) {
        if (!hasAddressEntries()) {
            return bySpi.find(spi, domain);
        }
        if (memory.octet(ipHeaderAt) >>> 4 == 6) {
            return lookup(
                    spi,
                    domain,
                    true,
                    memory.int64(ipHeaderAt + 24),
                    memory.int64(ipHeaderAt + 32),
                    memory.int64(ipHeaderAt + 8),
                    memory.int64(ipHeaderAt + 16));
        }
        long source = memory.int32(ipHeaderAt + 12) & 0xffff_ffffL;
        long destination = memory.int32(ipHeaderAt + 16) & 0xffff_ffffL;
        return lookup(spi, domain, false, 0, destination, 0, source);
    }

    /** {@return whether any entry is found by more than its SPI} */
    public boolean hasAddressEntries() {
        return !(byDestination.isEmpty() && bySource.isEmpty());
    }

    /**
     * Adds an entry.
     *
     * @param entry its key is in use by no other entry
     * @throws IllegalArgumentException if its SPI is 0 to 255, an address that it is found by is missing, or the two
     *     addresses are of different families
     * @throws IllegalStateException if there is an entry with that key
     */
    public void add(E entry) {
        check(entry);
        EntryTable<E> table = table(entry);
        writer.lock();
        try {
            if (table.findLike(entry) != null) {
                throw new IllegalStateException("there is an entry for " + describe(entry) + " already");
            }
            table.add(entry);
        } finally {
            writer.unlock();
        }
    }

    /**
     * Puts an entry in the place of another in one step: every lookup finds the one or the other.
     *
     * @param present the entry to be replaced
     * @param successor an entry with the same key
     * @return whether {@code present} was in the database, and so has been replaced
     * @throws IllegalArgumentException if the keys differ
     */
    public boolean replace(E present, E successor) {
        check(successor);
        if (!sameKey(present, successor)) {
            throw new IllegalArgumentException(
                    "expected an entry for " + describe(present) + ", found one for " + describe(successor));
        }
        writer.lock();
        try {
            return table(present).replace(present, successor);
        } finally {
            writer.unlock();
        }
    }

    /**
     * Removes an entry.
     *
     * @param entry this very object, not one like it
     * @return whether it was in the database
     */
    public boolean remove(E entry) {
        writer.lock();
        try {
            return table(entry).remove(entry);
        } finally {
            writer.unlock();
        }
    }

    /** {@return how many entries there are} */
    public int size() {
        return bySpi.size() + byDestination.size() + bySource.size();
    }

    /** {@return all entries as of one moment, in no order; a new list, which nobody changes} */
    public List<E> entries() {
        writer.lock();
        try {
            List<E> all = new ArrayList<>(size());
            bySpi.copyTo(all);
            byDestination.copyTo(all);
            bySource.copyTo(all);
            return all;
        } finally {
            writer.unlock();
        }
    }

    EntryTable<E> table(E entry) {
        return switch (entry.match()) {
            case SPI -> bySpi;
            case SPI_DESTINATION -> byDestination;
            case SPI_DESTINATION_SOURCE -> bySource;
        };
    }

    private static void check(SadEntry entry) {
        if (Integer.compareUnsigned(entry.spi(), MINIMUM_SPI) < 0) {
            throw new IllegalArgumentException(
                    "expected an SPI of 256 to 2^32-1, found " + entry.spi() + " (RFC 4303 section 2.1)");
        }
        boolean destination = entry.match() != SadMatch.SPI;
        boolean source = entry.match() == SadMatch.SPI_DESTINATION_SOURCE;
        if ((destination && entry.destination() == null) || (source && entry.source() == null)) {
            throw new IllegalArgumentException(
                    "expected the addresses that " + entry.match() + " compares, found " + describe(entry));
        }
        if (source && entry.source().v6() != entry.destination().v6()) {
            throw new IllegalArgumentException("expected addresses of one family, found " + describe(entry));
        }
    }

    private static boolean sameKey(SadEntry a, SadEntry b) {
        return a.spi() == b.spi()
                && a.domain() == b.domain()
                && a.match() == b.match()
                && (a.match() == SadMatch.SPI || a.destination().equals(b.destination()))
                && (a.match() != SadMatch.SPI_DESTINATION_SOURCE || Objects.equals(a.source(), b.source()));
    }

    private static String describe(SadEntry entry) {
        StringBuilder text = new StringBuilder(String.format("SPI 0x%08x", entry.spi()));
        if (entry.domain() != 0) {
            text.append(", domain ").append(entry.domain());
        }
        if (entry.match() != SadMatch.SPI) {
            text.append(", destination ").append(entry.destination());
        }
        if (entry.match() == SadMatch.SPI_DESTINATION_SOURCE) {
            text.append(", source ").append(entry.source());
        }
        return text.toString();
    }
}
