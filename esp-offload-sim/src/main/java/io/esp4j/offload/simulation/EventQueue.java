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

    private final EventLane[] lanes = new EventLane[LANES];
    private final EventHeap rest = new EventHeap();
    private int size;
    private long added;
    /** The lane of the first event, −1 for the heap; of use while it is known. */
    private int first;

    private boolean isFirstKnown;

    EventQueue() {
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new EventLane();
        }
    }

    int size() {
        return size;
    }

    /** {@return the time of the first event; there must be one} */
    long firstNanos() {
        findFirst();
        return first < 0 ? rest.firstNanos() : lanes[first].firstNanos();
    }

    void add(long at, Event event) {
        long mine = added++;
        size++;
        isFirstKnown = false;
        EventLane best = null;
        EventLane empty = null;
        for (EventLane lane : lanes) {
            if (lane.isEmpty()) {
                empty = lane;
            } else if (lane.lastNanos() <= at && (best == null || lane.lastNanos() > best.lastNanos())) {
                best = lane;
            }
        }
        EventLane lane = best == null ? empty : best;
        if (lane == null) {
            rest.add(at, mine, event);
        } else {
            lane.add(at, mine, event);
        }
    }

    /** {@return the first event, taken out; there must be one} */
    Event poll() {
        findFirst();
        size--;
        isFirstKnown = false;
        return first < 0 ? rest.poll() : lanes[first].poll();
    }

    private void findFirst() {
        if (isFirstKnown) {
            return;
        }
        first = -1;
        long at = Long.MAX_VALUE;
        long order = Long.MAX_VALUE;
        if (rest.size() > 0) {
            at = rest.firstNanos();
            order = rest.firstOrder();
        }
        for (int i = 0; i < LANES; i++) {
            EventLane lane = lanes[i];
            if (!lane.isEmpty() && EventHeap.isBefore(lane.firstNanos(), lane.firstOrder(), at, order)) {
                first = i;
                at = lane.firstNanos();
                order = lane.firstOrder();
            }
        }
        isFirstKnown = true;
    }
}
