package io.esp4j.benchmarks.offload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Ratios as bars, one group for each transform; readable on light and dark backgrounds. Stateless. */
final class OffloadChart {
    private static final int WIDTH = 1180;
    private static final int HEIGHT = 420;
    private static final int LEFT = 60;
    private static final int TOP = 60;
    private static final int BOTTOM = 60;
    private static final String[] COLOURS = {"#3b7dd8", "#2a9d8f", "#e9a03b", "#8d99ae", "#9b5de5"};

    private final OffloadPage page;

    OffloadChart(OffloadPage page) {
        this.page = page;
    }

    String svg() {
        Map<String, List<CaseRun>> groups = page.runs().stream()
                .collect(Collectors.groupingBy(OffloadPage::name, LinkedHashMap::new, Collectors.toList()));
        double highest = page.runs().stream()
                .mapToDouble(run -> page.ratio(run).upper())
                .max()
                .orElse(1);
        double top = Math.ceil(highest * 2) / 2;
        StringBuilder svg = new StringBuilder();
        svg.append(text(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
                        + "font-family=\"sans-serif\" font-size=\"13\">\n",
                WIDTH, HEIGHT, WIDTH, HEIGHT));
        svg.append("<style>.t{fill:#222}.g{stroke:#8886}.q{stroke:#222}"
                + "@media(prefers-color-scheme:dark){.t{fill:#ddd}.q{stroke:#ddd}}</style>\n");
        svg.append(text(
                "<text class=\"t\" x=\"%d\" y=\"20\" font-size=\"15\">Throughput against one packet at a time "
                        + "(none = 1), median and quartiles</text>\n",
                LEFT));
        legend(svg);
        for (double line = 0; line <= top; line += 0.5) {
            double y = y(line, top);
            svg.append(text("<line class=\"g\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - 10, y, y));
            svg.append(text(
                    "<text class=\"t\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>\n", LEFT - 6, y + 4, line));
        }
        double groupWidth = (double) (WIDTH - LEFT - 10) / groups.size();
        int group = 0;
        for (Map.Entry<String, List<CaseRun>> entry : groups.entrySet()) {
            bars(svg, entry.getValue(), LEFT + group * groupWidth, groupWidth, top);
            svg.append(text(
                    "<text class=\"t\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>\n",
                    LEFT + (group + 0.5) * groupWidth, HEIGHT - BOTTOM + 36, entry.getKey()));
            group++;
        }
        return svg.append("</svg>\n").toString();
    }

    private void bars(StringBuilder svg, List<CaseRun> runs, double left, double width, double top) {
        double bar = width * 0.8 / runs.size();
        for (int i = 0; i < runs.size(); i++) {
            Quartiles ratio = page.ratio(runs.get(i));
            double x = left + width * 0.1 + i * bar;
            double y = y(ratio.median(), top);
            svg.append(text(
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                    x, y, bar * 0.86, y(0, top) - y, COLOURS[i]));
            double middle = x + bar * 0.43;
            svg.append(text(
                    "<line class=\"q\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    middle, middle, y(ratio.lower(), top), y(ratio.upper(), top)));
            svg.append(text(
                    "<text class=\"t\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" font-size=\"10\">%.2f</text>\n",
                    middle, HEIGHT - BOTTOM + 16, ratio.median()));
        }
    }

    private static void legend(StringBuilder svg) {
        int x = LEFT;
        for (StackCase stack : StackCase.values()) {
            svg.append(text(
                    "<rect x=\"%d\" y=\"32\" width=\"12\" height=\"12\" fill=\"%s\"/>", x, COLOURS[stack.ordinal()]));
            svg.append(text("<text class=\"t\" x=\"%d\" y=\"43\">%s</text>\n", x + 17, stack.label));
            x += 120;
        }
    }

    private static double y(double ratio, double top) {
        return HEIGHT - BOTTOM - ratio / top * (HEIGHT - BOTTOM - TOP);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
