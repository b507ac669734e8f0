package io.esp4j.offload.agent;

import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Rate;
import io.esp4j.offload.simulation.Simulation;

/**
 * When frames leave one direction of a port: those for crypto one after the other at the crypto unit's rate, others after a
 * look, but never before a frame of the same SPI that came earlier. Threads: single owner thread.
 */
final class CryptoUnit {
    private static final int LANES =
            1024; // SPIs that share a lane wait for each other, which costs time and breaks nothing

    private final Simulation simulation;
    private final long packetNanos;
    private final long bypassNanos;
    private final Rate rate;
    private final int depth;
    private final long[] lastOfLane = new long[LANES];
    private long busyUntil;
    private int waiting;

    CryptoUnit(Simulation simulation) {
        this.simulation = simulation;
        packetNanos = simulation.value(Parameter.AGENT_PACKET_NANOS);
        bypassNanos = simulation.value(Parameter.AGENT_BYPASS_NANOS);
        rate = new Rate(simulation.value(Parameter.AGENT_CRYPTO_BITS_PER_SECOND));
        depth = (int) simulation.value(Parameter.AGENT_QUEUE_FRAMES);
    }

    boolean isFull() {
        return waiting >= depth;
    }

    private static int lane(int spi) {
        return (spi * 0x9e3779b9) >>> 22;
    }

    /** Lets a frame wait for the unit; {@link #served} is called by whom it is handed to. */
    void serve(Frame frame, int spi, FrameSink done) {
        long start = Math.max(simulation.nowNanos(), busyUntil);
        busyUntil = start + packetNanos + rate.nanos(frame.length());
        waiting++;
        int lane = lane(spi);
        lastOfLane[lane] = Math.max(lastOfLane[lane], busyUntil);
        frame.passTo(simulation, lastOfLane[lane], done);
    }

    void served() {
        waiting--;
    }

    /** Lets a frame that is ESP pass by the unit. */
    void pass(Frame frame, int spi, FrameSink done) {
        int lane = lane(spi);
        lastOfLane[lane] = Math.max(lastOfLane[lane], simulation.nowNanos() + bypassNanos);
        frame.passTo(simulation, lastOfLane[lane], done);
    }

    /** Lets any other frame pass by the unit. */
    void pass(Frame frame, FrameSink done) {
        frame.passTo(simulation, simulation.nowNanos() + bypassNanos, done);
    }
}
