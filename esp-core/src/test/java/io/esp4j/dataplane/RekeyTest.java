package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Make before break: inbound new, outbound new, and the old ones go when nothing of theirs is under way any more. */
class RekeyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int PACKETS = 4000;
    private static final int REKEYS = 40;
    private static final byte[] END = {};

    private final AtomicLong clock = new AtomicLong();
    private final Dataplane sending = dataplane();
    private final Dataplane receiving = dataplane();

    private Dataplane dataplane() {
        return Dataplane.builder().provider(Gateways.JDK).clock(clock::get).build();
    }

    private static SaParameters parameters(int generation) {
        return SaParameters.tunnel(Sas.SPI + generation, Sas.GCM, Sas.outerSource(false), Sas.outerDestination(false))
                .lifetime(new Lifetime(0, 0, 0, 0, 0, 10))
                .build();
    }

    private static KeyingMaterial key(int generation) {
        return Keys.of(Sas.GCM, generation).material();
    }

    private static byte[] inner(int number) {
        return v4().payload(Packets.int32(number)).build();
    }

    private static byte[] seal(Bench bench, Worker worker, OutboundSa sa, byte[] packet) {
        assertEquals(OutboundOutcome.ENCAPSULATED, bench.encapsulate(worker, sa, packet));
        return bench.packet();
    }

    @Test
    @DisplayName("R54 the old inbound SA takes what was under way until its hard lifetime, beside the new one")
    void shouldKeepOldInboundUntilItsHardLifetime() {
        Bench bench = Bench.heap();
        try (sending;
                receiving;
                Worker sender = sending.newWorker();
                Worker receiver = receiving.newWorker()) {
            receiving.addInbound(parameters(0), key(0));
            OutboundSa old = sending.addOutbound(parameters(0), key(0));
            byte[] underWay = seal(bench, sender, old, inner(1));
            byte[] tooLate = seal(bench, sender, old, inner(2));

            clock.set(5 * SECOND);
            receiving.addInbound(parameters(1), key(1));
            OutboundSa next = sending.addOutbound(parameters(1), key(1));
            sending.remove(old);
            byte[] first = seal(bench, sender, next, inner(3));
            byte[] second = seal(bench, sender, next, inner(4));

            assertEquals(InboundOutcome.ACCEPTED, bench.decapsulate(receiver, first));
            assertArrayEquals(inner(3), bench.packet());
            clock.set(10 * SECOND - 1);
            assertEquals(InboundOutcome.ACCEPTED, bench.decapsulate(receiver, underWay));
            assertArrayEquals(inner(1), bench.packet());
            clock.set(10 * SECOND);
            assertEquals(InboundOutcome.LIFETIME_EXPIRED, bench.decapsulate(receiver, tooLate));
            assertEquals(InboundOutcome.ACCEPTED, bench.decapsulate(receiver, second));
        }
    }

    @Test
    @DisplayName("R54 no packet is lost in a make-before-break while packets flow, rekey after rekey")
    void shouldLoseNothingWhilePacketsFlow() throws Exception {
        BlockingQueue<byte[]> link = new ArrayBlockingQueue<>(64);
        AtomicReference<OutboundSa> route = new AtomicReference<>();
        List<String> lost = new ArrayList<>();
        AtomicLong received = new AtomicLong();
        receiving.addInbound(parameters(0), key(0));
        route.set(sending.addOutbound(parameters(0), key(0)));
        Thread sender = new Thread(() -> send(link, route));
        Thread receiver = new Thread(() -> receive(link, received, lost));
        sender.start();
        receiver.start();
        for (int generation = 1; generation <= REKEYS; generation++) {
            receiving.addInbound(parameters(generation), key(generation));
            OutboundSa before = route.getAndSet(sending.addOutbound(parameters(generation), key(generation)));
            long passed = received.get();
            while (received.get() == passed && sender.isAlive()) {
                Thread.onSpinWait();
            }
            // What the sender has under way with the old SA completes, or is not sealed and takes the new one.
            sending.remove(before);
        }
        sender.join();
        receiver.join();
        assertEquals(List.of(), lost);
        assertEquals(PACKETS, received.get());
        sending.close();
        receiving.close();
    }

    private void send(BlockingQueue<byte[]> link, AtomicReference<OutboundSa> route) {
        Bench bench = Bench.heap();
        try (Worker worker = sending.newWorker()) {
            for (int number = 0; number < PACKETS; number++) {
                // An SA that was removed under way seals nothing; the packet takes the next one.
                while (bench.encapsulate(worker, route.get(), inner(number)) != OutboundOutcome.ENCAPSULATED) {
                    Thread.onSpinWait();
                }
                link.put(bench.packet());
            }
            link.put(END);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void receive(BlockingQueue<byte[]> link, AtomicLong received, List<String> lost) {
        Bench bench = Bench.heap();
        try (Worker worker = receiving.newWorker()) {
            for (byte[] wire = link.take(); wire != END; wire = link.take()) {
                InboundOutcome outcome = bench.decapsulate(worker, wire);
                if (outcome != InboundOutcome.ACCEPTED) {
                    lost.add(outcome + " " + received);
                }
                received.incrementAndGet();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
