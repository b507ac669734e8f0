package io.esp4j.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
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
 * <p>Arguments are {@code --wait}, which all such programs are given and which this one can't do without, and those of JMH. Warm, it
 * prints {@code ready} and waits for a line or the end of the input. Prints nanoseconds and octets allocated, of an operation, with a
 * comma between them.
 */
public final class InTurn {
    private static final double MEDIAN = 50;

    private InTurn() {}

    /**
     * Measures.
     *
     * @param arguments options of JMH, which choose one benchmark with one value of each parameter and an iteration of
     *     warm-up at least, and {@code --wait}
     */
    public static void main(String[] arguments) {
        System.setProperty("jmh.ignoreLock", "true"); // there are several at once, of which one runs
        try {
            RunResult result = measure(arguments);
            double nanos = result.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
            double octets = result.getSecondaryResults().get(WarmUp.ALLOCATED).getScore();
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
        String[] options =
                Arrays.stream(arguments).filter(word -> !word.equals("--wait")).toArray(String[]::new);
        return new Runner(new OptionsBuilder()
                        .parent(new CommandLineOptions(options))
                        .forks(0)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .addProfiler(WarmUp.class)
                        .build())
                .runSingle();
    }
}
