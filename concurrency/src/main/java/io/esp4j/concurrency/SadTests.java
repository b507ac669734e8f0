package io.esp4j.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.esp4j.sad.SadEntry;
import io.esp4j.sad.SadMatch;
import io.esp4j.sad.SecurityAssociationDatabase;
import io.esp4j.wire.IpAddress;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Lookups in the SA database beside a writer. */
final class SadTests {
    /** An array of 16 slots takes four entries and grows for the fifth. */
    private static final int ENTRIES_BEFORE_GROWTH = 4;

    private SadTests() {}

    private static String name(Entry found) {
        return found == null ? "nothing" : found.name;
    }

    /** A swap is one step. */
    @JCStressTest
    @Outcome(
            id = {"old, old", "old, new", "new, new"},
            expect = ACCEPTABLE,
            desc = "the one, then the other")
    @Outcome(expect = FORBIDDEN, desc = "nothing was found, or the old one came back")
    @State
    public static class Swap {
        private final SecurityAssociationDatabase<Entry> sad = new SecurityAssociationDatabase<>();
        private final Entry old = new Entry(1000, "old");

        /** One SA. */
        public Swap() {
            sad.add(old);
        }

        /** Replaces it. */
        @Actor
        public void replace() {
            sad.replace(old, new Entry(1000, "new"));
        }

        /** Looks twice. */
        @Actor
        public void look(LL_Result r) {
            r.r1 = name(sad.lookup(1000, 0));
            r.r2 = name(sad.lookup(1000, 0));
        }
    }

    /** What is there is found while the array grows. */
    @JCStressTest
    @Outcome(id = "there, nothing", expect = ACCEPTABLE, desc = "before the addition")
    @Outcome(id = "there, added", expect = ACCEPTABLE, desc = "after it")
    @Outcome(expect = FORBIDDEN, desc = "an SA that is there was not found")
    @State
    public static class Growth {
        private final SecurityAssociationDatabase<Entry> sad = new SecurityAssociationDatabase<>();

        /** As many SAs as fit. */
        public Growth() {
            for (int i = 0; i < ENTRIES_BEFORE_GROWTH; i++) {
                sad.add(new Entry(1000 + i, "there"));
            }
        }

        /** One more. */
        @Actor
        public void add() {
            sad.add(new Entry(2000, "added"));
        }

        /** Looks for one of the first, and for the new one. */
        @Actor
        public void look(LL_Result r) {
            r.r1 = name(sad.lookup(1000, 0));
            r.r2 = name(sad.lookup(2000, 0));
        }
    }

    /** Removing one and adding another in its slot does not hide a third behind it. */
    @JCStressTest
    @Outcome(id = "there", expect = ACCEPTABLE, desc = "found")
    @Outcome(expect = FORBIDDEN, desc = "an SA that is there was not found")
    @State
    public static class Removal {
        private final SecurityAssociationDatabase<Entry> sad = new SecurityAssociationDatabase<>();
        private final Entry[] others = {new Entry(1001, "other"), new Entry(1002, "other"), new Entry(1003, "other")};

        /** Four SAs. */
        public Removal() {
            for (Entry other : others) {
                sad.add(other);
            }
            sad.add(new Entry(1000, "there"));
        }

        /** Removes all but one, and adds one again. */
        @Actor
        public void change() {
            for (Entry other : others) {
                sad.remove(other);
            }
            sad.add(others[0]);
        }

        /** Looks for the one that stays. */
        @Actor
        public void look(L_Result r) {
            r.r1 = name(sad.lookup(1000, 0));
        }
    }

    /** An entry; what it was made of must be seen by whoever finds it. */
    static final class Entry implements SadEntry {
        private int spi;
        private String name;

        Entry(int spi, String name) {
            this.spi = spi;
            this.name = name;
        }

        @Override
        public int spi() {
            return spi;
        }

        @Override
        public int domain() {
            return 0;
        }

        @Override
        public SadMatch match() {
            return SadMatch.SPI;
        }

        @Override
        public IpAddress destination() {
            return null;
        }

        @Override
        public IpAddress source() {
            return null;
        }
    }
}
