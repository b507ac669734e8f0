/**
 * Scenarios: a network, what is sent through it, what goes wrong, and what is expected to come of it.
 *
 * <p>A {@link io.esp4j.offload.scenario.Scenario} has one or more {@linkplain io.esp4j.offload.scenario.ScenarioRun runs}: a mistake and
 * its cure, say, or the cases of a comparison. A {@link io.esp4j.offload.scenario.ScenarioPlayer} plays a run on a new
 * {@link io.esp4j.offload.Network} and returns a {@link io.esp4j.offload.scenario.RunResult}: every frame that a link carried, the
 * trace, the counters, what was delivered, and {@linkplain io.esp4j.offload.scenario.Measures measures} that the run's
 * expectations are about.
 *
 * <p>Nothing here reads files: scenarios are values, and the command reads them from JSON.
 */
package io.esp4j.offload.scenario;
