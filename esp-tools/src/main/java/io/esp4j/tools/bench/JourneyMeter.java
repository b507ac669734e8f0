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
    private static final int MOST_WINDOWS = 20;
    private static final double SETTLED = 0.97;

    private final BenchCase of;
    private final Dataplane sender;
    private final Dataplane receiver;
    private final Worker out;
    private final Worker in;
    private final OutboundSa sa;
    private final Memory memory;
    private final int slot;
    private final Burst[] bursts;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Samples encapsulation = new Samples();
    private final Samples decapsulation = new Samples();
    private long encapsulationAllocated;
    private long decapsulationAllocated;
    private long packets;

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
        out = sender.newWorker();
        in = receiver.newWorker();
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
     * @return the way out and the way in
     */
    List<BenchFigure> measure(double seconds) {
        warmUp();
        clear();
        run((long) (2 * seconds * NANOS_PER_SECOND));
        return List.of(
                new BenchFigure(of, true, encapsulation.median(), (double) encapsulationAllocated / packets),
                new BenchFigure(of, false, decapsulation.median(), (double) decapsulationAllocated / packets));
    }

    /** Runs until a window of time brings no better figure than the one before: the JIT is done. */
    private void warmUp() {
        double best = Double.MAX_VALUE;
        for (int window = 0; window < MOST_WINDOWS; window++) {
            clear();
            run(WINDOW_NANOS);
            double figure = encapsulation.median() + decapsulation.median();
            if (window >= LEAST_WINDOWS && figure > best * SETTLED) {
                return;
            }
            best = Math.min(best, figure);
        }
    }

    private void clear() {
        encapsulation.clear();
        decapsulation.clear();
        encapsulationAllocated = 0;
        decapsulationAllocated = 0;
        packets = 0;
    }

    private void run(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            encapsulateAll();
            decapsulateAll();
            packets += PACKETS;
        }
    }

    private void encapsulateAll() {
        for (int i = 0; i < bursts.length; i++) {
            bursts[i].reset(memory);
            for (int k = 0; k < of.burst(); k++) {
                int start = (i * of.burst() + k) * slot;
                bursts[i].add(start + ROOM, of.innerOctets(), start, start + slot);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        for (Burst burst : bursts) {
            out.encapsulate(burst, sa);
        }
        encapsulation.add(System.nanoTime() - begin, PACKETS);
        encapsulationAllocated += threads.getCurrentThreadAllocatedBytes() - allocated;
    }

    private void decapsulateAll() {
        int grown = sa.overheadOctets(of.innerOctets());
        for (int i = 0; i < bursts.length; i++) {
            int offset = ROOM - sa.headroom();
            bursts[i].reset(memory);
            for (int k = 0; k < of.burst(); k++) {
                int start = (i * of.burst() + k) * slot;
                bursts[i].add(start + offset, of.innerOctets() + grown, start, start + slot);
            }
        }
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        for (Burst burst : bursts) {
            in.decapsulate(burst);
        }
        decapsulation.add(System.nanoTime() - begin, PACKETS);
        decapsulationAllocated += threads.getCurrentThreadAllocatedBytes() - allocated;
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
        out.close();
        in.close();
        sender.close();
        receiver.close();
    }
}
