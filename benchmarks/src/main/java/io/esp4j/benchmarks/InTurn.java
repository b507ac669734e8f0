package io.esp4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One benchmark of JMH, in this process, as one of several programs that take turns: it is stopped again and again while it
 * measures. So it takes many short iterations and tells their median, in which those that were stopped count no more than others.
 *
 * <p>Arguments are those of JMH, and {@value #WAIT}: warm, print {@code ready}, then wait for a line or the end of the input. Prints
 * nanoseconds and octets allocated, of an operation, with a comma between them.
 */
public final class InTurn {
    private static final String WAIT = "--wait";
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final double MEDIAN = 50;

    private InTurn() {}

    /**
     * Measures.
     *
     * @param arguments options of JMH, which choose one benchmark with one value of each parameter
     */
    public static void main(String[] arguments) {
        System.setProperty("jmh.ignoreLock", "true"); // there are several at once, of which one runs
        try {
            RunResult result = measure(arguments);
            double octets = result.getSecondaryResults().get(ALLOCATED).getScore();
            double nanos = result.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
            System.out.printf(Locale.ROOT, "%.3f,%.3f%n", nanos, octets);
        } catch (CommandLineOptionException | RunnerException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            System.err.println("InTurn: " + cause);
            System.exit(1);
        }
    }

    private static RunResult measure(String[] arguments) throws CommandLineOptionException, RunnerException {
        List<String> words = Arrays.asList(arguments);
        String[] options = words.stream().filter(word -> !word.equals(WAIT)).toArray(String[]::new);
        var builder = new OptionsBuilder()
                .parent(new CommandLineOptions(options))
                .forks(0)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class);
        if (words.contains(WAIT)) {
            builder.addProfiler(
                    Waiting.class.getName()); // by its class it would ask for the canonical name, which loads nothing
        }
        return new Runner(builder.build()).runSingle();
    }

    /** Waits before the first iteration that counts. */
    public static final class Waiting implements InternalProfiler {
        private boolean waited;

        @Override
        public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
            if (iteration.getType() == IterationType.MEASUREMENT && !waited) {
                waited = true;
                System.out.println("ready");
                skipLine();
            }
        }

        private static void skipLine() {
            try {
                int octet;
                do {
                    octet = System.in.read();
                } while (octet >= 0 && octet != '\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Collection<? extends Result<?>> afterIteration(
                BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
            return List.of();
        }

        @Override
        public String getDescription() {
            return "waits for its turn";
        }
    }
}
