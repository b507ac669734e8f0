package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Four workers seal the packets of one SA, a network loses their order, repeats some and damages some, and four other workers
 * open what arrives.
 */
class ExactlyOnceTest {
    private static final int WORKERS = 4;
    private static final int BURST = 32;
    private static final int WINDOW = 1024;
    private static final int SLOT = 192;
    private static final int HEADROOM = 48;
    private static final int IV_AT = 28; // behind an IPv4 header of 20 octets, SPI and number

    /** The last octets of an ICV, which {@link StubProvider} does not look at. */
    private static final int UNCHECKED = 8;

    private static final byte[] INNER = v4().build();

    /** An arrival is its packet's index, and these. */
    private static final int DAMAGED = 1 << 30;

    private final AtomicLong clock = new AtomicLong();
    private final BitSet nonces = new BitSet();

    @Test
    @DisplayName("R4 R21 R22 R23 R31 R51 exactly once: four workers, one SA, duplicates, deep reordering, bit errors")
    void shouldAcceptEachNumberOnceShortly() throws Exception {
        run(4, 64_000);
    }

    @Test
    @Tag("long")
    @DisplayName("R4 R21 R22 R23 R31 R51 exactly once: the same, 100 million packets")
    void shouldAcceptEachNumberOnceAtLength() throws Exception {
        run(400, 250_000);
    }

    private void run(int rounds, int packets) throws Exception {
        long seed = Long.getLong("esp4j.seed", ThreadLocalRandom.current().nextLong());
        System.out.println("ExactlyOnceTest: -Desp4j.seed=" + seed);
        Random random = new Random(seed);
        long total = (long) rounds * packets;
        SaBuilder shape = Sas.tunnel(Sas.GCM).replayWindow(WINDOW).severalWorkers(WORKERS, BURST);
        SaParameters receiving = shape.build(); // without a limit: in-order packets are committed in rows
        assertEquals(List.of(), receiving.warnings());
        // A hard lifetime of all packets and not one more: numbers that are refused or used twice would miss it.
        SaParameters sending =
                shape.lifetime(new Lifetime(0, total, 0, 0, 0, 0)).build();
        CommitOrder order = new CommitOrder(WINDOW);
        long[] outcomes = new long[InboundOutcome.values().length];
        try (Gateways gateways = new Gateways(sending, receiving, settings -> settings.provider(new StubProvider()))) {
            Memory wires = Memory.of(new byte[packets * SLOT]);
            int[] lengths = new int[packets];
            long[] numbers = new long[packets];
            for (int round = 0; round < rounds; round++) {
                AtomicInteger next = new AtomicInteger();
                onThreads(worker -> seal(gateways, wires, lengths, numbers, next));
                noteNonces(wires, numbers, total);
                int[] arrivals = network(numbers, random);
                long from = clock.get();
                AtomicInteger cursor = new AtomicInteger();
                long roundSeed = random.nextLong();
                List<RecordedBursts> seen = onThreads(
                        worker -> open(gateways, wires, lengths, numbers, arrivals, cursor, roundSeed + worker));
                try {
                    order.judge(seen, from, clock.get());
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + ", round " + round, e);
                }
                count(seen, outcomes);
            }
            assertEquals(total, nonces.cardinality(), "numbers used");
            assertEquals(total, gateways.out.packets());
            assertTrue(gateways.out.isExpired());
            assertEquals(order.top(), gateways.in.highestSequence());
            assertEquals(order.receivedPackets(), gateways.in.packets());
            assertEquals(order.receivedPackets(), gateways.in.count(InboundOutcome.ACCEPTED));
            assertTrue(order.receivedPackets() > total * 9 / 10);
            // The network was as bad as it should be.
            assertTrue(outcomes[InboundOutcome.REPLAYED.ordinal()] > total / 100);
            assertTrue(outcomes[InboundOutcome.TOO_OLD.ordinal()] > total / 1000);
            assertTrue(gateways.in.count(InboundOutcome.ICV_MISMATCH) > total / 400);
        }
    }

    /** Takes burst by burst; packet i of the round lies in slot i, whichever worker and number it got. */
    private static Void seal(Gateways gateways, Memory wires, int[] lengths, long[] numbers, AtomicInteger next) {
        Burst burst = new Burst(BURST);
        try (Worker worker = gateways.sending.newWorker()) {
            for (int from = next.getAndAdd(BURST); from < lengths.length; from = next.getAndAdd(BURST)) {
                burst.reset(wires);
                int to = Math.min(from + BURST, lengths.length);
                for (int i = from; i < to; i++) {
                    wires.write(i * SLOT + HEADROOM, INNER, 0, INNER.length);
                    burst.add(i * SLOT + HEADROOM, INNER.length, i * SLOT, (i + 1) * SLOT);
                }
                worker.encapsulate(burst, gateways.out);
                for (int i = from; i < to; i++) {
                    assertEquals(OutboundOutcome.ENCAPSULATED, burst.outbound(i - from));
                    lengths[i] = burst.length(i - from);
                    numbers[i] = burst.sequence(i - from);
                    wires.move(burst.offset(i - from), i * SLOT, lengths[i]);
                }
            }
        }
        return null;
    }

    private void noteNonces(Memory wires, long[] numbers, long total) {
        for (int i = 0; i < numbers.length; i++) {
            long iv = wires.int64(i * SLOT + IV_AT);
            assertTrue(iv >= 1 && iv <= total, () -> "IV " + iv);
            assertFalse(nonces.get((int) iv), () -> "IV used twice: " + iv);
            nonces.set((int) iv);
        }
    }

    /**
     * In the order of their numbers, but one in fifty up to three windows late and of the others, by turns, each a little or none at all; one in twenty a second
     * time, one in a hundred with a wrong bit.
     */
    private static int[] network(long[] numbers, Random random) {
        int packets = numbers.length;
        SplittableRandom fast = new SplittableRandom(random.nextLong());
        long[] keyed = new long[packets + packets / 20];
        for (int i = 0; i < keyed.length; i++) {
            int packet = i < packets ? i : fast.nextInt(packets);
            boolean late = i >= packets || fast.nextInt(50) == 0;
            boolean calm = (numbers[packet] >>> 12 & 1) == 0;
            long when = numbers[packet] + fast.nextInt(late ? 3 * WINDOW : calm ? 1 : 16);
            int damage = fast.nextInt(100) == 0 ? DAMAGED : 0;
            keyed[i] = when << 32 | damage | packet;
        }
        Arrays.sort(keyed);
        int[] arrivals = new int[keyed.length];
        for (int i = 0; i < arrivals.length; i++) {
            arrivals[i] = (int) keyed[i];
        }
        return arrivals;
    }

    private RecordedBursts open(
            Gateways gateways,
            Memory wires,
            int[] lengths,
            long[] numbers,
            int[] arrivals,
            AtomicInteger cursor,
            long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RecordedBursts recorded = new RecordedBursts();
        Memory own = Memory.of(new byte[BURST * SLOT]);
        Burst burst = new Burst(BURST);
        long[] opened = new long[1];
        try (Worker worker = gateways.receiving.newWorker(engine -> new Stamping(engine, opened))) {
            for (int from = cursor.getAndAdd(BURST); from < arrivals.length; from = cursor.getAndAdd(BURST)) {
                int to = Math.min(from + BURST, arrivals.length);
                burst.reset(own);
                for (int i = from; i < to; i++) {
                    int packet = arrivals[i] & ~DAMAGED;
                    int at = (i - from) * SLOT;
                    wires.copyTo(packet * SLOT, own, at, lengths[packet]);
                    if (arrivals[i] != packet) {
                        int bit = random.nextInt((lengths[packet] - 20 - UNCHECKED) * 8);
                        int octet = at + 20 + bit / 8;
                        own.octet(octet, own.octet(octet) ^ 1 << bit % 8);
                    }
                    burst.add(at, lengths[packet], at, at + SLOT);
                }
                RecordedBursts.Entry entry = new RecordedBursts.Entry(to - from);
                entry.started = clock.getAndIncrement();
                opened[0] = -1;
                worker.decapsulate(burst);
                entry.ended = clock.getAndIncrement();
                entry.opened = opened[0] < 0 ? entry.ended : opened[0];
                for (int i = from; i < to; i++) {
                    int packet = arrivals[i] & ~DAMAGED;
                    note(entry, i - from, burst, arrivals[i] == packet ? numbers[packet] : -1);
                }
                recorded.entries.add(entry);
            }
        }
        return recorded;
    }

    /** A damaged packet is never accepted; what was said of the number that it showed is judged like any other refusal. */
    private static void note(RecordedBursts.Entry entry, int index, Burst burst, long genuineNumber) {
        InboundOutcome outcome = burst.inbound(index);
        entry.number[index] = burst.sequence(index);
        boolean refused = outcome == InboundOutcome.REPLAYED || outcome == InboundOutcome.TOO_OLD;
        if (genuineNumber < 0) {
            assertTrue(
                    refused || outcome == InboundOutcome.ICV_MISMATCH || outcome == InboundOutcome.UNKNOWN_SPI,
                    () -> "a damaged packet was " + outcome);
        } else {
            assertTrue(refused || outcome == InboundOutcome.ACCEPTED, () -> "a genuine packet was " + outcome);
            assertEquals(genuineNumber, burst.sequence(index));
        }
        entry.verdict[index] = refused || genuineNumber >= 0 ? outcome : null;
    }

    private static void count(List<RecordedBursts> seen, long[] outcomes) {
        for (RecordedBursts worker : seen) {
            for (RecordedBursts.Entry entry : worker.entries) {
                for (InboundOutcome verdict : entry.verdict) {
                    if (verdict != null) {
                        outcomes[verdict.ordinal()]++;
                    }
                }
            }
        }
    }

    private static <T> List<T> onThreads(IntFunction<T> work) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int index = 0; index < WORKERS; index++) {
                int worker = index;
                futures.add(threads.submit(() -> work.apply(worker)));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Reads the clock when the packets of a burst have been opened, and before any is committed. */
    private final class Stamping implements CryptoEngine {
        private final CryptoEngine engine;
        private final long[] opened;

        Stamping(CryptoEngine engine, long[] opened) {
            this.engine = engine;
            this.opened = opened;
        }

        @Override
        public void seal(OutboundSa sa, CryptoBurst operations, int from, int to) {
            engine.seal(sa, operations, from, to);
        }

        @Override
        public void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore) {
            engine.open(sa, operations, from, to, restore);
            opened[0] = clock.getAndIncrement();
        }
    }
}
