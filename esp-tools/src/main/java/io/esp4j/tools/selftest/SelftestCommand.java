package io.esp4j.tools.selftest;

import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.ProviderReport;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.TransformReport;
import io.esp4j.crypto.TransformReport.State;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code esp selftest}. Threads: single owner thread. */
@Command(
        name = "selftest",
        description = {
            "Run the known-answer tests of every crypto provider on this machine.",
            "Tells which were found and which not and why, in the order of choice, and what each transform would take."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every test passed", "1:a known-answer test failed", "2:wrong usage"})
public final class SelftestCommand implements Callable<Integer> {
    private final Terminal terminal;
    private final CryptoProviders providers;

    @Option(names = "--measure", description = "Measure what each provider takes for a packet, too.")
    private boolean measure;

    @Option(
            names = "--transform",
            split = ",",
            paramLabel = "NAME",
            description = "With --measure: only these transforms.")
    private List<String> names = List.of();

    /**
     * The command, for the providers of this process.
     *
     * @param terminal where it writes
     */
    public SelftestCommand(Terminal terminal) {
        this(terminal, CryptoProviders.load());
    }

    SelftestCommand(Terminal terminal, CryptoProviders providers) {
        this.terminal = terminal;
        this.providers = providers;
    }

    @Override
    public Integer call() {
        List<Transform> measured = transforms();
        List<ProviderReport> reports = providers.report();
        int failures = 0;
        for (int i = 0; i < reports.size(); i++) {
            failures += describe(i + 1, reports.get(i));
        }
        terminal.out().println();
        new Choices(reports).print(terminal.out());
        if (measure) {
            terminal.out().println();
            new Costs(terminal, providers).print(reports, measured);
        }
        if (failures > 0) {
            terminal.out().println("FAILED: " + failures + " known-answer tests; these transforms are not used");
        }
        terminal.out().flush();
        return failures == 0 ? 0 : 1;
    }

    private List<Transform> transforms() {
        List<Transform> chosen = new ArrayList<>();
        for (String name : names) {
            try {
                chosen.add(Transform.named(name));
            } catch (IllegalArgumentException e) {
                throw new UserError("--transform: " + e.getMessage());
            }
        }
        if (!names.isEmpty() && !measure) {
            throw new UserError("--transform: expected together with --measure");
        }
        return chosen.isEmpty()
                ? Transform.all().stream()
                        .filter(transform -> !transform.legacy() && !transform.offStandardsTrack())
                        .toList()
                : chosen;
    }

    /** {@return how many tests failed} */
    private int describe(int place, ProviderReport report) {
        String state = report.availability().available() ? "loaded" : "not used";
        terminal.out()
                .printf(
                        "%d. %s: %s (%s)%n",
                        place, report.name(), state, report.availability().detail());
        long passed = count(report, State.PASSED);
        long failed = count(report, State.FAILED);
        if (passed + failed > 0) {
            terminal.out()
                    .printf(
                            "   known-answer tests: %d passed, %d failed; %d transforms not computed%n",
                            passed, failed, count(report, State.UNSUPPORTED));
        }
        for (TransformReport transform : report.transforms()) {
            if (transform.state() == State.FAILED) {
                terminal.out().printf("   FAILED %s: %s%n", transform.transform(), transform.detail());
            }
        }
        return (int) failed;
    }

    private static long count(ProviderReport report, State state) {
        return report.transforms().stream()
                .filter(transform -> transform.state() == state)
                .count();
    }
}
