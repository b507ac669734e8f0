package io.esp4j.tools.offload;

import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.WireFrame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers on the wire in the order of frames, and what became of each: a plot for every SPI of a link. Stateless. */
final class NumbersDrawing {
    private static final int WIDTH = 560;
    private static final int HEIGHT = 240;
    private static final int LEFT = 92;
    private static final int BOTTOM = 34;
    private static final int TOP = 26;
    private static final int LINES = 4;

    private NumbersDrawing() {}

    static String html(RunResult result, FrameStories stories) {
        Map<String, List<WireFrame>> series = new LinkedHashMap<>();
        for (WireFrame frame : result.wire()) {
            if (frame.kind() == WireFrame.Kind.ESP) {
                String name = Html.format("0x%08x on %s", frame.spi(), frame.link());
                series.computeIfAbsent(name, none -> new ArrayList<>()).add(frame);
            }
        }
        StringBuilder html = new StringBuilder("<div class=\"plots\">");
        series.forEach((name, frames) -> html.append(plot(name, frames, stories)));
        return html.append("</div>\n").toString();
    }

    private static String plot(String name, List<WireFrame> frames, FrameStories stories) {
        int first = frames.get(0).sequenceLow();
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (WireFrame frame : frames) {
            long relative = relative(frame, first);
            least = Math.min(least, relative);
            greatest = Math.max(greatest, relative);
        }
        double span = Math.max(1, greatest - least);
        StringBuilder svg = new StringBuilder();
        svg.append(Html.format("<text class=\"strong\" x=\"%d\" y=\"16\">%s</text>", LEFT, Html.escape(name)));
        int lines = (int) Math.min(LINES, span);
        for (int line = 0; line <= lines; line++) {
            double y = HEIGHT - BOTTOM - (double) line / lines * (HEIGHT - BOTTOM - TOP);
            long value = first + least + Math.round(span * line / lines);
            svg.append(Html.format(
                    "<line class=\"lane\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - 8, y, y));
            svg.append(Html.format(
                    "<text class=\"soft\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">0x%x</text>",
                    LEFT - 6, y + 4, value & 0xffff_ffffL));
        }
        for (int i = 0; i < frames.size(); i++) {
            WireFrame frame = frames.get(i);
            double x = LEFT + 10 + (double) i / Math.max(1, frames.size() - 1) * (WIDTH - LEFT - 30);
            double share = (relative(frame, first) - least) / span;
            double y = HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
            String mood = stories.mood(frame.frame()).css();
            svg.append(Html.format(
                    "<g class=\"mark %s\"><title>frame %d, number 0x%08x, %s</title><circle cx=\"%.1f\" cy=\"%.1f\" "
                            + "r=\"%s\"/></g>",
                    mood,
                    frame.frame(),
                    frame.sequenceLow(),
                    Html.escape(stories.end(frame.frame())),
                    x,
                    y,
                    frames.size() > 80 ? "2.5" : "4"));
            if (stories.hasRepeatedNonce(frame.frame())) {
                svg.append(Html.format("<circle class=\"ring\" cx=\"%.1f\" cy=\"%.1f\" r=\"8\"/>", x, y));
            }
        }
        svg.append(Html.format(
                "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%,d packets in the order of the"
                        + " wire</text>",
                (LEFT + WIDTH) / 2, HEIGHT - 8, frames.size()));
        return Html.svg(WIDTH, HEIGHT, "numbers of " + name, svg.toString());
    }

    /** Modulo 2^32: a wrap is no jump. */
    private static int relative(WireFrame frame, int first) {
        return frame.sequenceLow() - first;
    }
}
