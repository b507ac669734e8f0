package io.esp4j.sad;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.ClassLayout;
import org.openjdk.jol.vm.VM;

class SecurityAssociationDatabaseScaleTest {
    @Test
    void shouldTakeNoMoreThanEightReferencesAnEntry() {
        fillAndEmpty(100_000);
    }

    @Test
    @Tag("long")
    void shouldHoldAMillionEntries() {
        fillAndEmpty(1_000_000);
    }

    private static void fillAndEmpty(int count) {
        long seed = System.nanoTime();
        System.out.println(count + " entries, seed " + seed);
        Random random = new Random(seed);
        SecurityAssociationDatabase<TestEntry> database = new SecurityAssociationDatabase<>();
        TestEntry[] entries = new TestEntry[count];
        for (int i = 0; i < count; ) {
            TestEntry entry = TestEntry.of(random.nextInt() | 0x100);
            if (database.lookup(entry.spi(), 0) == null) {
                database.add(entry);
                entries[i++] = entry;
            }
        }
        assertEquals(count, database.size());
        for (TestEntry entry : entries) {
            assertSame(entry, database.lookup(entry.spi(), 0));
        }

        long octets =
                ClassLayout.parseInstance(database.table(entries[0]).slots()).instanceSize();
        int reference = VM.current().arrayIndexScale("java.lang.Object");
        System.out.printf("the table takes %.1f octets an entry%n", (double) octets / count);
        assertTrue(octets <= 8L * reference * count, () -> octets + " octets");

        for (int i = 0; i < count; i += 2) {
            assertTrue(database.remove(entries[i]));
        }
        for (int i = 0; i < count; i++) {
            TestEntry found = database.lookup(entries[i].spi(), 0);
            assertSame(i % 2 == 0 ? null : entries[i], found);
        }
        for (int i = 1; i < count; i += 2) {
            assertTrue(database.remove(entries[i]));
        }
        assertEquals(0, database.size());
        assertNull(database.lookup(entries[1].spi(), 0));
        assertTrue(database.table(entries[0]).slots().length <= 16, "an empty database is small again");
    }

    @Test
    void shouldProbeFewSlotsWhenSpisFollowOneAnother() {
        EntryTable<TestEntry> table = new EntryTable<>(SadMatch.SPI, 0);
        int entries = 20_000;
        int atHome = 0;
        for (int i = 0; i < entries; i++) {
            table.add(TestEntry.of(0xc000_0000 + i));
        }
        Object[] slots = table.slots();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] instanceof TestEntry entry && SadHash.of(entry.spi(), 0, slots.length) == i) {
                atHome++;
            }
        }
        assertTrue(atHome > entries * 0.9, atHome + " of " + entries + " entries lie in their home slot");
    }
}
