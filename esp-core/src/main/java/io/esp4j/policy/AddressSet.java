package io.esp4j.policy;

import io.esp4j.wire.IpAddress;
import java.util.List;

/** The addresses of one side of a selector: ANY, of both families, or a list of ranges. Immutable. */
final class AddressSet {
    static final AddressSet ANY = new AddressSet(List.of());

    private static final int LONGS_PER_RANGE = 4;

    private final List<AddressRange> ranges;
    private final boolean[] v6;
    private final long[] bounds;

    private AddressSet(List<AddressRange> ranges) {
        this.ranges = ranges;
        v6 = new boolean[ranges.size()];
        bounds = new long[ranges.size() * LONGS_PER_RANGE];
        for (int i = 0; i < ranges.size(); i++) {
            AddressRange range = ranges.get(i);
            v6[i] = range.v6();
            bounds[i * LONGS_PER_RANGE] = range.first().high();
            bounds[i * LONGS_PER_RANGE + 1] = range.first().low();
            bounds[i * LONGS_PER_RANGE + 2] = range.last().high();
            bounds[i * LONGS_PER_RANGE + 3] = range.last().low();
        }
    }

    /** Of no range: ANY. */
    static AddressSet of(List<AddressRange> ranges) {
        return ranges.isEmpty() ? ANY : new AddressSet(List.copyOf(ranges));
    }

    static AddressSet of(boolean v6, long high, long low) {
        return new AddressSet(List.of(AddressRange.of(new IpAddress(v6, high, low))));
    }

    /** All that lies in one of several. */
    static AddressSet union(List<AddressSet> sets) {
        return sets.stream().anyMatch(AddressSet::isAny)
                ? ANY
                : of(sets.stream().flatMap(set -> set.ranges.stream()).toList());
    }

    boolean isAny() {
        return ranges.isEmpty();
    }

    List<AddressRange> ranges() {
        return ranges;
    }

    boolean contains(boolean family6, long high, long low) {
        if (ranges.isEmpty()) {
            return true;
        }
        for (int i = 0, at = 0; i < v6.length; i++, at += LONGS_PER_RANGE) {
            if (v6[i] == family6
                    && AddressRange.compare(bounds[at], bounds[at + 1], high, low) <= 0
                    && AddressRange.compare(high, low, bounds[at + 2], bounds[at + 3]) <= 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a flow of that family can lie within. */
    boolean includesFamily(boolean family6) {
        return ranges.isEmpty() || ranges.stream().anyMatch(range -> range.v6() == family6);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet set && ranges.equals(set.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return isAny()
                ? "any"
                : String.join(",", ranges.stream().map(AddressRange::toString).toList());
    }
}
