package io.esp4j.policy;

/**
 * Remembers which policy flows had, in front of a database. It is exact: everything that the search looks at is part of
 * the key. Each flow has one slot, a newer flow with the same slot displaces it.
 *
 * <p>When the database changes, entries of its former snapshots are no longer valid, at once and at no cost: each carries
 * the version that it was found in.
 *
 * <p>Threads: single owner thread.
 */
final class FlowCache<P> {
    private static final int LONGS_PER_SLOT = 6;
    private static final int INDEX_BITS = 24;
    private static final long INDEX_MASK = (1L << INDEX_BITS) - 1;
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final SecurityPolicyDatabase<P> database;
    private final Direction direction;
    private final int shift;

    /** Six numbers a flow: source, destination, next layer fields, and version with the policy's index plus 1. */
    private final long[] slots;

    /** With 2^slotBits slots. */
    FlowCache(SecurityPolicyDatabase<P> database, Direction direction, int slotBits) {
        if (slotBits < 1 || slotBits > 24) {
            throw new IllegalArgumentException("expected 2^1 to 2^24 flows, found 2^" + slotBits);
        }
        this.database = database;
        this.direction = direction;
        shift = Long.SIZE - slotBits;
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
        int at = (int) (hash >>> shift) * LONGS_PER_SLOT;

        long[] flows = slots;
        if (flows[at + 1] == sourceLow
                && flows[at + 3] == destLow
                && flows[at + 4] == nextLayer
                && flows[at] == sourceHigh
                && flows[at + 2] == destHigh
                && flows[at + 5] >>> INDEX_BITS == snapshot.version()) {
            return snapshot.policy((int) (flows[at + 5] & INDEX_MASK) - 1, direction);
        }
        int index = snapshot.search(flow, direction);
        flows[at] = sourceHigh;
        flows[at + 1] = sourceLow;
        flows[at + 2] = destHigh;
        flows[at + 3] = destLow;
        flows[at + 4] = nextLayer;
        flows[at + 5] = snapshot.version() << INDEX_BITS | index + 1;
        return snapshot.policy(index, direction);
    }

    PolicySnapshot<P> snapshot() {
        return database.snapshot();
    }
}
