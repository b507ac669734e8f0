package io.esp4j.benchmarks.offload;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** One case with one transform, and what its rounds took. Threads: single owner thread. */
final class CaseRun implements AutoCloseable {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    final StackCase stack;
    final Variant variant;

    private final SoftwarePath path;
    private final double[] sendNanos;
    private final double[] receiveNanos;
    private long allocated;
    private long packets;

    CaseRun(StackCase stack, Variant variant, int superPackets, int rounds) {
        this.stack = stack;
        this.variant = variant;
        path = new SoftwarePath(stack, variant, superPackets);
        sendNanos = new double[rounds];
        receiveNanos = new double[rounds];
    }

    /** Carries the stream a number of times and keeps what a packet took on each side, as the figures of a round. */
    void round(int round, byte[] stream, int repetitions) {
        long send = 0;
        long receive = 0;
        long carried = 0;
        long self = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(self);
        for (int i = 0; i < repetitions; i++) {
            long start = System.nanoTime();
            path.send(stream);
            long sent = System.nanoTime();
            path.receive();
            long received = System.nanoTime();
            send += sent - start;
            receive += received - sent;
            carried += path.wire().packets;
        }
        allocated += THREADS.getThreadAllocatedBytes(self) - before;
        packets += carried;
        sendNanos[round] = (double) send / carried;
        receiveNanos[round] = (double) receive / carried;
    }

    void forgetAllocation() {
        allocated = 0;
        packets = 0;
    }

    double sendNanos(int round) {
        return sendNanos[round];
    }

    double receiveNanos(int round) {
        return receiveNanos[round];
    }

    /** Nanoseconds a packet of the slower host: with a host at each end, it sets the throughput. */
    double slowerNanos(int round) {
        return Math.max(sendNanos[round], receiveNanos[round]);
    }

    double octetsAllocated() {
        return packets == 0 ? 0 : (double) allocated / packets;
    }

    @Override
    public void close() {
        path.close();
    }
}
