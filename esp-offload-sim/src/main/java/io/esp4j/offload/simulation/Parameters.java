package io.esp4j.offload.simulation;

import java.util.Map;

/** The values of all parameters of a run. Threads: immutable. */
public final class Parameters {
    private final long[] values;

    private Parameters(long[] values) {
        this.values = values;
    }

    /** {@return every parameter at its standard value} */
    public static Parameters standard() {
        Parameter[] all = Parameter.values();
        long[] values = new long[all.length];
        for (Parameter parameter : all) {
            values[parameter.ordinal()] = parameter.standard();
        }
        return new Parameters(values);
    }

    /**
     * {@return these with another value for one parameter}
     *
     * @param parameter which
     * @param value at least 0
     */
    public Parameters with(Parameter parameter, long value) {
        return with(Map.of(parameter, value));
    }

    /**
     * {@return these with other values for some}
     *
     * @param others which, and their values, at least 0
     */
    public Parameters with(Map<Parameter, Long> others) {
        long[] changed = values.clone();
        others.forEach((parameter, value) -> {
            if (value < 0) {
                throw new IllegalArgumentException(parameter + " " + value + ": expected 0 or more");
            }
            changed[parameter.ordinal()] = value;
        });
        return new Parameters(changed);
    }

    /**
     * {@return the value of a parameter}
     *
     * @param parameter which
     */
    public long value(Parameter parameter) {
        return values[parameter.ordinal()];
    }
}
