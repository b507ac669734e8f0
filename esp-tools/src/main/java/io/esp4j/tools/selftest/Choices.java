package io.esp4j.tools.selftest;

import io.esp4j.crypto.ProviderReport;
import io.esp4j.crypto.Transform;
import io.esp4j.crypto.TransformReport;
import io.esp4j.crypto.TransformReport.State;
import io.esp4j.tools.terminal.Table;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Which providers compute each transform, the one that an SA gets first. Threads: immutable.
 *
 * @param reports of the providers, in the order of choice
 */
record Choices(List<ProviderReport> reports) {
    void print(PrintWriter out) {
        Table table = new Table("transform", "source", "chosen", "also");
        for (Transform transform : Transform.all()) {
            List<String> able = new ArrayList<>();
            for (ProviderReport report : reports) {
                if (passes(report, transform)) {
                    able.add(report.name());
                }
            }
            table.row(
                    transform.name(),
                    source(transform),
                    able.isEmpty() ? "none" : able.get(0),
                    able.size() < 2 ? "" : String.join(" ", able.subList(1, able.size())));
        }
        table.print(out);
    }

    private static String source(Transform transform) {
        if (transform.offStandardsTrack()) {
            return "extension";
        }
        return transform.legacy() ? "RFC 2404, legacy" : transform.rfc();
    }

    static boolean passes(ProviderReport report, Transform transform) {
        for (TransformReport line : report.transforms()) {
            if (line.transform() == transform) {
                return line.state() == State.PASSED;
            }
        }
        return false;
    }
}
