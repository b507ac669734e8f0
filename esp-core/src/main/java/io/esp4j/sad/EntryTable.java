package io.esp4j.sad;

import io.esp4j.wire.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Collection;

/**
 * Entries of one kind in one flat array; the package's note says why and how.
 *
 * <p>Threads: {@code find} from any, without locks. The writing methods belong to whoever holds the database's lock.
 */
final class EntryTable<E extends SadEntry> {
    /** At most one slot in this many holds an entry. */
    static final int SLOTS_PER_ENTRY = 4;

    private static final int MINIMUM_SLOTS = 16;
    private static final int MAXIMUM_SLOTS = 1 << 30;
    /** Counts lie a cache line away from everything that lookups read, since every change writes them. */
    private static final int ENTRIES = 16;

    private static final int MARKERS = 17;
    private static final int COUNTS_LENGTH = 32;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(int[].class);

    /** Lies in a slot whose entry was removed while a probe sequence may cross it. */
    private static final Object REMOVED = new Object();

    private final SadMatch match;
    private final int minimumSlots;
    private final int[] counts = new int[COUNTS_LENGTH];
    private volatile Object[] slots;
    private volatile boolean empty = true;

    EntryTable(SadMatch match, int expectedEntries) {
        this.match = match;
        minimumSlots = slotsFor(expectedEntries);
        slots = new Object[minimumSlots];
    }

    /** Whether no lookup can find anything; costs one load. */
    boolean isEmpty() {
        return empty;
    }

    int size() {
        return (int) COUNT.getOpaque(counts, ENTRIES);
    }

    /** The octets that the table takes are those of this array. */
    Object[] slots() {
        return slots;
    }

    int markers() {
        return counts[MARKERS];
    }

    /** The {SPI} search. Null if there is none. */
    E find(int spi, int domain) {
        Object[] table = slots;
        int mask = table.length - 1;
        for (int i = SadHash.of(spi, domain, table.length); ; i = (i + 1) & mask) {
            Object slot = SLOT.getAcquire(table, i);
            if (slot == null) {
                return null;
            }
            if (slot != REMOVED) {
                E entry = entry(slot);
                if (entry.spi() == spi && entry.domain() == domain) {
                    return entry;
                }
            }
        }
    }

    /** The two searches with addresses; {@code {SPI, destination}} does not look at the source. Null if there is none. */
    E find(int spi, int domain, boolean v6, long destHigh, long destLow, long sourceHigh, long sourceLow) {
        Object[] table = slots;
        int mask = table.length - 1;
        boolean withSource = match == SadMatch.SPI_DESTINATION_SOURCE;
        int home = withSource
                ? SadHash.of(spi, domain, destHigh, destLow, sourceHigh, sourceLow, table.length)
                : SadHash.of(spi, domain, destHigh, destLow, 0, 0, table.length);
        for (int i = home; ; i = (i + 1) & mask) {
            Object slot = SLOT.getAcquire(table, i);
            if (slot == null) {
                return null;
            }
            if (slot != REMOVED) {
                E entry = entry(slot);
                if (entry.spi() == spi
                        && entry.domain() == domain
                        && is(entry.destination(), v6, destHigh, destLow)
                        && (!withSource || is(entry.source(), v6, sourceHigh, sourceLow))) {
                    return entry;
                }
            }
        }
    }

    /** The entry with the same key, or null. */
    E findLike(E like) {
        if (match == SadMatch.SPI) {
            return find(like.spi(), like.domain());
        }
        IpAddress to = like.destination();
        IpAddress from = match == SadMatch.SPI_DESTINATION ? to : like.source();
        return find(like.spi(), like.domain(), to.v6(), to.high(), to.low(), from.high(), from.low());
    }

    /** Adds an entry whose key the table does not hold. */
    void add(E entry) {
        int entries = counts[ENTRIES] + 1;
        if ((long) entries * SLOTS_PER_ENTRY > slots.length) {
            rebuild(entries);
        } else if ((entries + counts[MARKERS]) * 8L > slots.length * 3L) {
            rebuild(entries - 1); // Sheds the markers, at most once in as many removals as an eighth of the slots.
        }
        Object[] table = slots;
        int i = home(entry, table.length);
        for (Object slot = table[i]; slot != null && slot != REMOVED; slot = table[i]) {
            i = (i + 1) & (table.length - 1);
        }
        if (table[i] == REMOVED) {
            counts[MARKERS]--;
        }
        SLOT.setRelease(table, i, entry);
        COUNT.setOpaque(counts, ENTRIES, entries);
        if (entries == 1) {
            empty = false;
        }
    }

    /** Stores an entry over another with the same key; false if that one is not here. */
    boolean replace(E present, E successor) {
        Object[] table = slots;
        int i = indexOf(present, table);
        if (i < 0) {
            return false;
        }
        SLOT.setRelease(table, i, successor);
        return true;
    }

    /** Removes this very entry; false if it is not here. */
    boolean remove(E entry) {
        Object[] table = slots;
        int i = indexOf(entry, table);
        if (i < 0) {
            return false;
        }
        int entries = counts[ENTRIES] - 1;
        if (entries == 0) {
            empty = true;
        }
        int mask = table.length - 1;
        SLOT.setRelease(table, i, REMOVED);
        counts[MARKERS]++;
        if (table[(i + 1) & mask] == null) {
            for (; table[i] == REMOVED; i = (i - 1) & mask) {
                SLOT.setRelease(table, i, null);
                counts[MARKERS]--;
            }
        }
        COUNT.setOpaque(counts, ENTRIES, entries);
        if (table.length > minimumSlots && entries * 4L * SLOTS_PER_ENTRY < table.length) {
            rebuild(entries * 2);
        }
        return true;
    }

    void copyTo(Collection<? super E> target) {
        for (Object slot : slots) {
            if (slot != null && slot != REMOVED) {
                target.add(entry(slot));
            }
        }
    }

    private void rebuild(int entries) {
        Object[] old = slots;
        Object[] table = new Object[Math.max(minimumSlots, slotsFor(entries))];
        for (Object slot : old) {
            if (slot != null && slot != REMOVED) {
                int i = home(entry(slot), table.length);
                while (table[i] != null) {
                    i = (i + 1) & (table.length - 1);
                }
                table[i] = slot;
            }
        }
        counts[MARKERS] = 0;
        slots = table;
    }

    private int indexOf(E entry, Object[] table) {
        int i = home(entry, table.length);
        while (table[i] != null && table[i] != entry) {
            i = (i + 1) & (table.length - 1);
        }
        return table[i] == null ? -1 : i;
    }

    private int home(E entry, int length) {
        if (match == SadMatch.SPI) {
            return SadHash.of(entry.spi(), entry.domain(), length);
        }
        IpAddress to = entry.destination();
        long sourceHigh = 0;
        long sourceLow = 0;
        if (match == SadMatch.SPI_DESTINATION_SOURCE) {
            sourceHigh = entry.source().high();
            sourceLow = entry.source().low();
        }
        return SadHash.of(entry.spi(), entry.domain(), to.high(), to.low(), sourceHigh, sourceLow, length);
    }

    private static boolean is(IpAddress address, boolean v6, long high, long low) {
        return address.low() == low && address.high() == high && address.v6() == v6;
    }

    /** Slots hold entries of this table, the marker and null, nothing else. */
    @SuppressWarnings("unchecked")
    private E entry(Object slot) {
        return (E) slot;
    }

    private static int slotsFor(int entries) {
        if (entries > MAXIMUM_SLOTS / SLOTS_PER_ENTRY) {
            throw new IllegalArgumentException(
                    "expected at most " + MAXIMUM_SLOTS / SLOTS_PER_ENTRY + " entries, found " + entries);
        }
        int wanted = Math.max(MINIMUM_SLOTS, entries * SLOTS_PER_ENTRY);
        return Integer.highestOneBit(wanted - 1) << 1;
    }
}
