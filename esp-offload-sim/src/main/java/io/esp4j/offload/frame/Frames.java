package io.esp4j.offload.frame;

import io.esp4j.memory.Memory;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;

/**
 * Makes all frames of a run, and keeps the book: how many were made, how many came to an end. The rest is under way. Threads:
 * single owner thread.
 */
public final class Frames {
    /** Room before a new frame: Ethernet with tags, outer headers, ESP. */
    public static final int HEADROOM = 160;
    /** Room behind a new frame: padding, trailer, ICV. */
    public static final int TAILROOM = 80;

    private final Simulation simulation;
    private long made;
    private long ended;

    /**
     * An empty book.
     *
     * @param simulation the run
     */
    public Frames(Simulation simulation) {
        this.simulation = simulation;
    }

    /**
     * {@return a new frame of zeros}
     *
     * @param octets its length
     */
    public Frame make(int octets) {
        made++;
        return new Frame(this, made, Memory.of(new byte[HEADROOM + octets + TAILROOM]), HEADROOM, octets);
    }

    /**
     * {@return a new frame with given octets}
     *
     * @param octets copied
     */
    public Frame make(byte[] octets) {
        Frame frame = make(octets.length);
        frame.memory().write(frame.offset(), octets, 0, octets.length);
        return frame;
    }

    void ended(Frame frame, Counters counters, Counter counter) {
        ended++;
        if (simulation.trace().isOn()) {
            simulation
                    .trace()
                    .tell(new TraceEvent(
                            simulation.nowNanos(), counters.part(), Step.ENDED, frame.number(), 0, 0, counter.label()));
        }
    }

    /** {@return how many frames were made} */
    public long made() {
        return made;
    }

    /** {@return how many frames have come to an end} */
    public long ended() {
        return ended;
    }

    /** {@return how many frames are under way; 0 when a run is over} */
    public long underWay() {
        return made - ended;
    }
}
