package io.esp4j.offload.simulation;

import java.util.EnumMap;
import java.util.Map;

/** What one part has counted. Threads: single owner thread. */
public final class Counters {
    private static final Counter[] ALL = Counter.values();

    private final String part;
    private final long[] values = new long[ALL.length];

    Counters(String part) {
        this.part = part;
    }

    /** {@return the part's name} */
    public String part() {
        return part;
    }

    /**
     * Counts one.
     *
     * @param counter what
     */
    public void count(Counter counter) {
        values[counter.ordinal()]++;
    }

    /**
     * Counts several.
     *
     * @param counter what
     * @param by how many
     */
    public void count(Counter counter, long by) {
        values[counter.ordinal()] += by;
    }

    /**
     * {@return what a counter stands at}
     *
     * @param counter which
     */
    public long value(Counter counter) {
        return values[counter.ordinal()];
    }

    /** {@return the counters that are not 0} */
    public Map<Counter, Long> values() {
        Map<Counter, Long> counted = new EnumMap<>(Counter.class);
        for (Counter counter : ALL) {
            if (values[counter.ordinal()] != 0) {
                counted.put(counter, values[counter.ordinal()]);
            }
        }
        return counted;
    }

    @Override
    public String toString() {
        return part + " " + values();
    }
}
