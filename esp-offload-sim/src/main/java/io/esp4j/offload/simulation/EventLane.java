package io.esp4j.offload.simulation;

/** Events that came in the order of their time: a ring that grows. Threads: single owner thread. */
final class EventLane {
    private long[] nanos = new long[64];
    private long[] order = new long[64];
    private Event[] events = new Event[64];
    private int head;
    private int size;

    int size() {
        return size;
    }

    /** {@return the time of the first event; there must be one} */
    long firstNanos() {
        return nanos[head];
    }

    /** {@return the number of the first event; there must be one} */
    long firstOrder() {
        return order[head];
    }

    void add(long at, long mine, Event event) {
        if (size == events.length) {
            grow();
        }
        int place = (head + size) & (events.length - 1);
        nanos[place] = at;
        order[place] = mine;
        events[place] = event;
        size++;
    }

    Event poll() {
        Event event = events[head];
        events[head] = null;
        head = (head + 1) & (events.length - 1);
        size--;
        return event;
    }

    private void grow() {
        int capacity = events.length;
        long[] moreNanos = new long[2 * capacity];
        long[] moreOrder = new long[2 * capacity];
        Event[] moreEvents = new Event[2 * capacity];
        for (int i = 0; i < size; i++) {
            int from = (head + i) & (capacity - 1);
            moreNanos[i] = nanos[from];
            moreOrder[i] = order[from];
            moreEvents[i] = events[from];
        }
        nanos = moreNanos;
        order = moreOrder;
        events = moreEvents;
        head = 0;
    }
}
