package io.esp4j.pipeline;

import io.esp4j.dataplane.Dataplane;
import java.util.Queue;
import org.jctools.queues.atomic.MpmcAtomicArrayQueue;

/**
 * Brings bursts to workers and back. It has no threads: {@link PipelineThreads} are some, an application's own are others.
 *
 * <pre>
 *   hand in        queue of all workers       workers          take out
 *   Lane.encapsulate  ---+--------------+--&gt;  PipelineWorker  --&gt;  Lane.poll
 *   Lane.decapsulate     +--- a queue for each worker, for lanes that are steered to one
 * </pre>
 *
 * <p>Threads: thread-safe.
 */
public final class Pipeline {
    /** In {@link Lane#steerTo}: whichever worker is free. */
    public static final int ANY_WORKER = -1;

    private final Dataplane dataplane;
    private final Queue<Parcel> shared;
    private final Queue<Parcel>[] own;

    /**
     * A pipeline with empty queues.
     *
     * @param dataplane where its workers come from
     * @param workers how many workers there can be at most, at least 1
     * @param queueBursts how many bursts wait for a worker at most, in the queue of all and in each worker's own; at least 2
     * @throws IllegalArgumentException for fewer
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of queues
    public Pipeline(Dataplane dataplane, int workers, int queueBursts) {
        if (workers < 1 || queueBursts < 2) {
            throw new IllegalArgumentException("a pipeline of " + workers + " workers with queues for " + queueBursts
                    + " bursts: expected at least 1 and 2");
        }
        this.dataplane = dataplane;
        shared = new MpmcAtomicArrayQueue<>(queueBursts);
        own = new Queue[workers];
        for (int index = 0; index < workers; index++) {
            own[index] = new MpmcAtomicArrayQueue<>(queueBursts);
        }
    }

    /**
     * A lane that gives parcels out in the order in which they were handed in, whichever worker had them.
     *
     * @param capacity how many parcels it holds, 1 to {@link OrderRing#MAX_CAPACITY}; rounded up to a power of two
     * @return the lane
     */
    public Lane orderedLane(int capacity) {
        return new Lane(this, capacity, true);
    }

    /**
     * A lane that gives parcels out as they are finished.
     *
     * @param capacity how many parcels it holds, 1 to {@link OrderRing#MAX_CAPACITY}
     * @return the lane
     */
    public Lane unorderedLane(int capacity) {
        if (capacity < 1 || capacity > OrderRing.MAX_CAPACITY) {
            throw new IllegalArgumentException(
                    "lane for " + capacity + " parcels: expected 1 to " + OrderRing.MAX_CAPACITY);
        }
        return new Lane(this, capacity, false);
    }

    /** {@return how many workers there can be} */
    public int workers() {
        return own.length;
    }

    /**
     * A worker for the calling thread, or for one that the caller names.
     *
     * @param index which of the workers; one at a time has an index
     * @return the worker, to be closed by the caller
     * @throws IllegalArgumentException if there is no such worker
     */
    public PipelineWorker newWorker(int index) {
        requireWorker(index);
        return new PipelineWorker(dataplane.newWorker(), own[index], shared);
    }

    void requireWorker(int index) {
        if (index < 0 || index >= own.length) {
            throw new IllegalArgumentException("worker " + index + ": expected 0 to " + (own.length - 1));
        }
    }

    boolean offer(Parcel parcel, int worker) {
        return (worker == ANY_WORKER ? shared : own[worker]).offer(parcel);
    }
}
