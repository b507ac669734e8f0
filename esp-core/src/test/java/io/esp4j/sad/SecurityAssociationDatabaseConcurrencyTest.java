package io.esp4j.sad;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Readers look up entries that stay, entries that come and go, and keys that never exist, while one writer adds,
 * removes and replaces so that the arrays grow, shrink and shed markers all the time.
 */
class SecurityAssociationDatabaseConcurrencyTest {
    private static final int STABLE = 300;
    private static final int PASSING = 3_000;

    @Test
    @DisplayName(
            "R2 a reader never misses an entry that stays and never gets a wrong one while a writer changes all else")
    void shouldNeverMissAStableEntryWhileAWriterChangesOthers() throws Exception {
        run(200_000);
    }

    @Test
    @Tag("long")
    @DisplayName("R2 the same over 10 million changes")
    void shouldNeverMissAStableEntryOverManyChanges() throws Exception {
        run(10_000_000);
    }

    @Test
    void shouldAlwaysFindTheOneOrTheOtherWhileAnEntryIsReplaced() throws Exception {
        SecurityAssociationDatabase<TestEntry> database = new SecurityAssociationDatabase<>();
        TestEntry one = TestEntry.of(0x1000);
        TestEntry other = one.successor();
        database.add(one);
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int missed = 0;
            for (int lookups = 0; !done.get() || lookups < 1_000_000; lookups++) {
                missed += database.lookup(0x1000, 0) == null ? 1 : 0;
            }
            return missed;
        });
        for (int i = 0; i < 1_000_000 || !reader.isDone(); i += 2) {
            assertTrue(database.replace(one, other));
            assertTrue(database.replace(other, one));
            done.set(i >= 1_000_000);
        }
        assertEquals(0, reader.get());
    }

    @Test
    void shouldLeaveTheOldArrayAsItWasWhenItGrows() {
        EntryTable<TestEntry> table = new EntryTable<>(SadMatch.SPI, 0);
        table.add(TestEntry.of(0x1000));
        Object[] old = table.slots();
        Object[] before = null;
        for (int spi = 0x1001; table.slots() == old; spi++) {
            before = old.clone();
            table.add(TestEntry.of(spi));
        }
        assertArrayEquals(before, old);
    }

    private static void run(int changes) throws Exception {
        long seed = System.nanoTime();
        System.out.println("SAD readers and writer, seed " + seed);
        SecurityAssociationDatabase<TestEntry> database = new SecurityAssociationDatabase<>();
        for (int i = 0; i < STABLE; i++) {
            database.add(stable(i));
        }
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Random random = new Random(seed + i);
                readers.add(threads.submit(() -> read(database, random, done)));
            }
            threads.submit(() -> write(database, new Random(seed + 2), changes, done))
                    .get();
            for (Future<Long> reader : readers) {
                assertTrue(reader.get() > 0, "a reader looked");
            }
        } finally {
            done.set(true);
            threads.shutdown();
        }
        assertTrue(database.size() >= STABLE);
    }

    private static long read(SecurityAssociationDatabase<TestEntry> database, Random random, AtomicBoolean done) {
        long lookups = 0;
        for (; !done.get() || lookups == 0; lookups++) {
            TestEntry wanted = stable(random.nextInt(STABLE));
            TestEntry found = lookup(database, wanted);
            assertTrue(found != null && found.sameKey(wanted), () -> "missed " + wanted + ", found " + found);

            TestEntry passing = passing(random.nextInt(PASSING));
            TestEntry other = lookup(database, passing);
            assertTrue(other == null || other.sameKey(passing), () -> "wanted " + passing + ", found " + other);

            assertEquals(null, database.lookup(0x4000_0000 + random.nextInt(PASSING), 0));
        }
        return lookups;
    }

    private static Void write(
            SecurityAssociationDatabase<TestEntry> database, Random random, int changes, AtomicBoolean done) {
        TestEntry[] present = new TestEntry[PASSING];
        TestEntry[] stable = new TestEntry[STABLE];
        database.entries().forEach(entry -> stable[entry.spi() & 0xffff] = entry);
        try {
            int population = PASSING;
            for (int change = 0; change < changes; change++) {
                if (change % 10_000 == 0) {
                    population = 1 + random.nextInt(PASSING);
                }
                int i = random.nextInt(population);
                if (random.nextInt(8) == 0) {
                    int s = random.nextInt(STABLE);
                    TestEntry successor = stable[s].successor();
                    assertTrue(database.replace(stable[s], successor));
                    stable[s] = successor;
                } else if (present[i] == null) {
                    present[i] = passing(i);
                    database.add(present[i]);
                } else {
                    assertTrue(database.remove(present[i]));
                    present[i] = null;
                }
                int beyond = population + random.nextInt(PASSING);
                if (beyond < PASSING && present[beyond] != null) {
                    assertTrue(database.remove(present[beyond]));
                    present[beyond] = null;
                }
            }
        } finally {
            done.set(true);
        }
        return null;
    }

    private static TestEntry lookup(SecurityAssociationDatabase<TestEntry> database, TestEntry key) {
        IpAddress to = key.destination();
        IpAddress from = key.source();
        return database.lookup(key.spi(), key.domain(), to.v6(), to.high(), to.low(), from.high(), from.low());
    }

    private static TestEntry stable(int i) {
        return entry(0x1_0000 + i, i);
    }

    private static TestEntry passing(int i) {
        return entry(0x2_0000 + i, i);
    }

    private static TestEntry entry(int spi, int i) {
        return new TestEntry(
                spi, 0, TestEntry.match(i), IpAddress.v4(0x0a00_0000 + i), IpAddress.v4(0x0b00_0000 + i), 0);
    }
}
