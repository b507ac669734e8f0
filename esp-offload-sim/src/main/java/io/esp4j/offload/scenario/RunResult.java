package io.esp4j.offload.scenario;

import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.TraceEvent;
import java.util.List;
import java.util.Map;

/**
 * What came of a run. Threads: immutable.
 *
 * @param run what was played
 * @param seed with which seed
 * @param startNanos simulated time of the first step, when all SAs are installed
 * @param nanos simulated time at the end
 * @param wire every frame that a link carried, in the order of time
 * @param trace what happened
 * @param counters those of all parts
 * @param deliveries what each host received
 * @param underWay frames that came to no end; 0 unless the simulator is wrong
 * @param measures what the run is judged by
 */
public record RunResult(
        ScenarioRun run,
        long seed,
        long startNanos,
        long nanos,
        List<WireFrame> wire,
        List<TraceEvent> trace,
        List<Counters> counters,
        Map<String, List<Delivery>> deliveries,
        long underWay,
        Measures measures) {

    /** {@return the expectations that do not hold} */
    public List<Expectation> failed() {
        return run.expectations().stream()
                .filter(expected -> !expected.holds(measures.value(expected.measure())))
                .toList();
    }
}
