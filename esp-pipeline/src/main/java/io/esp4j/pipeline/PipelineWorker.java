package io.esp4j.pipeline;

import io.esp4j.dataplane.Worker;
import java.util.Queue;

/** Takes parcels off a pipeline's queues and sends their bursts on their journeys. Threads: single owner thread. */
public final class PipelineWorker implements AutoCloseable {
    private final Worker worker;
    private final Queue<Parcel> own;
    private final Queue<Parcel> shared;

    PipelineWorker(Worker worker, Queue<Parcel> own, Queue<Parcel> shared) {
        this.worker = worker;
        this.own = own;
        this.shared = shared;
    }

    /**
     * Works on the next parcel, one of those steered here first.
     *
     * @return whether there was one
     */
    public boolean workOnce() {
        Parcel parcel = own.poll();
        if (parcel == null) {
            parcel = shared.poll();
            if (parcel == null) {
                return false;
            }
        }
        try {
            if (parcel.outbound) {
                worker.encapsulate(parcel.burst());
            } else {
                worker.decapsulate(parcel.burst());
            }
        } catch (RuntimeException e) {
            parcel.failure = e; // its place in the order must not stay empty
        }
        parcel.lane.finish(parcel);
        return true;
    }

    /** {@return the worker of the dataplane, for its counters} */
    public Worker worker() {
        return worker;
    }

    @Override
    public void close() {
        worker.close();
    }
}
