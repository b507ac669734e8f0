package io.esp4j.offload.scenario;

/**
 * What must come of a run.
 *
 * @param measure a name that {@link Measures} knows
 * @param comparison how it compares
 * @param value with what
 */
public record Expectation(String measure, Comparison comparison, long value) {
    /** How a measure compares with a value. */
    public enum Comparison {
        /** It is equal. */
        IS("="),
        /** It is larger. */
        ABOVE(">"),
        /** It is smaller. */
        BELOW("<");

        private final String sign;

        Comparison(String sign) {
            this.sign = sign;
        }

        /** {@return its sign} */
        public String sign() {
            return sign;
        }
    }

    /**
     * {@return whether it holds}
     *
     * @param found the measure's value
     */
    public boolean holds(long found) {
        return switch (comparison) {
            case IS -> found == value;
            case ABOVE -> found > value;
            case BELOW -> found < value;
        };
    }

    @Override
    public String toString() {
        return measure + " " + comparison.sign() + " " + value;
    }
}
