package io.esp4j.tools.offload;

import io.esp4j.offload.scenario.RunResult;
import io.esp4j.offload.scenario.WireFrame;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the trace tells of each frame: how it ended, what its number was, who opened it. Threads: immutable. */
final class FrameStories {
    /** How good an end it was, as a class of the style sheet. */
    enum Mood {
        /** What became of it was meant, and a device did the work. */
        GOOD,
        /** Likewise, but by software, or in clear. */
        FAIR,
        /** Dropped, refused, in clear where it should not be, or under a repeated nonce. */
        BAD,
        /** Commands, replies, and what is under way. */
        PLAIN;

        String css() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How the trace's details end where a device did the work: crypto offload, packet offload. */
    private static final String BY_DEVICE = "offload";

    private static final Set<String> MEANT = Set.of(
            Counter.DELIVERED.label(),
            Counter.COALESCED.label(),
            Counter.SEGMENTED.label(),
            Counter.FRAGMENTED.label(),
            Counter.REASSEMBLED.label());

    private final Map<Long, List<TraceEvent>> events = new TreeMap<>();
    private final Map<Long, String> ends = new HashMap<>();
    private final Set<Long> repeated = new HashSet<>();

    FrameStories(RunResult result) {
        for (TraceEvent event : result.trace()) {
            if (event.frame() != 0) {
                events.computeIfAbsent(event.frame(), none -> new ArrayList<>()).add(event);
                if (event.step() == Step.ENDED) {
                    ends.put(event.frame(), event.detail());
                }
            }
        }
        Map<List<Object>, Integer> texts = new HashMap<>();
        for (WireFrame frame : result.wire()) {
            if (frame.kind() == WireFrame.Kind.ESP) {
                List<Object> nonce = List.of(frame.spi(), frame.sequenceLow(), frame.iv());
                int text = Arrays.hashCode(frame.octets());
                Integer before = texts.putIfAbsent(nonce, text);
                if (before != null && before != text) {
                    repeated.add(frame.frame());
                }
            }
        }
    }

    Map<Long, List<TraceEvent>> events() {
        return events;
    }

    /** {@return the counter that a frame ended in, or nothing} */
    String end(long frame) {
        return ends.getOrDefault(frame, "");
    }

    boolean hasRepeatedNonce(long frame) {
        return repeated.contains(frame);
    }

    /** {@return what the agent changed in its number, or nothing} */
    String rewritten(long frame) {
        return detail(frame, Step.REWRITTEN);
    }

    /** {@return who sealed it, or nothing} */
    String sealed(long frame) {
        return detail(frame, Step.SEALED);
    }

    /** {@return who opened it or why nobody did, or nothing} */
    String opened(long frame) {
        String opened = detail(frame, Step.OPENED);
        return opened.isEmpty() ? detail(frame, Step.PASSED) : opened;
    }

    private String detail(long frame, Step step) {
        String found = "";
        for (TraceEvent event : events.getOrDefault(frame, List.of())) {
            found = event.step() == step ? event.detail() : found;
        }
        return found;
    }

    Mood mood(long frame) {
        String end = end(frame);
        if (hasRepeatedNonce(frame)) {
            return Mood.BAD;
        }
        if (end.isEmpty() || end.equals(Counter.CONTROL.label())) {
            return Mood.PLAIN;
        }
        if (!MEANT.contains(end)) {
            return Mood.BAD;
        }
        boolean device =
                sealed(frame).endsWith(BY_DEVICE) || detail(frame, Step.OPENED).endsWith(BY_DEVICE);
        return device ? Mood.GOOD : Mood.FAIR;
    }
}
