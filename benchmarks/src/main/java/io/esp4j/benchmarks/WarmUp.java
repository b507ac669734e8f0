package io.esp4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Waits at the end of warming up, and remembers what the last iteration of that allocated: the short ones after it allocate hardly
 * less themselves than what they measure does. Threads: JMH's.
 */
public final class WarmUp implements InternalProfiler {
    /** The label of the octets allocated by an operation. */
    static final String ALLOCATED = "gc.alloc.rate.norm";

    private final GCProfiler allocation;
    private final List<Result<?>> allocated = new ArrayList<>();
    private boolean over;

    /** Made by JMH. */
    public WarmUp() throws ProfilerException {
        allocation = new GCProfiler("");
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (iteration.getType() == IterationType.WARMUP) {
            allocation.beforeIteration(benchmark, iteration);
        } else if (!over) {
            over = true;
            System.out.println("ready");
            skipLine();
        }
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        if (iteration.getType() == IterationType.WARMUP) {
            allocated.clear();
            for (Result<?> one : allocation.afterIteration(benchmark, iteration, result)) {
                allocated.add(one);
            }
            return List.of();
        }
        return allocated;
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
    public String getDescription() {
        return "waits when the benchmark is warm";
    }
}
