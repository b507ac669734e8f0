package io.esp4j.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Puts back into order what several threads finish out of order. Whoever takes something in hand takes a ticket, works, and
 * hands it in; it is released when all tickets before it are.
 *
 * <p>The ring is bounded: when the oldest ticket is a whole ring behind, {@link #take} says {@link #FULL}, which is
 * back-pressure to be passed on or a packet to be dropped, as the caller likes. What is lost on the wire leaves no gap, since
 * tickets count what was taken in hand and not sequence numbers. Who has nothing to hand in {@linkplain #abandon abandons}
 * its ticket. And one that is stuck with the oldest ticket can be {@linkplain #overtake overtaken}: the others go on, and
 * it is told when it comes too late.
 *
 * <p>Threads: thread-safe, lock-free. Nothing is released twice or before its turn, by however many threads; one releases at a
 * time, and another that wants to does not wait but leaves it to that one. Allocates nothing, but for an overtaken ticket.
 *
 * @param <T> what is put into order: a burst, mostly
 */
public final class OrderRing<T> {
    /** What {@link #take} returns when there is no room: no ticket. */
    public static final long FULL = -1;

    /** The most that a ring can hold. */
    public static final int MAX_CAPACITY = 1 << 20;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    /** In a slot whose ticket was abandoned: passed over when its turn comes. */
    private static final Object NOTHING = new Object();

    /** In a slot whose ticket was overtaken: passed over, and whoever has the ticket is late from now on. */
    private static final Object OVERTAKEN = new Object();

    /** Counters lie two cache lines apart: takers write the first, releasers the others. */
    private static final int LINE = 16;

    private static final int NEXT = LINE;
    private static final int HEAD = 2 * LINE;
    private static final int RELEASING = 3 * LINE;
    private static final int REFUSED = 4 * LINE;
    private static final int LATE = 5 * LINE;
    private static final int COUNTERS = 6 * LINE;

    /**
     * In a slot whose ticket is outstanding. An overtaken ticket's slot gets a new one, so that what is handed in too late
     * cannot be mistaken for what the slot's next ticket brings.
     *
     * @param since the first ticket that it stands for
     */
    private record Outstanding(long since) {}

    private static final Outstanding FROM_THE_BEGINNING = new Outstanding(0);

    private final Object[] slots;
    private final Outstanding[] outstanding;
    private final int mask;
    private final long[] counters = new long[COUNTERS];

    /**
     * An empty ring.
     *
     * @param capacity how many tickets can be out, 1 to {@link #MAX_CAPACITY}; rounded up to a power of two
     * @throws IllegalArgumentException for another capacity
     */
    public OrderRing(int capacity) {
        if (capacity < 1 || capacity > MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "order ring for " + capacity + " tickets: expected 1 to " + MAX_CAPACITY);
        }
        int size = capacity == 1 ? 1 : Integer.highestOneBit(capacity - 1) << 1;
        slots = new Object[size];
        outstanding = new Outstanding[size];
        mask = size - 1;
        Arrays.fill(slots, FROM_THE_BEGINNING);
        Arrays.fill(outstanding, FROM_THE_BEGINNING);
    }

    /** {@return how many tickets can be out} */
    public int capacity() {
        return slots.length;
    }

    /**
     * Takes the next place in the order. Who takes places for several things at once, such as the packets of a burst, needs
     * one for all of them.
     *
     * @return a ticket, or {@link #FULL}
     */
    public long take() {
        long next;
        do {
            next = (long) COUNT.getVolatile(counters, NEXT);
            if (next - (long) COUNT.getAcquire(counters, HEAD) >= slots.length) {
                COUNT.getAndAdd(counters, REFUSED, 1L);
                return FULL;
            }
        } while (!COUNT.compareAndSet(counters, NEXT, next, next + 1));
        return next;
    }

    /**
     * Hands in what belongs to a ticket.
     *
     * @param ticket the ticket, once
     * @param item what takes its place in the order
     * @return false if the ticket was overtaken: then the item is still the caller's, and out of order
     * @throws IllegalArgumentException for a ticket that was not given out
     */
    public boolean complete(long ticket, T item) {
        return settle(ticket, Objects.requireNonNull(item, "item"));
    }

    /**
     * Gives a ticket back for nothing: those behind it do not wait for it.
     *
     * @param ticket the ticket, once
     * @throws IllegalArgumentException for a ticket that was not given out
     */
    public void abandon(long ticket) {
        settle(ticket, NOTHING);
    }

    private boolean settle(long ticket, Object item) {
        if (ticket < 0 || ticket >= (long) COUNT.getVolatile(counters, NEXT)) {
            throw new IllegalArgumentException("ticket " + ticket + ": expected one that was given out");
        }
        int slot = (int) ticket & mask;
        Object present = SLOT.getVolatile(slots, slot);
        if (present instanceof Outstanding open && ticket >= open.since && ticket >= head()) {
            if (SLOT.compareAndSet(slots, slot, present, item)) {
                return true;
            }
        }
        COUNT.getAndAdd(counters, LATE, 1L);
        return false;
    }

    /**
     * Stops waiting for the oldest ticket, for one who has waited for long enough. Whatever the answer, {@link #drain} or
     * {@link #poll} is to be called after it: a thread that wanted to release during this call has left it to the caller.
     *
     * @return whether there was one to wait for; what is behind it can be released now
     */
    public boolean overtake() {
        if (!COUNT.compareAndSet(counters, RELEASING, 0L, 1L)) {
            return false;
        }
        try {
            long head = head(); // stands still, since nobody else is releasing
            int slot = (int) head & mask;
            return head < (long) COUNT.getVolatile(counters, NEXT)
                    && SLOT.getVolatile(slots, slot) instanceof Outstanding open
                    && SLOT.compareAndSet(slots, slot, open, OVERTAKEN);
        } finally {
            COUNT.setVolatile(counters, RELEASING, 0L);
        }
    }

    /**
     * Releases all whose turn it is, oldest first. When another thread is releasing, it is left to that one.
     *
     * @param sink takes them; it must not throw
     * @return how many were released by this call
     */
    public int drain(Consumer<? super T> sink) {
        int released = 0;
        while (isDue() && COUNT.compareAndSet(counters, RELEASING, 0L, 1L)) {
            try {
                for (T item = next(); item != null; item = next()) {
                    released++;
                    sink.accept(item);
                }
            } finally {
                COUNT.setVolatile(counters, RELEASING, 0L);
            }
            // Looked at again: what was handed in meanwhile was left to this thread.
        }
        return released;
    }

    /**
     * Releases the oldest, for one thread that takes them out one by one. A ring is emptied by this or by {@link #drain}, not by
     * both: nobody is left to.
     *
     * @return the oldest, or null if it was not handed in yet or another thread is releasing
     */
    public T poll() {
        if (!isDue() || !COUNT.compareAndSet(counters, RELEASING, 0L, 1L)) {
            return null;
        }
        try {
            return next();
        } finally {
            COUNT.setVolatile(counters, RELEASING, 0L);
        }
    }

    private boolean isDue() {
        return !(SLOT.getVolatile(slots, (int) head() & mask) instanceof Outstanding);
    }

    /** The next whose turn it is, or null. Called by who is releasing. */
    private T next() {
        for (long head = head(); ; head++) {
            int slot = (int) head & mask;
            Object present = SLOT.getVolatile(slots, slot);
            if (present instanceof Outstanding) {
                return null;
            }
            if (present == OVERTAKEN) {
                outstanding[slot] = new Outstanding(head + slots.length);
            }
            SLOT.setVolatile(slots, slot, outstanding[slot]);
            COUNT.setVolatile(counters, HEAD, head + 1);
            if (present != NOTHING && present != OVERTAKEN) {
                return item(present);
            }
        }
    }

    /** A slot holds what {@link #complete} was given, if it is none of our own marks. */
    @SuppressWarnings("unchecked")
    private T item(Object present) {
        return (T) present;
    }

    private long head() {
        return (long) COUNT.getVolatile(counters, HEAD);
    }

    /** {@return how many tickets are out: not handed in, or not released yet} */
    public int outstanding() {
        long head = head();
        return (int) Math.min(slots.length, (long) COUNT.getVolatile(counters, NEXT) - head);
    }

    /** {@return how often there was no room for a ticket} */
    public long refused() {
        return (long) COUNT.getVolatile(counters, REFUSED);
    }

    /** {@return how many were handed in after they had been overtaken} */
    public long late() {
        return (long) COUNT.getVolatile(counters, LATE);
    }
}
