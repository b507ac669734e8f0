package io.esp4j.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread for each worker of a pipeline. A thread without work spins for some microseconds, then sleeps in steps of
 * {@value #SLEEP_NANOS} ns.
 *
 * <p>Threads: thread-safe.
 */
public final class PipelineThreads implements AutoCloseable {
    static final long SLEEP_NANOS = 50_000;
    private static final int SPINS = 1000;

    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    private PipelineThreads() {}

    /**
     * Starts them.
     *
     * @param pipeline whose workers they are; nobody else takes a worker of it
     * @param factory makes the threads, daemons or not, bound to processors or not
     * @return the threads, to be closed
     */
    public static PipelineThreads start(Pipeline pipeline, ThreadFactory factory) {
        PipelineThreads started = new PipelineThreads();
        for (int index = 0; index < pipeline.workers(); index++) {
            PipelineWorker worker = pipeline.newWorker(index);
            Thread thread = factory.newThread(() -> started.work(worker));
            started.threads.add(thread);
        }
        started.threads.forEach(Thread::start);
        return started;
    }

    private void work(PipelineWorker worker) {
        try (worker) {
            int idle = 0;
            while (true) {
                boolean last = stopping; // read before looking for work: what was handed in before close is still done
                if (worker.workOnce()) {
                    idle = 0;
                } else if (last) {
                    return;
                } else if (++idle < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(SLEEP_NANOS);
                }
            }
        }
    }

    /** Works on all that was handed in, then ends the threads; parcels can be taken out of lanes after it, too. */
    @Override
    public void close() {
        stopping = true;
        threads.forEach(LockSupport::unpark);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
