package io.esp4j.policy;

import java.util.Objects;

/**
 * Remembers, for a while, what was decided on the first fragment of a datagram, so that its later fragments, which show
 * no ports, can go the same way (RFC 4301 §7.3, §7.4). Bounded: of four datagrams that compete for a place, the one that
 * would be forgotten first makes room.
 *
 * <p>A datagram's fragments must come to the same tracker: steer fragments by their addresses, not by ports. Those that
 * overtake their first fragment are not known yet.
 *
 * <p>Threads: single owner thread.
 *
 * @param <V> the decision
 */
final class FragmentTracker<V> {
    private static final int WAYS = 4;
    private static final int LONGS_PER_PLACE = 7;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final long lifetimeNanos;
    private final int shift;

    /** Seven numbers a datagram: source, destination, identification with protocol, time of end, generation. */
    private final long[] places;

    private final Object[] values;

    /** With 2^datagramBits places. */
    FragmentTracker(int datagramBits, long lifetimeNanos) {
        if (datagramBits < 3 || datagramBits > 24 || lifetimeNanos <= 0) {
            throw new IllegalArgumentException("expected 2^3 to 2^24 datagrams and a lifetime above 0, found 2^"
                    + datagramBits + " and " + lifetimeNanos + " ns");
        }
        this.lifetimeNanos = lifetimeNanos;
        shift = Long.SIZE - (datagramBits - 2);
        places = new long[LONGS_PER_PLACE << datagramBits];
        values = new Object[1 << datagramBits];
    }

    /** Keeps a decision on a datagram; decisions of another generation are not found. */
    void remember(Flow flow, V value, long generation, long nowNanos) {
        int place = indexOf(flow);
        if (place < 0) {
            int from = firstOf(flow);
            place = from;
            for (int way = from + 1; way < from + WAYS; way++) {
                if (values[way] == null || (values[place] != null && endsBefore(way, place))) {
                    place = way;
                }
            }
        }
        int at = place * LONGS_PER_PLACE;
        places[at] = flow.sourceHigh();
        places[at + 1] = flow.sourceLow();
        places[at + 2] = flow.destHigh();
        places[at + 3] = flow.destLow();
        places[at + 4] = datagram(flow);
        places[at + 5] = nowNanos + lifetimeNanos;
        places[at + 6] = generation;
        values[place] = Objects.requireNonNull(value, "value");
    }

    /** The decision on a datagram; null if there is none that counts. */
    V find(Flow flow, long generation, long nowNanos) {
        int place = indexOf(flow);
        if (place < 0) {
            return null;
        }
        int at = place * LONGS_PER_PLACE;
        if (places[at + 6] != generation || places[at + 5] - nowNanos <= 0) {
            values[place] = null;
            return null;
        }
        return value(place);
    }

    /** What was decided on a datagram counts no more: another one has its name now. */
    void forget(Flow flow) {
        int place = indexOf(flow);
        if (place >= 0) {
            values[place] = null;
        }
    }

    private int indexOf(Flow flow) {
        long datagram = datagram(flow);
        int from = firstOf(flow);
        for (int way = from; way < from + WAYS; way++) {
            int at = way * LONGS_PER_PLACE;
            if (values[way] != null
                    && places[at + 4] == datagram
                    && places[at] == flow.sourceHigh()
                    && places[at + 1] == flow.sourceLow()
                    && places[at + 2] == flow.destHigh()
                    && places[at + 3] == flow.destLow()) {
                return way;
            }
        }
        return -1;
    }

    private int firstOf(Flow flow) {
        long hash = (flow.sourceLow() ^ flow.sourceHigh() * MIX ^ datagram(flow)) * MIX;
        hash = (hash ^ hash >>> 32 ^ flow.destLow() ^ flow.destHigh() * MIX) * MIX;
        return (int) (hash >>> shift) * WAYS;
    }

    private boolean endsBefore(int place, int other) {
        return places[place * LONGS_PER_PLACE + 5] - places[other * LONGS_PER_PLACE + 5] < 0;
    }

    /** What names a datagram beside its addresses: IPv4 has the protocol too (RFC 791), IPv6 has not (RFC 8200 §4.5). */
    private static long datagram(Flow flow) {
        long identification = flow.identification() & 0xffff_ffffL;
        return flow.v6() ? identification | 1L << 40 : identification | (long) flow.protocol() << 32;
    }

    /** Values come from {@link #remember} alone. */
    @SuppressWarnings("unchecked")
    private V value(int place) {
        return (V) values[place];
    }
}
