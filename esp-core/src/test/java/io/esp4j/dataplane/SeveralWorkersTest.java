package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaBuilder;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Several threads, each with a worker of its own, on one SA. */
class SeveralWorkersTest {
    private static final int THREADS = 4;
    private static final int PACKETS = 2000;
    private static final int SEQUENCE_AT = 24;
    private static final int IV_AT = 28;
    private static final byte[] INNER = v4().build();

    private static <T> List<T> onThreads(Callable<T> task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(Collections.nCopies(THREADS, task))) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }

    @Test
    @DisplayName("R21 R22 each number is accepted exactly once, however many workers receive copies of its packet")
    void shouldAcceptEachNumberOnce() throws Exception {
        for (boolean esn : new boolean[] {false, true}) {
            long start = esn ? 0xffff_ffffL - PACKETS / 2 : 0;
            SaBuilder sa = Sas.tunnel(Sas.NULL)
                    .esn(esn)
                    .sequence(start)
                    .replayWindow(4096)
                    .severalWorkers(true);
            try (Gateways gateways = Gateways.of(sa)) {
                List<byte[]> wires = Volley.seal(gateways, INNER, PACKETS);
                AtomicIntegerArray accepted = new AtomicIntegerArray(PACKETS + 1);
                AtomicInteger seeds = new AtomicInteger((int) System.nanoTime());
                System.out.println("several workers inbound, seed " + seeds);
                onThreads(() -> receiveAll(gateways.receiving, wires, start, accepted, seeds.getAndIncrement()));
                for (int number = 1; number <= PACKETS; number++) {
                    assertEquals(1, accepted.get(number), "number " + number);
                }
                assertEquals(PACKETS, gateways.in.count(InboundOutcome.ACCEPTED));
                assertEquals((THREADS - 1) * PACKETS, gateways.in.count(InboundOutcome.REPLAYED));
                assertEquals(start + PACKETS, gateways.in.highestSequence());
            }
        }
    }

    private static Void receiveAll(
            Dataplane dataplane, List<byte[]> wires, long start, AtomicIntegerArray accepted, int seed) {
        List<byte[]> shuffled = new ArrayList<>(wires);
        Collections.shuffle(shuffled, new Random(seed));
        try (Worker worker = dataplane.newWorker()) {
            for (int from = 0; from < shuffled.size(); from += 8) {
                Burst burst = Volley.burst(shuffled.subList(from, from + 8));
                worker.decapsulate(burst);
                for (int i = 0; i < 8; i++) {
                    if (burst.inbound(i) == InboundOutcome.ACCEPTED) {
                        accepted.incrementAndGet((int) (burst.sequence(i) - start));
                        assertArrayEquals(INNER, burst.octets(i));
                    }
                }
            }
        }
        return null;
    }

    @Test
    @DisplayName(
            "R4 R5 R31 workers that share an outbound SA never use a number twice, on the wire either, and leave none out")
    void shouldNeverUseNumberTwice() throws Exception {
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM))) {
            AtomicIntegerArray used = new AtomicIntegerArray(THREADS * PACKETS + 1);
            onThreads(() -> {
                sendAll(gateways, PACKETS, used);
                return null;
            });
            for (int number = 1; number <= THREADS * PACKETS; number++) {
                assertEquals(1, used.get(number), "number " + number);
            }
            assertEquals(THREADS * PACKETS, gateways.out.count(OutboundOutcome.ENCAPSULATED));
        }
    }

    private static int sendAll(Gateways gateways, int packets, AtomicIntegerArray used) {
        int sent = 0;
        try (Worker worker = gateways.sending.newWorker()) {
            for (int from = 0; from < packets; from += 8) {
                Burst burst = Volley.burst(Collections.nCopies(8, INNER));
                worker.encapsulate(burst, gateways.out);
                for (int i = 0; i < 8; i++) {
                    if (burst.outbound(i) == OutboundOutcome.ENCAPSULATED) {
                        long number = burst.sequence(i);
                        used.incrementAndGet((int) number);
                        byte[] wire = burst.octets(i);
                        assertEquals(number, Packets.int32(wire, SEQUENCE_AT));
                        assertEquals(number, Packets.int32(wire, IV_AT + 4));
                        sent++;
                    }
                }
            }
        }
        return sent;
    }

    @Test
    @DisplayName("R51 hard limits are exact for several workers, the soft event comes once")
    void shouldKeepLifetimeExactly() throws Exception {
        AtomicInteger softEvents = new AtomicInteger();
        SaBuilder sa = Sas.tunnel(Sas.GCM).lifetime(new Lifetime(1000, 3333, 0, 1_000_000, 0, 0));
        Gateways created = new Gateways(
                sa.build(), sa.build(), settings -> settings.listener(expiring -> softEvents.incrementAndGet()));
        try (Gateways gateways = created) {
            AtomicIntegerArray used = new AtomicIntegerArray(3334);
            List<Integer> sent = onThreads(() -> sendAll(gateways, PACKETS, used));
            assertEquals(3333, sent.stream().mapToInt(Integer::intValue).sum());
            assertEquals(3333, gateways.out.lastSequence());
            assertEquals(3333, gateways.out.packets());
            assertTrue(gateways.out.isExpired());
            assertEquals(1, softEvents.get());
        }
    }
}
