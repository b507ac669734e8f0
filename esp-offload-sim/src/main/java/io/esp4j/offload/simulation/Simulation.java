package io.esp4j.offload.simulation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * One run: its clock, its events, its luck, and what it counts. Two runs with the same seed, parameters, hazards and calls are
 * the same in every frame and counter.
 *
 * <p>Threads: single owner thread.
 */
public final class Simulation {
    private final long seed;
    private final Parameters parameters;
    private final Set<Hazard> hazards;
    private final EventQueue events = new EventQueue();
    private final List<Counters> counters = new ArrayList<>();
    private final Trace trace = new Trace();
    private long nowNanos;
    private long eventsHappened;

    /**
     * A run at time 0.
     *
     * @param seed what all luck comes from
     * @param parameters rates, depths and costs
     * @param hazards mistakes that are made on purpose; none by default
     */
    public Simulation(long seed, Parameters parameters, Set<Hazard> hazards) {
        this.seed = seed;
        this.parameters = Objects.requireNonNull(parameters, "parameters");
        this.hazards = hazards.isEmpty() ? EnumSet.noneOf(Hazard.class) : EnumSet.copyOf(hazards);
    }

    /** {@return the seed} */
    public long seed() {
        return seed;
    }

    /** {@return the simulated time, nanoseconds from 0} */
    public long nowNanos() {
        return nowNanos;
    }

    /** {@return the parameters} */
    public Parameters parameters() {
        return parameters;
    }

    /**
     * {@return the value of a parameter}
     *
     * @param parameter which
     */
    public long value(Parameter parameter) {
        return parameters.value(parameter);
    }

    /**
     * {@return whether a mistake is made on purpose}
     *
     * @param hazard which
     */
    public boolean has(Hazard hazard) {
        return hazards.contains(hazard);
    }

    /** {@return the trace, which is silent until somebody listens} */
    public Trace trace() {
        return trace;
    }

    /**
     * {@return a generator for one part, which draws the same numbers in every run of this seed}
     *
     * @param part the part's name
     */
    public RandomGenerator random(String part) {
        long mixed = seed;
        for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
            mixed = (mixed ^ octet) * 0x100000001b3L; // FNV-1a
        }
        return new Random(mixed);
    }

    /**
     * {@return counters for one part}
     *
     * @param part the part's name
     */
    public Counters counters(String part) {
        Counters made = new Counters(part);
        counters.add(made);
        return made;
    }

    /** {@return the counters of all parts, in the order in which the parts were made} */
    public List<Counters> counters() {
        return List.copyOf(counters);
    }

    /**
     * {@return a counter's sum over all parts}
     *
     * @param counter which
     */
    public long total(Counter counter) {
        long sum = 0;
        for (Counters part : counters) {
            sum += part.value(counter);
        }
        return sum;
    }

    /**
     * Asks for an event.
     *
     * @param nanos its time, not before now
     * @param event what happens
     */
    public void at(long nanos, Event event) {
        if (nanos < nowNanos) {
            throw new IllegalArgumentException(
                    "an event at " + nanos + " ns, expected now (" + nowNanos + ") or later");
        }
        events.add(nanos, event);
    }

    /**
     * Asks for an event.
     *
     * @param delayNanos how long from now, at least 0
     * @param event what happens
     */
    public void after(long delayNanos, Event event) {
        at(nowNanos + delayNanos, event);
    }

    /** Lets events happen until none is left. */
    public void run() {
        while (step()) {
            // the next one
        }
    }

    /**
     * Lets events happen up to a time, which then is now.
     *
     * @param nanos the time, not before now
     */
    public void runUntil(long nanos) {
        while (events.size() > 0 && events.firstNanos() <= nanos) {
            step();
        }
        nowNanos = Math.max(nowNanos, nanos);
    }

    /** {@return whether there was an event, which has happened} */
    public boolean step() {
        if (events.size() == 0) {
            return false;
        }
        nowNanos = events.firstNanos();
        eventsHappened++;
        events.poll().happen();
        return true;
    }

    /** {@return how many events have happened} */
    public long eventsHappened() {
        return eventsHappened;
    }
}
