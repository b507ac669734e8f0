package io.esp4j.policy;

import io.esp4j.wire.IpAddress;
import java.util.List;
import java.util.TreeSet;

/**
 * For addresses of one family, which of up to 64 address sets hold an address; made like {@link ValueAxis}. Immutable.
 */
final class AddressAxis {
    private final long[] startHigh;
    private final long[] startLow;
    private final long[] bits;

    AddressAxis(List<AddressSet> sets, boolean v6) {
        TreeSet<IpAddress> changes =
                new TreeSet<>((a, b) -> AddressRange.compare(a.high(), a.low(), b.high(), b.low()));
        changes.add(new IpAddress(v6, 0, 0));
        for (AddressSet set : sets) {
            for (AddressRange range : set.ranges()) {
                if (range.v6() == v6) {
                    changes.add(range.first());
                    IpAddress last = range.last();
                    long low = last.low() + 1;
                    long high = low == 0 ? last.high() + 1 : last.high();
                    // After the highest address nothing follows: 0 again, or beyond 32 bits for IPv4, which never
                    // comes.
                    changes.add(new IpAddress(v6, high, low));
                }
            }
        }
        startHigh = changes.stream().mapToLong(IpAddress::high).toArray();
        startLow = changes.stream().mapToLong(IpAddress::low).toArray();
        bits = changes.stream().mapToLong(start -> holding(sets, start)).toArray();
    }

    long bits(long high, long low) {
        int from = 0;
        for (int to = bits.length; to - from > 1; ) {
            int middle = (from + to) >>> 1;
            if (AddressRange.compare(startHigh[middle], startLow[middle], high, low) <= 0) {
                from = middle;
            } else {
                to = middle;
            }
        }
        return bits[from];
    }

    private static long holding(List<AddressSet> sets, IpAddress address) {
        long holding = 0;
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).contains(address.v6(), address.high(), address.low())) {
                holding |= 1L << i;
            }
        }
        return holding;
    }
}
