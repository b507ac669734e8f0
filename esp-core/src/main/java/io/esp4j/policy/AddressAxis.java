package io.esp4j.policy;

import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * For addresses of one family, which of up to 64 address sets hold an address: the addresses between which the answer
 * changes, and the answer for each interval, a bit for each set. Immutable.
 */
final class AddressAxis {
    private final long[] startHigh;
    private final long[] startLow;
    private final long[] bits;

    /** Where a range of a set begins (+1) or has just ended (−1). */
    private record Edge(long high, long low, int set, int change) {}

    AddressAxis(List<AddressSet> sets, boolean v6) {
        long everywhere = 0;
        List<Edge> edges = new ArrayList<>();
        for (int set = 0; set < sets.size(); set++) {
            if (sets.get(set).isAny()) {
                everywhere |= 1L << set;
            }
            for (AddressRange range : sets.get(set).ranges()) {
                if (range.v6() == v6) {
                    addEdges(edges, range, set);
                }
            }
        }
        edges.sort((a, b) -> AddressRange.compare(a.high, a.low, b.high, b.low));

        long[] high = new long[edges.size() + 1];
        long[] low = new long[edges.size() + 1];
        long[] holding = new long[edges.size() + 1];
        int[] depth = new int[Long.SIZE];
        holding[0] = everywhere;
        int last = 0;
        for (Edge edge : edges) {
            if (edge.high != high[last] || edge.low != low[last]) {
                last++;
                high[last] = edge.high;
                low[last] = edge.low;
                holding[last] = holding[last - 1];
            }
            depth[edge.set] += edge.change;
            long bit = 1L << edge.set;
            holding[last] = depth[edge.set] > 0 ? holding[last] | bit : holding[last] & ~bit;
        }
        startHigh = Arrays.copyOf(high, last + 1);
        startLow = Arrays.copyOf(low, last + 1);
        bits = Arrays.copyOf(holding, last + 1);
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

    private static void addEdges(List<Edge> edges, AddressRange range, int set) {
        IpAddress first = range.first();
        IpAddress last = range.last();
        edges.add(new Edge(first.high(), first.low(), set, 1));
        long low = last.low() + 1;
        long high = low == 0 ? last.high() + 1 : last.high();
        if ((high | low) != 0) { // Nothing follows the highest address.
            edges.add(new Edge(high, low, set, -1));
        }
    }
}
