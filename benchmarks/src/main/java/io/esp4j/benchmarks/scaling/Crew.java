package io.esp4j.benchmarks.scaling;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Two threads that begin at the same moment. Threads: used by one. */
final class Crew implements AutoCloseable {
    private static final int CALIBRATION_STEPS = 3_000_000;

    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "worker");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean stop;
    private volatile long consumed;

    /** {@return packets a second, all workers together, sealing for so long} */
    double seal(Shop shop, long nanos) {
        int workers = shop.way.workers;
        stop = false;
        AtomicInteger ready = new AtomicInteger();
        double[] rate = new double[workers];
        run(workers, worker -> {
            meet(ready, workers);
            long packets = 0;
            long began = System.nanoTime();
            long now = began;
            while (!stop) {
                packets += shop.benches[worker].sealOnce();
                now = System.nanoTime();
                if (now - began >= nanos) {
                    stop = true;
                }
            }
            rate[worker] = packets * 1e9 / (now - began);
        });
        shop.benches[0].tidy();
        return sum(rate);
    }

    /** {@return packets a second, all workers together, opening what was sealed before, for so long} */
    double open(Shop shop, long nanos) {
        int workers = shop.way.workers;
        long[] began = new long[workers];
        long[] ended = new long[workers];
        long spent = 0;
        long packets = 0;
        while (spent < nanos) {
            AtomicInteger ready = new AtomicInteger();
            AtomicInteger sealed = new AtomicInteger();
            run(workers, worker -> {
                meet(ready, workers);
                shop.benches[worker].sealAll();
                meet(sealed, workers);
                began[worker] = System.nanoTime();
                shop.benches[worker].openAll();
                ended[worker] = System.nanoTime();
            });
            shop.benches[0].tidy();
            // Each worker's own time: what it waits for the other at the end is no cost of sharing.
            for (int worker = 0; worker < workers; worker++) {
                spent += (ended[worker] - began[worker]) / workers;
            }
            packets += (long) workers * Bench.OPENING * Bench.BURST;
        }
        return packets * 1e9 / spent;
    }

    /** {@return nanoseconds of a loop in registers, on both threads at once: how fast the machine is just now} */
    double calibrate() {
        AtomicInteger ready = new AtomicInteger();
        double[] nanos = new double[2];
        run(2, worker -> {
            meet(ready, 2);
            long began = System.nanoTime();
            long value = worker;
            for (int i = 0; i < CALIBRATION_STEPS; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            consumed = value;
            nanos[worker] = System.nanoTime() - began;
        });
        return sum(nanos);
    }

    long consumed() {
        return consumed;
    }

    private interface Part {
        void run(int worker);
    }

    private void run(int workers, Part part) {
        Future<?>[] done = new Future<?>[workers];
        for (int index = 0; index < workers; index++) {
            int worker = index;
            done[index] = threads.submit(() -> part.run(worker));
        }
        try {
            for (Future<?> future : done) {
                future.get();
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a worker has failed", e);
        }
    }

    private static void meet(AtomicInteger ready, int workers) {
        ready.incrementAndGet();
        while (ready.get() < workers) {
            Thread.onSpinWait();
        }
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
