package io.esp4j.offload.simulation;

import java.util.Arrays;

/**
 * A heap of events by time, and by a number where times are equal. Its arrays grow and are kept. Threads: single owner thread.
 */
final class EventHeap {
    private static final int ARITY = 4; // shallower than a binary heap, and four times lie in one or two cache lines

    private long[] nanos = new long[256];
    private long[] order = new long[256];
    private Event[] events = new Event[256];
    private int size;

    int size() {
        return size;
    }

    /** {@return the time of the first event; there must be one} */
    long firstNanos() {
        return nanos[0];
    }

    /** {@return the number of the first event; there must be one} */
    long firstOrder() {
        return order[0];
    }

    void add(long at, long mine, Event event) {
        if (size == events.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
            order = Arrays.copyOf(order, 2 * size);
            events = Arrays.copyOf(events, 2 * size);
        }
        int place = size++;
        while (place > 0) {
            int parent = (place - 1) / ARITY;
            if (isBefore(nanos[parent], order[parent], at, mine)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, at, mine, event);
    }

    /** {@return the first event, taken out; there must be one} */
    Event poll() {
        Event first = events[0];
        size--;
        long at = nanos[size];
        long mine = order[size];
        Event last = events[size];
        events[size] = null;
        if (size > 0) {
            sink(at, mine, last);
        }
        return first;
    }

    private void sink(long at, long mine, Event event) {
        int place = 0;
        while (true) {
            int from = place * ARITY + 1;
            if (from >= size) {
                break;
            }
            int least = from;
            int to = Math.min(from + ARITY, size);
            for (int child = from + 1; child < to; child++) {
                if (isBefore(nanos[child], order[child], nanos[least], order[least])) {
                    least = child;
                }
            }
            if (isBefore(at, mine, nanos[least], order[least])) {
                break;
            }
            move(least, place);
            place = least;
        }
        put(place, at, mine, event);
    }

    static boolean isBefore(long at, long mine, long otherAt, long other) {
        return at < otherAt || (at == otherAt && mine < other);
    }

    private void move(int from, int to) {
        put(to, nanos[from], order[from], events[from]);
    }

    private void put(int place, long at, long mine, Event event) {
        nanos[place] = at;
        order[place] = mine;
        events[place] = event;
    }
}
