package io.esp4j.offload.scenario;

import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One run of a scenario.
 *
 * @param name its name among the runs
 * @param about what is special about it
 * @param hazards mistakes made on purpose
 * @param parameters those that differ from the standard
 * @param machines who takes part
 * @param connections pairs of machines, each with a link in both directions
 * @param associations the SAs between them
 * @param steps what happens, when all SAs are installed
 * @param expectations what must come of it
 */
public record ScenarioRun(
        String name,
        String about,
        Set<Hazard> hazards,
        Map<Parameter, Long> parameters,
        List<MachineSpec> machines,
        List<Connection> connections,
        List<AssociationSpec> associations,
        List<Step> steps,
        List<Expectation> expectations) {
    /**
     * Two machines whose first ports are joined.
     *
     * @param one a machine's name
     * @param other another's
     */
    public record Connection(String one, String other) {}

    /**
     * One run of a scenario.
     *
     * @param name its name
     * @param about what is special about it
     * @param hazards mistakes made on purpose
     * @param parameters those that differ from the standard
     * @param machines who takes part
     * @param connections pairs of machines
     * @param associations the SAs
     * @param steps what happens
     * @param expectations what must come of it
     */
    public ScenarioRun {
        hazards = Set.copyOf(hazards);
        parameters = Map.copyOf(parameters);
        machines = List.copyOf(machines);
        connections = List.copyOf(connections);
        associations = List.copyOf(associations);
        steps = List.copyOf(steps);
        expectations = List.copyOf(expectations);
    }
}
