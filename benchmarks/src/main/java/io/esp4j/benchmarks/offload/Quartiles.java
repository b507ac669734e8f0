package io.esp4j.benchmarks.offload;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The middle of figures of rounds, and how far they spread.
 *
 * @param lower a quarter lies below it
 * @param median half lies below it
 * @param upper three quarters lie below it
 */
record Quartiles(double lower, double median, double upper) {
    static Quartiles of(int rounds, IntToDoubleFunction figure) {
        double[] sorted = IntStream.range(0, rounds).mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        return new Quartiles(sorted[rounds / 4], sorted[rounds / 2], sorted[rounds * 3 / 4]);
    }
}
