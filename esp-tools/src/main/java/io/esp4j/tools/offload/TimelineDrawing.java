package io.esp4j.tools.offload;

import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.ScenarioRun;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened, from left to right: a lane for each part, a line for each frame from lane to lane, a mark for each event. Time is
 * stretched where much happens. Threads: single owner thread.
 */
final class TimelineDrawing {
    private static final int MOST_EVENTS = 360;
    private static final int LEFT = 120;
    private static final int TOP = 34;
    private static final int LANE = 46;
    private static final int LEAST_WIDTH = 1080;
    private static final int TICK = 100;

    private final RunResult result;
    private final FrameStories stories;
    private final List<TraceEvent> events = new ArrayList<>();
    private final Map<String, Integer> lanes = new LinkedHashMap<>();
    private final Map<Long, Double> positions = new HashMap<>();
    /** Where the last label of a lane ends. */
    private final Map<String, Double> labelled = new HashMap<>();

    private final int everyFrame;
    private double right;

    TimelineDrawing(RunResult result, FrameStories stories) {
        this.result = result;
        this.stories = stories;
        long all = result.trace().stream().filter(this::isTold).count();
        everyFrame = (int) (all / MOST_EVENTS) + 1;
        for (TraceEvent event : result.trace()) {
            if (isShown(event)) {
                events.add(event);
            }
        }
        placeLanes();
        placeTimes();
    }

    /** Commands' frames only crowd the picture: the agent's mark for a command tells all. */
    private boolean isTold(TraceEvent event) {
        return event.frame() == 0 || stories.mood(event.frame()) != FrameStories.Mood.PLAIN;
    }

    private boolean isShown(TraceEvent event) {
        return isTold(event) && event.frame() % everyFrame == 0;
    }

    /** {@return 1 if all frames are shown, 2 if every second is} */
    int everyFrame() {
        return everyFrame;
    }

    private void placeLanes() {
        List<String> order = new ArrayList<>();
        List<String> machines =
                result.run().machines().stream().map(machine -> machine.name()).toList();
        for (int i = 0; i < machines.size(); i++) {
            String name = machines.get(i);
            List<String> parts = new ArrayList<>();
            result.run().machines().get(i).guests().forEach(guest -> {
                parts.add(name + "." + guest.name());
                parts.add(name + "." + guest.name() + ".vf");
            });
            parts.addAll(List.of(name + ".host", name + ".pf", name + ".mac", name + ".agent"));
            if (i % 2 == 1) {
                Collections.reverse(parts);
            }
            order.addAll(parts);
            for (ScenarioRun.Connection pair : result.run().connections()) {
                if (pair.one().equals(name)) {
                    order.add(pair.one() + "-" + pair.other());
                    order.add(pair.other() + "-" + pair.one());
                }
            }
        }
        for (String part : order) {
            if (events.stream().anyMatch(event -> event.part().equals(part))) {
                lanes.put(part, lanes.size());
            }
        }
        for (TraceEvent event : events) {
            lanes.putIfAbsent(event.part(), lanes.size());
        }
    }

    private void placeTimes() {
        long before = -1;
        double reach = 0;
        for (TraceEvent event : events) {
            if (event.nanos() != before) {
                if (before >= 0) {
                    reach += 5 + 7 * Math.log10(1 + (event.nanos() - before) / 40.0);
                }
                before = event.nanos();
                positions.put(before, reach);
            }
        }
        double stretch = Math.max(1, Math.min(3, (LEAST_WIDTH - LEFT) / Math.max(1, reach)));
        positions.replaceAll((nanos, position) -> LEFT + 24 + position * stretch);
        right = LEFT + 24 + reach * stretch;
    }

    private double x(TraceEvent event) {
        return positions.get(event.nanos());
    }

    private int y(TraceEvent event) {
        return TOP + lanes.get(event.part()) * LANE + LANE / 2;
    }

    String svg() {
        int height = TOP + lanes.size() * LANE + 10;
        int width = (int) right + 60;
        StringBuilder svg = new StringBuilder();
        lanes.forEach((part, lane) -> {
            int y = TOP + lane * LANE + LANE / 2;
            svg.append(Html.format(
                    "<line class=\"lane\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>", LEFT, width - 10, y, y));
            svg.append(Html.format(
                    "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 10, y + 4, Html.escape(part)));
        });
        ticks(svg, height);
        stories.events().forEach((frame, ofFrame) -> path(svg, frame, ofFrame));
        events.forEach(event -> mark(svg, event));
        return Html.svg(width, height, "time line", svg.toString());
    }

    private void ticks(StringBuilder svg, int height) {
        double last = -TICK;
        for (TraceEvent event : events) {
            double x = x(event);
            if (x - last >= TICK) {
                svg.append(Html.format(
                        "<line class=\"tick\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>", x, x, TOP - 8, height));
                svg.append(Html.format(
                        "<text class=\"soft\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s µs</text>",
                        x, TOP - 14, Html.micros(event.nanos() - result.startNanos())));
                last = x;
            }
        }
    }

    private void path(StringBuilder svg, long frame, List<TraceEvent> ofFrame) {
        StringBuilder points = new StringBuilder();
        int count = 0;
        for (TraceEvent event : ofFrame) {
            if (isShown(event) && positions.containsKey(event.nanos()) && lanes.containsKey(event.part())) {
                points.append(Html.format("%.1f,%d ", x(event), y(event)));
                count++;
            }
        }
        if (count > 1) {
            svg.append(Html.format(
                    "<polyline class=\"path %s\" points=\"%s\"/>",
                    stories.mood(frame).css(), points.toString().strip()));
        }
    }

    private void mark(StringBuilder svg, TraceEvent event) {
        double x = x(event);
        int y = y(event);
        String mood = event.frame() == 0
                ? "plain"
                : event.step() == Step.PASSED
                        ? "fair"
                        : stories.mood(event.frame()).css();
        String shape =
                switch (event.step()) {
                    case SEALED -> Html.format("<circle cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", x, y);
                    case OPENED -> Html.format("<circle class=\"hollow\" cx=\"%.1f\" cy=\"%d\" r=\"5\"/>", x, y);
                    case REWRITTEN -> Html.format("<path d=\"M%.1f %d l6 6 l-6 6 l-6 -6 z\"/>", x, y - 6);
                    case ENDED -> Html.format("<rect x=\"%.1f\" y=\"%d\" width=\"9\" height=\"9\"/>", x - 4.5, y - 4);
                    case COMMANDED, DEVICE, MOVED, RESYNCHRONISED ->
                        Html.format("<path d=\"M%.1f %d l6 10 h-12 z\"/>", x, y - 6);
                    default -> Html.format("<circle cx=\"%.1f\" cy=\"%d\" r=\"2.5\"/>", x, y);
                };
        svg.append(Html.format(
                "<g class=\"mark %s\"><title>%s</title>%s</g>",
                mood, Html.escape(event.toString().strip()), shape));
        if ((event.step() == Step.SEALED || event.step() == Step.REWRITTEN) && event.spi() != 0) {
            number(svg, event, x, y);
        }
    }

    /** The number, where there is room for it. */
    private void number(StringBuilder svg, TraceEvent event, double x, int y) {
        String text = Long.toHexString(event.sequence());
        boolean rewritten = event.step() == Step.REWRITTEN;
        String line = event.part() + rewritten;
        double half = text.length() * 3.2 + 2;
        if (x - half < labelled.getOrDefault(line, 0.0)) {
            return;
        }
        labelled.put(line, x + half);
        svg.append(Html.format(
                "<text class=\"tiny %s\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                rewritten ? "strong" : "soft", x, rewritten ? y + 19 : y - 9, text));
    }
}
