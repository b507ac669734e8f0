package io.esp4j.offload.simulation;

/**
 * Events by time, and by the order of their coming where times are equal.
 *
 * <p>Most parts ask for events in the order of time: each frame of a ring, a link, a crypto unit after the one before. So an event
 * goes behind the latest one that it does not precede, in one of a few lanes, and only the heads of lanes are compared; what fits
 * no lane goes into a heap. Threads: single owner thread.
 */
final class EventQueue {
    private static final int LANES = 16;
    private static final int NONE = -1;
    private static final long EMPTY = Long.MAX_VALUE;

    private final EventLane[] lanes = new EventLane[LANES];
    /** The times of each lane's first and last event, and the first one's number, which no event has where a lane is empty. */
    private final long[] firstNanos = new long[LANES];

    private final long[] firstOrder = new long[LANES];
    private final long[] lastNanos = new long[LANES];
    private final EventHeap rest = new EventHeap();
    /** Lanes that ever had an event: the first ones. */
    private int lanesUsed;

    private int size;
    private long added;
    /** The lane of the first event, −1 for the heap; of use while it is known. */
    private int first;

    private boolean isFirstKnown;

    int size() {
        return size;
    }

    /** {@return the time of the first event; there must be one} */
    long firstNanos() {
        findFirst();
        return first == NONE ? rest.firstNanos() : firstNanos[first];
    }

    void add(long at, Event event) {
        long mine = added++;
        size++;
        isFirstKnown = false;
        int lane = laneFor(at);
        if (lane == NONE) {
            rest.add(at, mine, event);
            return;
        }
        lanes[lane].add(at, mine, event);
        lastNanos[lane] = at;
        if (firstOrder[lane] == EMPTY) {
            firstNanos[lane] = at;
            firstOrder[lane] = mine;
        }
    }

    /** {@return the lane whose last event is the latest that is not after a time; else an empty one; else none} */
    private int laneFor(long at) {
        int best = NONE;
        int empty = NONE;
        long latest = Long.MIN_VALUE;
        for (int lane = 0; lane < lanesUsed; lane++) {
            long last = lastNanos[lane];
            if (firstOrder[lane] == EMPTY) {
                empty = lane;
            } else if (last <= at && last > latest) {
                best = lane;
                latest = last;
            }
        }
        return best != NONE ? best : empty != NONE ? empty : lanesUsed < LANES ? open() : NONE;
    }

    private int open() {
        int lane = lanesUsed++;
        lanes[lane] = new EventLane();
        firstNanos[lane] = Long.MAX_VALUE;
        firstOrder[lane] = EMPTY;
        return lane;
    }

    /** {@return the first event, taken out; there must be one} */
    Event poll() {
        findFirst();
        size--;
        isFirstKnown = false;
        if (first == NONE) {
            return rest.poll();
        }
        EventLane lane = lanes[first];
        Event event = lane.poll();
        boolean more = lane.size() > 0;
        firstNanos[first] = more ? lane.firstNanos() : Long.MAX_VALUE;
        firstOrder[first] = more ? lane.firstOrder() : EMPTY;
        return event;
    }

    private void findFirst() {
        if (isFirstKnown) {
            return;
        }
        first = NONE;
        long at = Long.MAX_VALUE;
        long order = EMPTY;
        if (rest.size() > 0) {
            at = rest.firstNanos();
            order = rest.firstOrder();
        }
        for (int lane = 0; lane < lanesUsed; lane++) {
            if (EventHeap.isBefore(firstNanos[lane], firstOrder[lane], at, order)) {
                first = lane;
                at = firstNanos[lane];
                order = firstOrder[lane];
            }
        }
        isFirstKnown = true;
    }
}
