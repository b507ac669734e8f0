package io.esp4j.tools.offload;

import io.esp4j.offload.scenario.Expectation;
import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.Scenario;
import io.esp4j.offload.scenario.WireFrame;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/**
 * A report of a scenario's runs: one page of HTML with its style and drawings inside, which asks nobody for anything. The same for the same seed.
 *
 * @param scenario what was played
 * @param results a result for each run, in order
 */
record Report(Scenario scenario, List<RunResult> results) {
    private static final int MOST_FRAMES = 400;

    String html() {
        StringBuilder page = new StringBuilder();
        page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Html.escape(scenario.name() + ": " + scenario.title()))
                .append("</title>\n<style>\n")
                .append(style())
                .append("</style></head>\n<body><main>\n");
        page.append("<header><p class=\"kicker\">")
                .append(Html.escape(scenario.name()))
                .append("</p><h1>")
                .append(Html.escape(scenario.title()))
                .append("</h1>\n<p class=\"lead\">")
                .append(Html.escape(scenario.about()))
                .append("</p>\n<p class=\"facts\">");
        if (!scenario.source().isEmpty()) {
            page.append("Source: ").append(Html.escape(scenario.source())).append(". ");
        }
        if (!scenario.statements().isEmpty()) {
            page.append("Statements: ")
                    .append(Html.escape(String.join(", ", scenario.statements())))
                    .append(". ");
        }
        page.append("Seed ").append(results.get(0).seed()).append(".</p></header>\n");
        page.append("<div class=\"pair\">\n");
        expectations(page);
        counters(page);
        page.append("</div>\n");
        results.forEach(result -> run(page, result));
        return page.append("</main></body></html>\n").toString();
    }

    private static String style() {
        try (InputStream in = Report.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void expectations(StringBuilder page) {
        page.append("<section><h2>What was expected, and found</h2><div class=\"scroll\"><table><thead><tr><th>run</th>"
                + "<th>expected</th><th class=\"n\">found</th><th></th></tr></thead><tbody>\n");
        for (RunResult result : results) {
            for (Expectation expected : result.run().expectations()) {
                long found = result.measures().value(expected.measure());
                boolean holds = expected.holds(found);
                page.append(Html.format(
                        "<tr><td>%s</td><td>%s</td><td class=\"n\">%,d</td><td class=\"%s\">%s</td></tr>\n",
                        Html.escape(result.run().name()),
                        Html.escape(expected.toString()),
                        found,
                        holds ? "good" : "bad",
                        holds ? "✓ as expected" : "✗ not as expected"));
            }
        }
        page.append("</tbody></table></div></section>\n");
    }

    private void counters(StringBuilder page) {
        page.append("<section><h2>Counters</h2><div class=\"scroll\"><table><thead><tr><th>counter</th>");
        for (RunResult result : results) {
            page.append("<th class=\"n\">")
                    .append(Html.escape(result.run().name()))
                    .append("</th>");
        }
        page.append("</tr></thead><tbody>\n");
        for (Counter counter : Counter.values()) {
            boolean any = results.stream().anyMatch(result -> result.measures().value(counter.label()) != 0);
            if (any) {
                page.append("<tr><td>").append(counter.label()).append("</td>");
                for (RunResult result : results) {
                    long value = result.measures().value(counter.label());
                    page.append(value == 0 ? "<td class=\"n soft\">–" : Html.format("<td class=\"n\">%,d", value))
                            .append("</td>");
                }
                page.append("</tr>\n");
            }
        }
        page.append("</tbody></table></div></section>\n");
    }

    private void run(StringBuilder page, RunResult result) {
        FrameStories stories = new FrameStories(result);
        page.append("<section class=\"run\"><h2>")
                .append(Html.escape(result.run().name()))
                .append(result.failed().isEmpty() ? "" : " <span class=\"badge bad\">not as expected</span>")
                .append("</h2>\n<p>")
                .append(Html.escape(result.run().about()))
                .append("</p>\n");
        result.run().hazards().stream()
                .sorted(Comparator.naturalOrder())
                .forEach(hazard -> page.append(hazard(hazard)));
        page.append(TopologyDrawing.svg(result));
        TimelineDrawing timeline = new TimelineDrawing(result, stories);
        page.append("<h3>Time line</h3>\n").append(legend());
        if (timeline.everyFrame() > 1) {
            page.append("<p class=\"soft\">So much happens that of ")
                    .append(timeline.everyFrame())
                    .append(" frames one is shown.</p>\n");
        }
        page.append(timeline.svg());
        page.append("<h3>Numbers on the wire</h3>\n").append(NumbersDrawing.html(result, stories));
        frames(page, result, stories);
        parts(page, result);
        page.append("</section>\n");
    }

    private static String hazard(Hazard hazard) {
        return "<p class=\"hazard\"><strong>Mistake made on purpose (" + hazard.statement() + "):</strong> "
                + Html.escape(Node.spelled(hazard)) + " – " + Html.escape(hazard.harm()) + "</p>\n";
    }

    private static String legend() {
        return "<p class=\"legend\"><span class=\"key good\">delivered, by the device</span>"
                + "<span class=\"key fair\">by software, or in clear</span>"
                + "<span class=\"key bad\">dropped, refused or under a repeated nonce</span>"
                + "<span class=\"key plain\">command or device</span>"
                + "<span class=\"soft\">● sealed ○ opened ◆ renumbered ■ end ▲ command; numbers in hexadecimal; point at"
                + " a mark for its event</span></p>\n";
    }

    private static void frames(StringBuilder page, RunResult result, FrameStories stories) {
        int count = Math.min(MOST_FRAMES, result.wire().size());
        page.append("<details")
                .append(count <= 24 ? " open" : "")
                .append("><summary>Frames on links (")
                .append(count == result.wire().size() ? "" : count + " of ")
                .append(result.wire().size())
                .append(")</summary><div class=\"scroll\"><table><thead><tr><th class=\"n\">µs</th><th>link</th>"
                        + "<th class=\"n\">frame</th><th class=\"n\">octets</th><th>SPI</th><th>number</th><th>IV</th>"
                        + "<th>renumbered</th><th>sealed by</th><th>opened by</th><th>end</th></tr></thead><tbody>\n");
        for (WireFrame frame : result.wire().subList(0, count)) {
            boolean esp = frame.kind() == WireFrame.Kind.ESP;
            boolean repeated = stories.hasRepeatedNonce(frame.frame());
            page.append(Html.format(
                    "<tr class=\"%s\"><td class=\"n\">%s</td><td>%s</td><td class=\"n\">%d</td><td class=\"n\">%,d</td>"
                            + "<td>%s</td><td>%s</td><td>%s%s</td><td>%s</td><td>%s</td><td>%s</td><td class=\"%s\">%s"
                            + "</td></tr>\n",
                    repeated ? "repeated" : "",
                    Html.micros(frame.nanos() - result.startNanos()),
                    frame.link(),
                    frame.frame(),
                    frame.length(),
                    esp ? Html.format("0x%08x", frame.spi()) : Node.spelled(frame.kind()),
                    esp ? Html.format("0x%08x", frame.sequenceLow()) : "",
                    esp ? Html.format("%016x", frame.iv()) : "",
                    repeated ? " <strong class=\"bad\">repeated</strong>" : "",
                    Html.escape(stories.rewritten(frame.frame())),
                    Html.escape(stories.sealed(frame.frame())),
                    Html.escape(stories.opened(frame.frame())),
                    stories.mood(frame.frame()).css(),
                    Html.escape(stories.end(frame.frame()))));
        }
        page.append("</tbody></table></div></details>\n");
    }

    private static void parts(StringBuilder page, RunResult result) {
        page.append(
                "<details><summary>Counters of each part</summary><div class=\"scroll\"><table><thead><tr><th>part</th>"
                        + "<th>counter</th><th class=\"n\">value</th></tr></thead><tbody>\n");
        result.counters().forEach(part -> part.values()
                .forEach((counter, value) -> page.append(Html.format(
                        "<tr><td>%s</td><td>%s</td><td class=\"n\">%,d</td></tr>\n",
                        Html.escape(part.part()), counter.label(), value))));
        page.append("</tbody></table></div></details>\n");
    }
}
