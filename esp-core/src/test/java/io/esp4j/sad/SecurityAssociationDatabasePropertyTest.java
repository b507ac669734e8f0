package io.esp4j.sad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** Random changes and lookups over few keys, so that entries of all kinds meet, against the search of the RFC. */
class SecurityAssociationDatabasePropertyTest {
    private static final int STEPS = 400;

    @Property(tries = 150)
    @Label("R2 every lookup agrees with the search that the RFC describes, through any additions and removals")
    void shouldAgreeWithTheSearchOfTheRfc(@ForAll long seed) {
        Random random = new Random(seed);
        int spis = 1 << (1 + random.nextInt(8));
        SecurityAssociationDatabase<TestEntry> database = new SecurityAssociationDatabase<>();
        SlowSad oracle = new SlowSad();
        for (int step = 0; step < STEPS; step++) {
            change(random, spis, database, oracle);
            TestEntry probe = entry(random, spis);
            IpAddress to = probe.destination();
            IpAddress from = probe.source();
            assertSame(
                    oracle.search(probe.spi(), probe.domain(), to, from),
                    database.lookup(
                            probe.spi(), probe.domain(), to.v6(), to.high(), to.low(), from.high(), from.low()));
        }
        assertEquals(Set.copyOf(oracle.entries()), Set.copyOf(database.entries()));
        assertEquals(oracle.entries().size(), database.size());
    }

    @Property(tries = 20)
    void shouldKeepMarkersBoundedWhenEntriesComeAndGo(@ForAll long seed) {
        Random random = new Random(seed);
        EntryTable<TestEntry> table = new EntryTable<>(SadMatch.SPI, 0);
        List<TestEntry> present = new ArrayList<>();
        int population = 1 + random.nextInt(200);
        for (int step = 0; step < 2_000; step++) {
            if (present.size() < population) {
                TestEntry entry = TestEntry.of(random.nextInt() | 0x100);
                if (table.findLike(entry) == null) {
                    table.add(entry);
                    present.add(entry);
                }
            } else {
                assertTrue(table.remove(present.remove(random.nextInt(present.size()))));
            }
            assertTrue((table.size() + table.markers()) * 8 <= table.slots().length * 3 + 8, "full of markers");
        }
        long used = Arrays.stream(table.slots()).filter(Objects::nonNull).count();
        assertEquals(used, table.size() + table.markers());
        present.forEach(entry -> assertSame(entry, table.find(entry.spi(), 0)));
        present.forEach(table::remove);
        assertEquals(0, table.size());
        assertTrue(table.slots().length <= 16, "shrinks again");
    }

    private static void change(
            Random random, int spis, SecurityAssociationDatabase<TestEntry> database, SlowSad oracle) {
        TestEntry entry = entry(random, spis);
        TestEntry present = oracle.sameKey(entry);
        int action = random.nextInt(10);
        if (action < 5) {
            if (present == null) {
                database.add(entry);
                oracle.entries().add(entry);
            } else {
                assertThrows(IllegalStateException.class, () -> database.add(entry));
            }
        } else if (action < 9 && present != null) {
            assertTrue(database.remove(present));
            oracle.entries().remove(present);
        } else if (present != null) {
            assertTrue(database.replace(present, entry));
            oracle.entries().set(oracle.entries().indexOf(present), entry);
        } else {
            assertNull(database.table(entry).findLike(entry));
        }
    }

    private static TestEntry entry(Random random, int spis) {
        boolean v6 = random.nextBoolean();
        return new TestEntry(
                0x1000 + random.nextInt(spis),
                random.nextInt(2),
                TestEntry.match(random.nextInt(3)),
                address(random, v6),
                address(random, v6),
                random.nextInt());
    }

    private static IpAddress address(Random random, boolean v6) {
        return new IpAddress(v6, v6 ? random.nextInt(2) : 0, random.nextInt(3));
    }
}
