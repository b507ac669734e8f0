package io.esp4j.benchmarks;

import io.esp4j.sad.SadEntry;
import io.esp4j.sad.SadMatch;
import io.esp4j.sad.SecurityAssociationDatabase;
import io.esp4j.wire.IpAddress;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A burst of lookups of random SAs. The floor is {@code entryAlone}: the same entries, reached through an array by their
 * index, and one field of each read; it misses the cache for the array and for the entry, as any table must.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 8, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class SadLookupBenchmark {
    private static final int BURST = 32;
    private static final int PACKETS = 1 << 22;

    /** How many SAs there are. */
    @Param({"1", "1000", "1000000"})
    public int associations;

    private SecurityAssociationDatabase<Entry> database;
    private SecurityAssociationDatabase<Entry> withGroup;
    private Entry[] entries;
    private int[] packets;
    private int[] spis;
    private int next;

    /** Makes the SAs and the packets' order. */
    @Setup
    public void fill() {
        Random random = new Random(1);
        database = new SecurityAssociationDatabase<>();
        withGroup = new SecurityAssociationDatabase<>();
        entries = new Entry[associations];
        for (int i = 0; i < associations; ) {
            Entry entry = new Entry(random.nextInt() | 0x100, SadMatch.SPI, null);
            if (database.lookup(entry.spi(), 0) == null) {
                database.add(entry);
                withGroup.add(entry);
                entries[i++] = entry;
            }
        }
        withGroup.add(new Entry(0x1000, SadMatch.SPI_DESTINATION, IpAddress.parse("232.1.1.1")));
        packets = random.ints(PACKETS, 0, associations).toArray();
        spis = new int[PACKETS];
        for (int i = 0; i < PACKETS; i++) {
            spis[i] = entries[packets[i]].spi();
        }
    }

    /**
     * The floor.
     *
     * @return a sum over what was read
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long entryAlone() {
        long sum = 0;
        int from = nextBurst();
        for (int i = from; i < from + BURST; i++) {
            sum += entries[packets[i]].state;
        }
        return sum;
    }

    /**
     * By SPI, no other kind of entry being there.
     *
     * @return a sum over what was read
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long bySpi() {
        long sum = 0;
        int from = nextBurst();
        for (int i = from; i < from + BURST; i++) {
            sum += database.lookup(spis[i], 0).state;
        }
        return sum;
    }

    /**
     * By SPI, while one entry with a destination makes every lookup compare addresses first.
     *
     * @return a sum over what was read
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long longestMatch() {
        long sum = 0;
        int from = nextBurst();
        for (int i = from; i < from + BURST; i++) {
            sum += withGroup.lookup(spis[i], 0, false, 0, 0x0a00_0001L, 0, 0x0a00_0002L).state;
        }
        return sum;
    }

    /**
     * SPIs of no SA: what a flood costs.
     *
     * @return how many were found
     */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public int unknownSpi() {
        int found = 0;
        int from = nextBurst();
        for (int i = from; i < from + BURST; i++) {
            found += database.lookup(~spis[i], 0) == null ? 0 : 1;
        }
        return found;
    }

    private int nextBurst() {
        int from = next;
        next = (from + BURST) & (PACKETS - 1);
        return from;
    }

    /** About as large as the fields of an SA that every packet needs. */
    static final class Entry implements SadEntry {
        final long state;
        final long packets = 1;
        final long octets = 2;
        final long window = 3;
        private final int spi;
        private final SadMatch match;
        private final IpAddress destination;

        Entry(int spi, SadMatch match, IpAddress destination) {
            this.spi = spi;
            this.match = match;
            this.destination = destination;
            state = spi;
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
            return match;
        }

        @Override
        public IpAddress destination() {
            return destination;
        }

        @Override
        public IpAddress source() {
            return null;
        }
    }
}
