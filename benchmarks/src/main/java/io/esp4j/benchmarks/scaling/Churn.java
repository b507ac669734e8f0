package io.esp4j.benchmarks.scaling;

import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import java.util.Arrays;
import java.util.Locale;

/**
 * SAs that come and go while workers seal and open, and how long a burst takes at most meanwhile, told beside the same with a thread
 * that only spins. Threads: used by one.
 */
final class Churn {
    private static final long NANOS = 700_000_000L;
    private static final int ROUNDS = 7;
    private static final int FIRST_FREE = 2_000_000;
    /** Bursts are told apart by the microsecond, up to these. */
    private static final int MICROSECONDS = 1 << 18;

    private final Dataplane dataplane;
    private volatile boolean stop;
    private int number = FIRST_FREE;

    Churn(Dataplane dataplane) {
        this.dataplane = dataplane;
    }

    /** What one worker has seen. */
    private static final class Seen {
        final long[] bursts = new long[MICROSECONDS];
        long packets;
        long longestNanos;
    }

    void measure(StringBuilder text) {
        Result[] calm = new Result[ROUNDS];
        Result[] busy = new Result[ROUNDS];
        both(2, calm, busy);
        both(2, calm, busy); // the first was to warm up
        double[] ratio = new double[ROUNDS];
        double[] changes = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            ratio[round] = busy[round].packets / busy[round].seconds / (calm[round].packets / calm[round].seconds);
            changes[round] = busy[round].changes / busy[round].seconds;
        }
        row(
                text,
                "additions and as many removals a second while two workers forward",
                "%,.0f",
                Ratios.of(changes).median());
        text.append("| packets a second that they forward meanwhile, × with a third thread that only spins | ")
                .append(Ratios.of(ratio).text())
                .append(" |\n");
        both(1, calm, busy);
        row(text, "additions and as many removals a second while one worker forwards", Result.all(busy));
        row(text, "the same, a thread that only spins instead", Result.all(calm));
    }

    private void both(int workers, Result[] calm, Result[] busy) {
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                calm[round] = forward(false, workers);
                busy[round] = forward(true, workers);
            } else {
                busy[round] = forward(true, workers);
                calm[round] = forward(false, workers);
            }
        }
    }

    /** One worker and the writer have a processor each, so that what the worker waits for is not its turn. */
    private static void row(StringBuilder text, String what, Result result) {
        String changes =
                result.changes > 0 ? String.format(Locale.ROOT, "%,.0f; ", result.changes / result.seconds) : "";
        text.append(String.format(
                Locale.ROOT,
                "| %s | %sa burst of %d out and in takes %d µs in the median, %d in 99.99 %%, %,d at most |%n",
                what,
                changes,
                RoundTrip.PACKETS,
                quantile(result.bursts, 0.5),
                quantile(result.bursts, 0.9999),
                result.longestNanos / 1000));
    }

    /** What happened in some time; bursts are counted by the microseconds that they took. */
    private static final class Result {
        final double seconds;
        final long changes;
        final long packets;
        final long[] bursts;
        final long longestNanos;

        Result(double seconds, long changes, long packets, long[] bursts, long longestNanos) {
            this.seconds = seconds;
            this.changes = changes;
            this.packets = packets;
            this.bursts = bursts;
            this.longestNanos = longestNanos;
        }

        static Result all(Result[] rounds) {
            double seconds = 0;
            long changes = 0;
            long packets = 0;
            long longest = 0;
            long[] bursts = new long[MICROSECONDS];
            for (Result round : rounds) {
                seconds += round.seconds;
                changes += round.changes;
                packets += round.packets;
                longest = Math.max(longest, round.longestNanos);
                Arrays.setAll(bursts, i -> bursts[i] + round.bursts[i]);
            }
            return new Result(seconds, changes, packets, bursts, longest);
        }
    }

    private static void row(StringBuilder text, String what, String format, double value) {
        text.append("| ")
                .append(what)
                .append(" | ")
                .append(String.format(Locale.ROOT, format, value))
                .append(" |\n");
    }

    private Result forward(boolean changing, int workersAtWork) {
        stop = false;
        Seen[] seen = {new Seen(), new Seen()};
        Thread[] workers = new Thread[workersAtWork];
        for (int index = 0; index < workersAtWork; index++) {
            int worker = index;
            workers[index] = new Thread(() -> work(seen[worker], 1 + worker));
            workers[index].start();
        }
        long changes = 0;
        long began = System.nanoTime();
        while (System.nanoTime() - began < NANOS) {
            if (!changing) {
                Thread.onSpinWait();
            } else if (MillionReport.isUsable(++number)) {
                InboundSa sa = dataplane.addInbound(MillionReport.parameters(number), MillionReport.key(number, 1));
                dataplane.remove(sa);
                changes++;
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        stop = true;
        long[] bursts = new long[MICROSECONDS];
        long packets = 0;
        long longest = 0;
        for (int index = 0; index < workersAtWork; index++) {
            join(workers[index]);
            packets += seen[index].packets;
            longest = Math.max(longest, seen[index].longestNanos);
            for (int i = 0; i < MICROSECONDS; i++) {
                bursts[i] += seen[index].bursts[i];
            }
        }
        return new Result(seconds, changes, packets, bursts, longest);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while measuring", e);
        }
    }

    private static int quantile(long[] bursts, double part) {
        long wanted = (long) (Arrays.stream(bursts).sum() * part);
        int at = 0;
        for (long before = bursts[0]; before < wanted; before += bursts[at]) {
            at++;
        }
        return at;
    }

    /** Seals with an SA of its own and opens through the database of a million. */
    private void work(Seen seen, int own) {
        RoundTrip trip = new RoundTrip();
        Dataplane peer = Dataplane.builder().build();
        OutboundSa sa = peer.addOutbound(MillionReport.parameters(own), MillionReport.key(own, 1));
        try (Worker sender = peer.newWorker();
                Worker receiver = dataplane.newWorker()) {
            // Where the last run of this SA ended, numbers go on.
            long used = dataplane.sad().lookup(MillionReport.spi(own), 0).highestSequence();
            if (used > 0) {
                sa.reserve((int) used);
            }
            while (!stop) {
                long began = System.nanoTime();
                trip.run(sender, sa, receiver);
                long took = System.nanoTime() - began;
                seen.bursts[(int) Math.min(MICROSECONDS - 1, took / 1000)]++;
                seen.longestNanos = Math.max(seen.longestNanos, took);
                seen.packets += RoundTrip.PACKETS;
            }
        }
        peer.close();
    }
}
