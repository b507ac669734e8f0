package io.esp4j.tools.offload;

import io.esp4j.io.file.AtomicFile;
import io.esp4j.offload.scenario.Expectation;
import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.Scenario;
import io.esp4j.offload.scenario.ScenarioPlayer;
import io.esp4j.offload.scenario.ScenarioRun;
import io.esp4j.tools.terminal.Table;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code esp offload}. Threads: single owner thread. */
@Command(
        name = "offload",
        description = {
            "Run a scenario of a simulated NIC that does IPsec, and show what came of it.",
            "A scenario has one or more runs: a mistake and its cure, say. Each says what is expected of it."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every run showed what its scenario expects",
            "1:some run did not",
            "2:wrong usage, no such scenario, or a file that is none"
        })
public final class OffloadCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SCENARIO",
            arity = "0..1",
            description = "A name that --list shows, or a scenario file *.json.")
    private String name;

    @Option(names = "--list", description = "Show the scenarios that come with the command.")
    private boolean list;

    @Option(names = "--seed", paramLabel = "N", description = "What all luck comes from; default: the scenario's.")
    private Long seed;

    @Option(
            names = "--pcap",
            paramLabel = "DIR",
            description =
                    "Write what each link carried, with the keys for Wireshark and as an SA file, to a directory.")
    private Path folder;

    @Option(names = "--report", paramLabel = "FILE.html", description = "Write a report: one page, for a browser.")
    private Path report;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public OffloadCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (list) {
            if (name != null || seed != null || folder != null || report != null) {
                throw new ParameterException(spec.commandLine(), "--list: expected nothing beside it");
            }
            printList();
            return 0;
        }
        if (name == null) {
            throw new ParameterException(spec.commandLine(), "expected a scenario, or --list");
        }
        Scenario scenario = ScenarioLibrary.find(name);
        requireScenarioIsNoOutput(scenario);
        long chosen = seed == null ? scenario.seed() : seed;
        List<RunResult> results = new ArrayList<>();
        for (ScenarioRun run : scenario.runs()) {
            results.add(ScenarioPlayer.play(run, chosen));
        }
        terminal.out().println(scenario.title() + " (seed " + chosen + ")");
        for (RunResult result : results) {
            print(result);
        }
        if (folder != null) {
            for (RunResult result : results) {
                LinkCaptures.write(result, folder, terminal);
                terminal.out()
                        .println("Wrote to " + folder + ": " + String.join(", ", LinkCaptures.names(result.run())));
            }
        }
        if (report != null) {
            write(new Report(scenario, results).html());
            terminal.out().println("Wrote " + report);
        }
        terminal.out().flush();
        return results.stream().allMatch(result -> result.failed().isEmpty()) ? 0 : 1;
    }

    private void requireScenarioIsNoOutput(Scenario scenario) throws IOException {
        List<Path> outputs = new ArrayList<>();
        if (folder != null) {
            scenario.runs().forEach(run -> LinkCaptures.names(run).forEach(file -> outputs.add(folder.resolve(file))));
        }
        if (report != null) {
            outputs.add(report);
        }
        for (Path output : outputs) {
            if (ScenarioLibrary.isFile(name) && Files.exists(output) && Files.isSameFile(output, Path.of(name))) {
                throw new UserError(output + ": is both the scenario and a file to write, expected two files");
            }
        }
    }

    private void printList() {
        Table table = new Table("scenario", "runs", "shows", "statements");
        for (String each : ScenarioLibrary.names()) {
            Scenario scenario = ScenarioLibrary.find(each);
            table.row(
                    each,
                    Integer.toString(scenario.runs().size()),
                    scenario.title(),
                    String.join(" ", scenario.statements()));
        }
        table.print(terminal.out());
    }

    private void print(RunResult result) {
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%n%s: %s%n  %,d ns simulated, %,d frames on links, %,d events%n",
                        result.run().name(),
                        result.run().about(),
                        result.nanos(),
                        result.wire().size(),
                        result.trace().size());
        if (result.run().expectations().isEmpty()) {
            return;
        }
        Table table = new Table("  expected", "found", "");
        for (Expectation expected : result.run().expectations()) {
            long found = result.measures().value(expected.measure());
            table.row("  " + expected, Long.toString(found), expected.holds(found) ? "as expected" : "NOT AS EXPECTED");
        }
        table.print(terminal.out());
    }

    private void write(String html) throws IOException {
        try (AtomicFile file = AtomicFile.create(report)) {
            file.write(StandardCharsets.UTF_8.encode(html));
            file.commit();
        }
    }
}
