package io.esp4j.benchmarks.scaling;

import java.util.Arrays;
import java.util.Locale;

/** The quartiles of some figures. Immutable. */
record Ratios(double lower, double median, double upper) {
    static Ratios of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Ratios(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /** Of one series to another, round by round. */
    static Ratios of(double[] values, double[] others) {
        double[] ratios = new double[values.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = values[i] / others[i];
        }
        return of(ratios);
    }

    private static double quantile(double[] sorted, double part) {
        double position = part * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    String text() {
        return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median, lower, upper);
    }
}
