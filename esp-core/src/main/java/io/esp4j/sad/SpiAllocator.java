package io.esp4j.sad;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Gives out SPIs for inbound SAs: random, 256 to 2^32−1, never one that is in use, reserved or in quarantine.
 *
 * <p>Random SPIs tell an observer nothing of how many SAs there are, and make a packet of an old SA unlikely to meet a
 * new one. A quarantine makes that impossible for its duration: a released SPI is not given out again before packets
 * that are still under way have died.
 *
 * <p>Threads: thread-safe, under a lock; this is no part of the packet path.
 */
public final class SpiAllocator {
    private static final long FIRST = SecurityAssociationDatabase.MINIMUM_SPI;
    private static final long LAST = 0xffff_ffffL;
    private static final int RANDOM_ATTEMPTS = 64;

    private record Range(long first, long last) {
        long size() {
            return last - first + 1;
        }
    }

    private record Released(int spi, long atNanos) {}

    private final RandomGenerator random;
    private final LongSupplier nanoClock;
    private final long quarantineNanos;
    private final List<Range> allowed;
    private final long allowedSpis;
    private final SpiSet taken = new SpiSet();
    private final SpiSet waiting = new SpiSet();
    private final ArrayDeque<Released> quarantine = new ArrayDeque<>();
    private long takenAllowed;

    private SpiAllocator(Builder builder) {
        random = builder.random;
        nanoClock = builder.nanoClock;
        quarantineNanos = builder.quarantineNanos;
        allowed = without(builder.reserved);
        allowedSpis = allowed.stream().mapToLong(Range::size).sum();
    }

    /**
     * An allocator to be configured.
     *
     * @param random where SPIs come from; a {@link java.security.SecureRandom} unless runs must repeat
     * @return its builder
     */
    public static Builder builder(RandomGenerator random) {
        return new Builder(random);
    }

    /**
     * Takes an SPI that is free.
     *
     * @return the SPI, unsigned
     * @throws IllegalStateException if none is free
     */
    public synchronized int allocate() {
        endQuarantines();
        if (takenAllowed == allowedSpis) {
            throw new IllegalStateException("none of the " + allowedSpis + " SPIs is free");
        }
        long index = random.nextLong(allowedSpis);
        for (int attempt = 1; attempt < RANDOM_ATTEMPTS && taken.contains(at(index)); attempt++) {
            index = random.nextLong(allowedSpis);
        }
        // Almost none is free: the first free one after the last random one will do.
        while (taken.contains(at(index))) {
            index = (index + 1) % allowedSpis;
        }
        take(at(index));
        return at(index);
    }

    /**
     * Takes a certain SPI, such as one from a file; it may lie in a reserved range.
     *
     * @param spi unsigned, 256 to 2^32−1
     * @return false if it is in use or in quarantine
     * @throws IllegalArgumentException if it is 0 to 255
     */
    public synchronized boolean claim(int spi) {
        if (Integer.compareUnsigned(spi, (int) FIRST) < 0) {
            throw new IllegalArgumentException("expected an SPI of 256 to 2^32-1, found " + spi);
        }
        endQuarantines();
        return take(spi);
    }

    /**
     * Gives an SPI back, into quarantine if there is one.
     *
     * @param spi one that is in use
     * @throws IllegalStateException if it is not in use
     */
    public synchronized void release(int spi) {
        endQuarantines();
        if (!taken.contains(spi) || waiting.contains(spi)) {
            throw new IllegalStateException(String.format("SPI 0x%08x is not in use", spi));
        }
        if (quarantineNanos == 0) {
            free(spi);
        } else {
            waiting.add(spi);
            quarantine.add(new Released(spi, nanoClock.getAsLong()));
        }
    }

    /** {@return how many SPIs are in use, without those in quarantine} */
    public synchronized int inUse() {
        endQuarantines();
        return taken.size() - waiting.size();
    }

    private void endQuarantines() {
        if (!quarantine.isEmpty()) {
            long now = nanoClock.getAsLong();
            while (!quarantine.isEmpty() && now - quarantine.peek().atNanos >= quarantineNanos) {
                int spi = quarantine.remove().spi;
                waiting.remove(spi);
                free(spi);
            }
        }
    }

    private boolean take(int spi) {
        boolean added = taken.add(spi);
        if (added && isAllowed(spi)) {
            takenAllowed++;
        }
        return added;
    }

    private void free(int spi) {
        taken.remove(spi);
        if (isAllowed(spi)) {
            takenAllowed--;
        }
    }

    private boolean isAllowed(int spi) {
        long value = Integer.toUnsignedLong(spi);
        return allowed.stream().anyMatch(range -> value >= range.first && value <= range.last);
    }

    /** The SPI at an index into the allowed ranges laid end to end. */
    private int at(long index) {
        long rest = index;
        for (Range range : allowed) {
            if (rest < range.size()) {
                return (int) (range.first + rest);
            }
            rest -= range.size();
        }
        throw new AssertionError("index " + index + " of " + allowedSpis + " allowed SPIs");
    }

    private static List<Range> without(List<Range> reserved) {
        List<Range> gaps = new ArrayList<>();
        List<Range> ordered = new ArrayList<>(reserved);
        ordered.sort(Comparator.comparingLong(Range::first));
        long next = FIRST;
        for (Range range : ordered) {
            if (range.first > next) {
                gaps.add(new Range(next, range.first - 1));
            }
            next = Math.max(next, range.last + 1);
        }
        if (next <= LAST) {
            gaps.add(new Range(next, LAST));
        }
        return gaps;
    }

    /** Configures an allocator. Single owner thread. */
    public static final class Builder {
        private final RandomGenerator random;
        private final List<Range> reserved = new ArrayList<>();
        private LongSupplier nanoClock = System::nanoTime;
        private long quarantineNanos;

        private Builder(RandomGenerator random) {
            this.random = Objects.requireNonNull(random, "random");
        }

        /**
         * Keeps a range for others: manually configured SAs, another allocator.
         *
         * @param first unsigned
         * @param last unsigned, not below the first
         * @return this
         */
        public Builder reserve(int first, int last) {
            if (Integer.compareUnsigned(first, last) > 0) {
                throw new IllegalArgumentException(
                        String.format("expected a range of SPIs, found 0x%08x to 0x%08x", first, last));
            }
            reserved.add(new Range(Integer.toUnsignedLong(first), Integer.toUnsignedLong(last)));
            return this;
        }

        /**
         * Holds released SPIs back. The default is not to.
         *
         * @param duration for how long, at least the lifetime of a packet in the network
         * @param nanoClock a monotonic clock
         * @return this
         */
        public Builder quarantine(Duration duration, LongSupplier nanoClock) {
            quarantineNanos = duration.toNanos();
            this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock");
            return this;
        }

        /**
         * The allocator.
         *
         * @return the allocator
         * @throws IllegalArgumentException if everything is reserved
         */
        public SpiAllocator build() {
            SpiAllocator allocator = new SpiAllocator(this);
            if (allocator.allowedSpis == 0) {
                throw new IllegalArgumentException("all SPIs are reserved: none is left to allocate");
            }
            return allocator;
        }
    }
}
