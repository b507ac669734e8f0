package io.esp4j.tools.demo;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two gateways at work on two threads, until the time is over, each has sent the whole trace at least once, and all has
 * arrived. Threads: single owner thread, which watches.
 */
final class Exchange {
    /** So long nothing may arrive before what is missing counts as lost. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private static final long WATCH_MILLIS = 100;

    private final Gateway a;
    private final Gateway b;
    private final long leastPackets;
    private final long nanos;
    private long elapsedNanos;

    Exchange(Gateway a, Gateway b, long leastPackets, long nanos) {
        this.a = a;
        this.b = b;
        this.leastPackets = leastPackets;
        this.nanos = nanos;
    }

    /** Sees how far it is. */
    @FunctionalInterface
    interface Watcher {
        void watch(long elapsedNanos);
    }

    void run(Watcher watcher) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        long start = System.nanoTime();
        try {
            Future<Void> one = threads.submit(side(a, b, start));
            Future<Void> other = threads.submit(side(b, a, start));
            while (!(one.isDone() && other.isDone())) {
                watcher.watch(System.nanoTime() - start);
                Thread.sleep(WATCH_MILLIS);
            }
            one.get();
            other.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<Void> side(Gateway me, Gateway peer, long start) {
        return () -> {
            long lastProgress = System.nanoTime();
            while (!me.isFinished() || !peer.isFinished() || me.receivedPackets() < peer.sentPackets()) {
                long now = System.nanoTime();
                if (me.sentPackets() >= leastPackets && now - start >= nanos) {
                    me.finish();
                }
                if (me.step(peer)) {
                    lastProgress = now;
                } else if (now - lastProgress > PATIENCE_NANOS) {
                    break;
                }
            }
            noteEnd(System.nanoTime() - start);
            return null;
        };
    }

    private synchronized void noteEnd(long afterNanos) {
        elapsedNanos = Math.max(elapsedNanos, afterNanos);
    }

    synchronized long elapsedNanos() {
        return elapsedNanos;
    }
}
