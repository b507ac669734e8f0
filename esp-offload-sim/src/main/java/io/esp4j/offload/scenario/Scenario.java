package io.esp4j.offload.scenario;

import java.util.List;

/**
 * Runs that belong together, since they show one thing.
 *
 * @param name the name it is asked for by, lower case and hyphens
 * @param title what it shows, in a few words
 * @param about the same in some sentences
 * @param source where the case comes from
 * @param statements ids of the statements that it is about, such as {@code A11}
 * @param seed the seed unless somebody asks for another
 * @param runs at least one
 */
public record Scenario(
        String name,
        String title,
        String about,
        String source,
        List<String> statements,
        long seed,
        List<ScenarioRun> runs) {
    /**
     * Runs that belong together.
     *
     * @param name the name
     * @param title what it shows
     * @param about the same in some sentences
     * @param source where the case comes from
     * @param statements ids
     * @param seed the seed
     * @param runs at least one
     */
    public Scenario {
        statements = List.copyOf(statements);
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("scenario " + name + ": expected one run or more");
        }
    }
}
