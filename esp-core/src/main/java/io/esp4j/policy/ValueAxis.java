package io.esp4j.policy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * For one 16-bit field, which of up to 64 value sets hold a value: the values between which the answer changes, and the
 * answer for each interval, a bit for each set. Immutable.
 */
final class ValueAxis {
    private final int[] starts;
    private final long[] bits;
    private final long unavailable;

    ValueAxis(List<ValueSet> sets) {
        TreeSet<Integer> changes = new TreeSet<>(List.of(0));
        for (ValueSet set : sets) {
            int[] bounds = set.bounds();
            for (int i = 0; i < bounds.length; i += 2) {
                changes.add(bounds[i]);
                changes.add(bounds[i + 1] + 1);
            }
        }
        starts = changes.stream().mapToInt(Integer::intValue).toArray();
        bits = Arrays.stream(starts).mapToLong(value -> holding(sets, value)).toArray();
        unavailable = holding(sets, ValueSet.UNAVAILABLE);
    }

    long bits(int value) {
        if (value == ValueSet.UNAVAILABLE) {
            return unavailable;
        }
        int low = 0;
        for (int high = starts.length; high - low > 1; ) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return bits[low];
    }

    private static long holding(List<ValueSet> sets, int value) {
        long holding = 0;
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).contains(value)) {
                holding |= 1L << i;
            }
        }
        return holding;
    }
}
