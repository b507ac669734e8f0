package io.esp4j.tools.selftest;

import io.esp4j.crypto.CryptoCost;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.ProviderReport;
import io.esp4j.crypto.Transform;
import io.esp4j.tools.terminal.Progress;
import io.esp4j.tools.terminal.Table;
import io.esp4j.tools.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a packet costs by provider and transform. Threads: single owner thread. */
record Costs(Terminal terminal, CryptoProviders providers) {
    private static final int TEXT_OCTETS = 1424;

    /** Prints a table of the transforms that a provider computes rightly. */
    void print(List<ProviderReport> reports, List<Transform> transforms) {
        List<CryptoCost> costs = measure(reports, transforms);
        terminal.out()
                .println(
                        "One packet of " + TEXT_OCTETS + " encrypted octets, in bursts, one core, now; rough figures:");
        Table table = new Table("transform", "provider", "seal ns", "open ns", "seal Gbit/s");
        for (CryptoCost cost : costs) {
            table.row(
                    cost.transform().name(),
                    cost.provider(),
                    whole(cost.sealNanos()),
                    whole(cost.openNanos()),
                    String.format(Locale.ROOT, "%.2f", TEXT_OCTETS * 8 / cost.sealNanos()));
        }
        table.print(terminal.out());
    }

    private List<CryptoCost> measure(List<ProviderReport> reports, List<Transform> transforms) {
        List<CryptoCost> costs = new ArrayList<>();
        try (Progress progress = terminal.progress("measuring", (long) reports.size() * transforms.size())) {
            int done = 0;
            for (Transform transform : transforms) {
                for (ProviderReport report : reports) {
                    progress.say(transform + " " + report.name());
                    if (Choices.passes(report, transform)) {
                        costs.add(CryptoProviders.measure(providers.named(report.name()), transform, TEXT_OCTETS));
                    }
                    progress.to(++done);
                }
            }
        }
        return costs;
    }

    private static String whole(double nanos) {
        return String.format(Locale.ROOT, "%.0f", nanos);
    }
}
