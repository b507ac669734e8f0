package io.esp4j.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;

/**
 * Parcels that belong together: those of one SA, or of one stream that has an order. An ordered lane gives them out in the
 * order in which they were handed in, another one as they are finished. Made by a {@link Pipeline}.
 *
 * <p>Threads: thread-safe. With one thread handing in and one taking out, the order is the one that they see; with several,
 * each of them finds its own parcels in order.
 */
public final class Lane {
    private static final VarHandle UNDER_WAY;

    static {
        try {
            UNDER_WAY = MethodHandles.lookup().findVarHandle(Lane.class, "underWay", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Pipeline pipeline;
    private final int capacity;
    /** Null in a lane without order. */
    private final OrderRing<Parcel> ring;

    /** Finished parcels of a lane without order; has room for all that are under way. */
    private final Queue<Parcel> finished;

    /** Parcels that were overtaken; rare, and as many as there may be. */
    private final Queue<Parcel> late = new ConcurrentLinkedQueue<>();

    private final LongAdder refused = new LongAdder();
    private volatile int worker = Pipeline.ANY_WORKER;
    private volatile int underWay;

    Lane(Pipeline pipeline, int capacity, boolean ordered) {
        this.pipeline = pipeline;
        ring = ordered ? new OrderRing<>(capacity) : null;
        finished = ordered ? null : new MpmcAtomicArrayQueue<>(Math.max(2, capacity));
        this.capacity = ordered ? ring.capacity() : capacity;
    }

    /**
     * Hands in a burst of IP packets, each routed to its SA ({@link io.esp4j.dataplane.Burst#route}), to be encapsulated.
     *
     * @param parcel the parcel, which is the pipeline's until it comes out of this lane
     * @return false if there is no room: then nothing happened, and the parcel is still the caller's
     */
    public boolean encapsulate(Parcel parcel) {
        return handIn(parcel, true);
    }

    /**
     * Hands in a burst of packets as they arrived, to be decapsulated.
     *
     * @param parcel the parcel, which is the pipeline's until it comes out of this lane
     * @return false if there is no room: then nothing happened, and the parcel is still the caller's
     */
    public boolean decapsulate(Parcel parcel) {
        return handIn(parcel, false);
    }

    private boolean handIn(Parcel parcel, boolean outbound) {
        parcel.lane = this;
        parcel.outbound = outbound;
        parcel.late = false;
        parcel.failure = null;
        boolean admitted = ring != null ? takeTicket(parcel) : enter();
        if (admitted && !pipeline.offer(parcel, worker)) {
            admitted = false;
            leave(parcel);
        }
        if (!admitted) {
            refused.increment();
        }
        return admitted;
    }

    private boolean takeTicket(Parcel parcel) {
        parcel.ticket = ring.take();
        return parcel.ticket != OrderRing.FULL;
    }

    private boolean enter() {
        if ((int) UNDER_WAY.getAndAdd(this, 1) < capacity) {
            return true;
        }
        UNDER_WAY.getAndAdd(this, -1);
        return false;
    }

    private void leave(Parcel parcel) {
        if (ring != null) {
            ring.abandon(parcel.ticket);
        } else {
            UNDER_WAY.getAndAdd(this, -1);
        }
    }

    /** Called by the worker that is done with it. */
    void finish(Parcel parcel) {
        if (ring == null) {
            finished.offer(parcel);
        } else if (!ring.complete(parcel.ticket, parcel)) {
            parcel.late = true;
            late.offer(parcel);
        }
    }

    /**
     * Takes out the next parcel.
     *
     * @return a parcel, the caller's from now on; null if the next one is not finished
     */
    public Parcel poll() {
        if (ring != null) {
            Parcel next = ring.poll();
            return next != null ? next : late.poll();
        }
        Parcel next = finished.poll();
        if (next != null) {
            UNDER_WAY.getAndAdd(this, -1);
        }
        return next;
    }

    /**
     * Stops waiting for the oldest parcel, whose worker seems to be stuck: those behind it come out, and it follows when it is
     * finished, {@linkplain Parcel#isLate late}.
     *
     * @return whether there was one to wait for; never in a lane without order
     */
    public boolean overtake() {
        return ring != null && ring.overtake();
    }

    /**
     * Brings this lane's parcels to one worker from now on, at any time; those handed in before stay where they are.
     *
     * @param index the worker, or {@link Pipeline#ANY_WORKER} for whichever is free, as at first
     * @throws IllegalArgumentException if there is no such worker
     */
    public void steerTo(int index) {
        if (index != Pipeline.ANY_WORKER) {
            pipeline.requireWorker(index);
        }
        worker = index;
    }

    /** {@return whether parcels come out in the order in which they were handed in} */
    public boolean isOrdered() {
        return ring != null;
    }

    /** {@return how many parcels can be in it} */
    public int capacity() {
        return capacity;
    }

    /** {@return how many parcels are in it, handed in and not taken out; not counting late ones} */
    public int underWay() {
        return ring != null ? ring.outstanding() : Math.min(underWay, capacity);
    }

    /** {@return how many parcels were refused for want of room, here or in the pipeline's queue} */
    public long refused() {
        return refused.sum();
    }
}
