package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.sa.Lifetime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Threads that take from one lifetime as the journey does: a burst at once, packet by packet where that is refused. */
class LifetimeMeterThreadsTest {
    private static final int THREADS = 4;
    private static final int OCTETS = 100;

    private static long take(LifetimeMeter meter, long seed, AtomicInteger softEvents) {
        Random random = new Random(seed);
        long taken = 0;
        while (!meter.isExhausted()) {
            int burst = 1 + random.nextInt(32);
            if (meter.acquire(0, burst, (long) burst * OCTETS)) {
                taken += burst;
            } else {
                for (int i = 0; i < burst && meter.acquire(0, 1, OCTETS); i++) {
                    taken++;
                }
            }
            if (meter.takeSoftEvent(0)) {
                softEvents.incrementAndGet();
            }
        }
        return taken;
    }

    private static void assertExactly(long expected, Lifetime lifetime)
            throws ExecutionException, InterruptedException {
        long seed = System.nanoTime();
        System.out.println("lifetime threads, seed " + seed);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            for (int round = 0; round < 30; round++) {
                LifetimeMeter meter = new LifetimeMeter(lifetime, 0);
                AtomicInteger softEvents = new AtomicInteger();
                List<Future<Long>> takers = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    long mine = seed + (long) round * THREADS + i;
                    takers.add(threads.submit(() -> take(meter, mine, softEvents)));
                }
                long taken = 0;
                for (Future<Long> taker : takers) {
                    taken += taker.get();
                }
                assertEquals(expected, taken, "round " + round);
                assertEquals(expected, meter.packets());
                assertEquals(expected * OCTETS, meter.octets());
                assertEquals(1, softEvents.get());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @DisplayName("R51 a limit in packets is exact for several threads, the soft event comes once")
    void shouldBeExactInPackets() throws Exception {
        assertExactly(20_011, new Lifetime(10_000, 20_011, 0, 0, 0, 0));
    }

    @Test
    @DisplayName("R51 a limit in octets is exact for several threads, the soft event comes once")
    void shouldBeExactInOctets() throws Exception {
        assertExactly(20_011, new Lifetime(0, 0, 10_000 * OCTETS, 20_011 * OCTETS, 0, 0));
    }

    @Test
    @DisplayName("R51 limits of both kinds at once are exact for several threads, whichever is nearer")
    void shouldBeExactInBoth() throws Exception {
        assertExactly(20_011, new Lifetime(0, 20_011, 10_000 * OCTETS, 20_011 * OCTETS, 0, 0));
        assertExactly(20_011, new Lifetime(10_000, 20_012, 0, 20_011 * OCTETS, 0, 0));
        assertExactly(20_011, new Lifetime(10_000, 20_011, 0, 20_012 * OCTETS, 0, 0));
    }

    @Test
    @DisplayName(
            "R51 under limits of both kinds packets are counted one by one, so that none is taken back from others' sight")
    void shouldCountOneByOneUnderBothLimits() {
        LifetimeMeter both = new LifetimeMeter(new Lifetime(0, 100, 0, 100 * OCTETS, 0, 0), 0);
        assertFalse(both.acquire(0, 2, 2 * OCTETS));
        assertTrue(both.acquire(0, 1, OCTETS));
        assertFalse(both.isExhausted());
        LifetimeMeter packets = new LifetimeMeter(new Lifetime(0, 100, 0, 0, 0, 0), 0);
        assertFalse(packets.acquire(0, 101, 101 * OCTETS));
        assertTrue(packets.acquire(0, 100, 100 * OCTETS));
    }

    @Test
    @DisplayName("R51 without a limit each worker counts in a place of its own, and nothing is lost")
    void shouldLoseNothingWithoutLimits() throws Exception {
        LifetimeMeter meter = new LifetimeMeter(Lifetime.UNLIMITED, 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> counting = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int worker = THREADS - i; // the places are not made in order, and one stays empty
                counting.add(threads.submit(() -> {
                    for (int burst = 0; burst < 100_000; burst++) {
                        assertTrue(meter.acquire(worker, 3, 3 * OCTETS));
                        meter.release(worker, 1, OCTETS);
                    }
                }));
            }
            for (Future<?> one : counting) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(THREADS * 200_000L, meter.packets());
        assertEquals(THREADS * 200_000L * OCTETS, meter.octets());
    }

    @Test
    @DisplayName("R51 open workers have different numbers, and what a closed one has counted stays")
    void shouldKeepWhatClosedWorkersCounted() {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM, false))) {
            Worker first = gateways.sending.newWorker();
            Worker second = gateways.sending.newWorker();
            int number = first.number();
            assertNotEquals(number, second.number());
            gateways.out.meter().count(number, 5, 500);
            first.close();
            Worker third = gateways.sending.newWorker();
            assertEquals(number, third.number());
            gateways.out.meter().count(third.number(), 2, 200);
            assertEquals(7, gateways.out.packets());
            second.close();
            third.close();
            third.close();
            assertEquals(number, gateways.sending.newWorker().number());
        }
    }

    @Test
    @DisplayName("R51 limits near the end of 64 bits do not overflow")
    void shouldNotOverflow() {
        LifetimeMeter meter = new LifetimeMeter(new Lifetime(0, 0, 0, Long.MAX_VALUE, 0, 0), 0);
        assertTrue(meter.acquire(0, 1, Long.MAX_VALUE - 5));
        assertTrue(meter.acquire(0, 1, 5));
        assertFalse(meter.acquire(0, 1, 1));
        assertEquals(Long.MAX_VALUE, meter.octets());
    }
}
