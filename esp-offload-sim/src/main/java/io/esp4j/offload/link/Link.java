package io.esp4j.offload.link;

import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Event;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Rate;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * One direction of a link. Frames leave one after the other at the link's rate, in the order in which they came or, with
 * priorities, the most important one first; and arrive after its delay.
 *
 * <p>Threads: single owner thread.
 */
public final class Link implements FrameSink {
    private final Simulation simulation;
    private final String name;
    private final Counters counters;
    private final FrameSink to;
    private final List<LinkObserver> observers = new ArrayList<>();
    private final List<ArrayDeque<Frame>> waiting = new ArrayList<>();
    private final int depth;
    private final int overheadOctets;
    private final long delayNanos;
    private final Event next = this::next;
    private Rate rate;
    private ToIntFunction<Frame> classifier = frame -> 0;
    private Impairment impairment = Impairment.NONE;
    private boolean busy;
    private int queued;
    private long octets;
    private long frames;

    /**
     * A link with the run's parameters.
     *
     * @param simulation the run
     * @param name its name, such as {@code a-b}
     * @param to where frames arrive
     */
    public Link(Simulation simulation, String name, FrameSink to) {
        this.simulation = simulation;
        this.name = name;
        this.to = to;
        counters = simulation.counters(name);
        depth = (int) simulation.value(Parameter.LINK_QUEUE_FRAMES);
        overheadOctets = (int) simulation.value(Parameter.LINK_OVERHEAD_OCTETS);
        delayNanos = simulation.value(Parameter.LINK_DELAY_NANOS);
        rate = new Rate(simulation.value(Parameter.LINK_BITS_PER_SECOND));
        waiting.add(new ArrayDeque<>());
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its counters} */
    public Counters counters() {
        return counters;
    }

    /**
     * Lets somebody look on.
     *
     * @param observer sees each frame
     */
    public void observe(LinkObserver observer) {
        observers.add(observer);
    }

    /**
     * Lets things go wrong.
     *
     * @param what what goes wrong from now on
     */
    public void impair(Impairment what) {
        impairment = what;
    }

    /**
     * Gives it another rate.
     *
     * @param newBitsPerSecond the rate, above 0
     */
    public void rate(long newBitsPerSecond) {
        rate = new Rate(newBitsPerSecond);
    }

    /**
     * Gives it strict priorities.
     *
     * @param classes how many
     * @param classOf a frame's class, from 0, the most important one
     */
    public void prioritise(int classes, ToIntFunction<Frame> classOf) {
        while (waiting.size() < classes) {
            waiting.add(new ArrayDeque<>());
        }
        classifier = classOf;
    }

    /** {@return octets that have left, without the link's own overhead} */
    public long octets() {
        return octets;
    }

    /** {@return frames that have left} */
    public long frames() {
        return frames;
    }

    @Override
    public void accept(Frame frame) {
        if (!busy) {
            leave(frame);
        } else if (queued == depth) {
            frame.end(counters, Counter.LINK_QUEUE_FULL);
        } else {
            queued++;
            waiting.get(waiting.size() == 1 ? 0 : classifier.applyAsInt(frame)).add(frame);
        }
    }

    private void leave(Frame frame) {
        busy = true;
        long now = simulation.nowNanos();
        long gone = now + rate.nanos(frame.length() + overheadOctets);
        octets += frame.length();
        frames++;
        for (LinkObserver observer : observers) {
            observer.left(now, frame);
        }
        if (simulation.trace().isOn()) {
            simulation
                    .trace()
                    .tell(new TraceEvent(now, name, Step.LEFT, frame.number(), 0, 0, frame.length() + " octets"));
        }
        simulation.at(gone, next);
        int copies = impairment.copies(frame);
        if (copies == 0) {
            frame.end(counters, Counter.LINK_LOST);
            return;
        }
        for (int copy = 1; copy < copies; copy++) {
            arrive(frame.copy(), gone);
        }
        arrive(frame, gone);
    }

    private void arrive(Frame frame, long gone) {
        frame.passTo(simulation, gone + delayNanos + impairment.delayNanos(frame), to);
    }

    private void next() {
        for (ArrayDeque<Frame> queue : waiting) {
            Frame frame = queue.poll();
            if (frame != null) {
                queued--;
                leave(frame);
                return;
            }
        }
        busy = false;
    }
}
