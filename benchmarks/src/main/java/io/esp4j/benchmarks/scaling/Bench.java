package io.esp4j.benchmarks.scaling;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.pipeline.OrderRing;
import io.esp4j.wire.Ipv4Header;
import java.util.function.Consumer;

/**
 * What one worker does: makes packets, seals them, opens them, and hands them on. Its packets lie in memory of its own, a few
 * hundred kilooctets for sealing, so that they stay in its cache. Threads: single owner thread.
 */
final class Bench implements AutoCloseable {
    static final int BURST = 32;
    /** Bursts that go round while packets are sealed. */
    private static final int SEALING = 12;
    /** Bursts that are sealed, and then opened. */
    static final int OPENING = 48;

    private static final int HEADROOM = 128;
    private static final int TAILROOM = 64;

    private final Shop shop;
    private final OutboundSa sa;
    private final Worker sender;
    private final Worker receiver;
    private final Memory memory;
    private final Load[] loads = new Load[OPENING];
    private final int octets;
    private final int slot;
    private final Sink sink = new Sink();
    private final Consumer<Load> ordered;
    private int next;

    Bench(Shop shop, OutboundSa sa, int packetOctets) {
        this.shop = shop;
        this.sa = sa;
        octets = packetOctets;
        slot = (HEADROOM + packetOctets + TAILROOM + 63) & -64;
        memory = Memory.allocateDirect(slot * BURST * OPENING);
        for (int index = 0; index < OPENING; index++) {
            loads[index] = new Load(BURST, index * BURST * slot);
        }
        sender = shop.sending.newWorker();
        receiver = shop.receiving.newWorker(shop::around);
        ordered = shop.orderedSink()::accept;
    }

    /** Makes a burst and seals it. {@return its packets} */
    int sealOnce() {
        Load load = free(SEALING);
        long ticket = ticket();
        make(load);
        sender.encapsulate(load.burst);
        if (load.burst.outbound(BURST - 1) != OutboundOutcome.ENCAPSULATED) {
            throw new IllegalStateException("a packet ended as " + load.burst.outbound(BURST - 1));
        }
        finish(load, ticket);
        return BURST;
    }

    /** Seals all bursts, to be opened; not measured. */
    void sealAll() {
        for (Load load : loads) {
            make(load);
            sender.encapsulate(load.burst);
            for (int i = 0; i < BURST; i++) {
                load.offset[i] = load.burst.offset(i);
                load.length[i] = load.burst.length(i);
            }
        }
    }

    /** Opens all of them. {@return the packets} */
    int openAll() {
        for (int i = 0; i < OPENING; i++) {
            Load load = free(OPENING);
            long ticket = ticket();
            arrive(load);
            if (shop.way == Way.LOCKED) {
                shop.lock.lock();
                try {
                    receiver.decapsulate(load.burst);
                } finally {
                    shop.lock.unlock();
                }
            } else {
                receiver.decapsulate(load.burst);
            }
            if (load.burst.inbound(BURST - 1) != InboundOutcome.ACCEPTED) {
                throw new IllegalStateException("a packet ended as " + load.burst.inbound(BURST - 1));
            }
            finish(load, ticket);
        }
        return OPENING * BURST;
    }

    /** The next burst, when whoever drains the ring is done with it. */
    private Load free(int among) {
        next = next + 1 < among ? next + 1 : 0;
        Load load = loads[next];
        while (!load.isFree()) {
            shop.ring.drain(ordered);
            Thread.onSpinWait();
        }
        load.take();
        return load;
    }

    private long ticket() {
        if (shop.way != Way.ORDER_KEPT) {
            return 0;
        }
        long ticket = shop.ring.take();
        while (ticket == OrderRing.FULL) {
            Thread.onSpinWait();
            ticket = shop.ring.take();
        }
        return ticket;
    }

    private void finish(Load load, long ticket) {
        if (shop.way == Way.ORDER_KEPT) {
            load.ticket = ticket;
            shop.ring.complete(ticket, load);
            shop.ring.drain(ordered);
        } else {
            sink.look(load);
        }
    }

    private void make(Load load) {
        Burst burst = load.burst;
        burst.reset(memory);
        for (int i = 0; i < BURST; i++) {
            int from = load.at + i * slot;
            int at = from + HEADROOM;
            memory.int64(at, (0x4500_0000L | octets) << 32 | Ipv4Header.DONT_FRAGMENT);
            memory.int32(at + 8, 0x4011_0000);
            memory.int64(at + 12, 0x0a00_0001_0a00_0002L);
            Ipv4Header.writeChecksum(memory, at);
            burst.route(burst.add(at, octets, from, from + slot), sa);
        }
    }

    private void arrive(Load load) {
        Burst burst = load.burst;
        burst.reset(memory);
        for (int i = 0; i < BURST; i++) {
            int from = load.at + i * slot;
            burst.add(load.offset[i], load.length[i], from, from + slot);
        }
    }

    /** Drains what the other worker left in the ring, after both have ended. */
    void tidy() {
        shop.ring.drain(ordered);
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
    }
}
