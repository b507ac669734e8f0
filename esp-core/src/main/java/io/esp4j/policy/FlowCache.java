package io.esp4j.policy;

/**
 * Remembers which policy flows had, in front of a database. It is exact: everything that the search looks at is part of
 * the key. Each flow has four places to be in; when others are in all of them, one of those is displaced.
 *
 * <p>When the database changes, entries of its former snapshots are no longer valid, at once and at no cost: each carries
 * the version that it was found in.
 *
 * <p>Threads: single owner thread.
 */
final class FlowCache<P> {
    private static final int WAYS = 4;
    private static final int LONGS_PER_SLOT = 6;
    private static final int INDEX_BITS = 24;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final SecurityPolicyDatabase<P> database;
    private final Direction direction;
    private final int shift;

    /** Six numbers a flow: source, destination, next layer fields, and version with the policy's index plus 1. */
    private final long[] slots;

    private int displaced;

    /** With 2^slotBits slots. */
    FlowCache(SecurityPolicyDatabase<P> database, Direction direction, int slotBits) {
        if (slotBits < 3 || slotBits > 24) {
            throw new IllegalArgumentException("expected 2^3 to 2^24 flows, found 2^" + slotBits);
        }
        this.database = database;
        this.direction = direction;
        shift = Long.SIZE - (slotBits - 2);
        slots = new long[LONGS_PER_SLOT << slotBits];
    }

    /** The same as {@code database.lookup(flow, direction)}. */
    Policy<P> find(Flow flow, PolicySnapshot<P> snapshot) {
        long sourceHigh = flow.sourceHigh();
        long sourceLow = flow.sourceLow();
        long destHigh = flow.destHigh();
        long destLow = flow.destLow();
        long nextLayer = flow.nextLayerKey();
        long hash = (sourceLow ^ sourceHigh * MIX ^ nextLayer) * MIX;
        hash = (hash ^ hash >>> 32 ^ destLow ^ destHigh * MIX) * MIX;
        int start = (int) (hash >>> shift) * (WAYS * LONGS_PER_SLOT);

        long[] flows = slots;
        for (int at = start; at < start + WAYS * LONGS_PER_SLOT; at += LONGS_PER_SLOT) {
            if (flows[at + 1] == sourceLow
                    && flows[at + 3] == destLow
                    && flows[at + 4] == nextLayer
                    && flows[at] == sourceHigh
                    && flows[at + 2] == destHigh
                    && flows[at + 5] >>> INDEX_BITS == snapshot.version()) {
                return snapshot.policy((int) (flows[at + 5] & INDEX_MASK) - 1, direction);
            }
        }
        int index = snapshot.search(flow, direction);
        int at = placeAmong(start, snapshot.version());
        flows[at] = sourceHigh;
        flows[at + 1] = sourceLow;
        flows[at + 2] = destHigh;
        flows[at + 3] = destLow;
        flows[at + 4] = nextLayer;
        flows[at + 5] = snapshot.version() << INDEX_BITS | index + 1;
        return snapshot.policy(index, direction);
    }

    /** A place that holds nothing valid, or else the next in turn. */
    private int placeAmong(int start, long version) {
        for (int at = start; at < start + WAYS * LONGS_PER_SLOT; at += LONGS_PER_SLOT) {
            if (slots[at + 5] >>> INDEX_BITS != version) {
                return at;
            }
        }
        displaced = (displaced + 1) & (WAYS - 1);
        return start + displaced * LONGS_PER_SLOT;
    }

    PolicySnapshot<P> snapshot() {
        return database.snapshot();
    }
}
