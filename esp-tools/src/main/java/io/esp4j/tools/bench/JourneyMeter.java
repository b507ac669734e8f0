package io.esp4j.tools.bench;

import com.sun.management.ThreadMXBean;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;

/** Measures one case. Threads: single owner thread. */
final class JourneyMeter implements AutoCloseable {
    private static final int PACKETS = 32;
    private static final int SPI = 0x1000;
    private static final int ROOM = 128;
    private static final int SLOT_ALIGNMENT = 64;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long WINDOW_NANOS = 200_000_000L;
    private static final int LEAST_WINDOWS = 3;
    private static final int MOST_WINDOWS = 25;
    private static final int QUIET_WINDOWS = 2;
    private static final long QUIET_MILLIS = 2;
    private static final int ALLOCATION_ROUNDS = 1000;

    private final BenchCase of;
    private final Dataplane sender;
    private final Dataplane receiver;
    private final Journeys whole;
    private final Journeys staged;
    private TimedEngine sealing;
    private TimedEngine opening;
    private final OutboundSa sa;
    private final Memory memory;
    private final int slot;
    private final Burst[] bursts;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long encapsulationAllocated;
    private long decapsulationAllocated;

    JourneyMeter(BenchCase of) {
        this.of = of;
        slot = (ROOM + of.innerOctets() + ROOM + SLOT_ALIGNMENT - 1) & -SLOT_ALIGNMENT;
        memory = Memory.allocateDirect(slot * PACKETS);
        bursts = new Burst[PACKETS / of.burst()];
        for (int i = 0; i < bursts.length; i++) {
            bursts[i] = new Burst(of.burst());
        }
        sender = Dataplane.builder().provider(of.provider()).build();
        receiver = Dataplane.builder().provider(of.provider()).build();
        whole = new Journeys(sender.newWorker(), receiver.newWorker());
        staged = new Journeys(
                sender.newWorker(software -> sealing = new TimedEngine(software)),
                receiver.newWorker(software -> opening = new TimedEngine(software)));
        SaParameters parameters = parameters(of);
        KeyingMaterial material = randomKey(of.transform());
        sa = sender.addOutbound(parameters, material);
        receiver.addInbound(parameters, material);
        material.destroy();
        for (int i = 0; i < PACKETS; i++) {
            writeInner(i * slot + ROOM);
        }
    }

    private static SaParameters parameters(BenchCase of) {
        return SaParameters.tunnel(SPI, of.transform(), IpAddress.parse("192.0.2.1"), IpAddress.parse("192.0.2.2"))
                .legacy(of.transform().legacy())
                .esn(of.esn())
                .replayWindow(of.window())
                .build();
    }

    private static KeyingMaterial randomKey(Transform transform) {
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        byte[] integrityKey = new byte[transform.integrityKeyOctets()];
        Random random = new Random(SPI);
        random.nextBytes(key);
        random.nextBytes(integrityKey);
        return KeyingMaterial.of(key, integrityKey);
    }

    private void writeInner(int at) {
        memory.int32(at, 0x4500_0000 | of.innerOctets());
        memory.int32(at + 4, Ipv4Header.DONT_FRAGMENT);
        memory.int32(at + 8, (64 << 24) | (NextHeader.UDP << 16));
        memory.int32(at + 12, 0x0a00_0001);
        memory.int32(at + 16, 0x0a00_0002);
        Ipv4Header.writeChecksum(memory, at);
    }

    /**
     * Measures.
     *
     * @param seconds for each direction
     * @param whenWarm called twice: before the samples of whole journeys, and before those of the crypto in them
     * @return the way out and the way in
     */
    List<BenchFigure> measure(double seconds, Runnable whenWarm) {
        long nanos = (long) (2 * seconds * NANOS_PER_SECOND);
        warmUp();
        whenWarm.run();
        whole.clear();
        run(whole, nanos);
        run(staged, WINDOW_NANOS);
        whenWarm.run();
        sealing.samples().clear();
        opening.samples().clear();
        run(staged, nanos / 2);
        countAllocation();
        double packets = (double) ALLOCATION_ROUNDS * PACKETS;
        return List.of(
                new BenchFigure(
                        of,
                        true,
                        whole.encapsulation().median(),
                        sealing.samples().median(),
                        encapsulationAllocated / packets),
                new BenchFigure(
                        of,
                        false,
                        whole.decapsulation().median(),
                        opening.samples().median(),
                        decapsulationAllocated / packets));
    }

    /** Runs until the JIT has had nothing to do for some time, however long the machine lets it wait. */
    private void warmUp() {
        CompilationMXBean jit = ManagementFactory.getCompilationMXBean();
        long compiledMillis = 0;
        int quiet = 0;
        for (int window = 0; window < MOST_WINDOWS && (window < LEAST_WINDOWS || quiet < QUIET_WINDOWS); window++) {
            run(whole, WINDOW_NANOS);
            long millis = jit == null ? 0 : jit.getTotalCompilationTime();
            quiet = millis - compiledMillis <= QUIET_MILLIS ? quiet + 1 : 0;
            compiledMillis = millis;
        }
    }

    private void run(Journeys journeys, long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            offerInner();
            long begin = System.nanoTime();
            encapsulate(journeys.out());
            journeys.encapsulation().add(System.nanoTime() - begin, PACKETS);
            offerOuter();
            begin = System.nanoTime();
            decapsulate(journeys.in());
            journeys.decapsulation().add(System.nanoTime() - begin, PACKETS);
            requireInner();
        }
    }

    /** Apart from the time, which the asking would disturb. */
    private void countAllocation() {
        for (int round = 0; round < ALLOCATION_ROUNDS; round++) {
            offerInner();
            long begin = threads.getCurrentThreadAllocatedBytes();
            encapsulate(whole.out());
            encapsulationAllocated += threads.getCurrentThreadAllocatedBytes() - begin;
            offerOuter();
            begin = threads.getCurrentThreadAllocatedBytes();
            decapsulate(whole.in());
            decapsulationAllocated += threads.getCurrentThreadAllocatedBytes() - begin;
        }
    }

    private void offerInner() {
        offer(ROOM, of.innerOctets());
    }

    private void offerOuter() {
        offer(ROOM - sa.headroom(), of.innerOctets() + sa.overheadOctets(of.innerOctets()));
    }

    private void offer(int offset, int octets) {
        for (int i = 0; i < bursts.length; i++) {
            bursts[i].reset(memory);
            for (int k = 0; k < of.burst(); k++) {
                int start = (i * of.burst() + k) * slot;
                bursts[i].add(start + offset, octets, start, start + slot);
            }
        }
    }

    private void encapsulate(Worker worker) {
        for (Burst burst : bursts) {
            worker.encapsulate(burst, sa);
        }
    }

    private void decapsulate(Worker worker) {
        for (Burst burst : bursts) {
            worker.decapsulate(burst);
        }
    }

    private void requireInner() {
        for (Burst burst : bursts) {
            for (int k = 0; k < of.burst(); k++) {
                if (burst.inbound(k) != InboundOutcome.ACCEPTED || burst.length(k) != of.innerOctets()) {
                    throw new IllegalStateException("a packet that was just sealed came back as " + burst.inbound(k));
                }
            }
        }
    }

    @Override
    public void close() {
        whole.close();
        staged.close();
        sender.close();
        receiver.close();
    }
}
