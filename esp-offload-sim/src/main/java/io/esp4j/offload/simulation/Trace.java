package io.esp4j.offload.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tells listeners what happens, event by event, in the order of time. While nobody listens, parts don't make the events:
 * they ask {@link #isOn()} first. Threads: single owner thread.
 */
public final class Trace {
    private final List<Consumer<TraceEvent>> listeners = new ArrayList<>();

    Trace() {}

    /**
     * Listens from now on.
     *
     * @param listener hears of each event
     */
    public void listen(Consumer<TraceEvent> listener) {
        listeners.add(listener);
    }

    /** {@return a list that all events from now on are added to} */
    public List<TraceEvent> record() {
        List<TraceEvent> events = new ArrayList<>();
        listen(events::add);
        return events;
    }

    /** {@return whether anybody listens} */
    public boolean isOn() {
        return !listeners.isEmpty();
    }

    /**
     * Tells of an event.
     *
     * @param event what happened
     */
    public void tell(TraceEvent event) {
        for (Consumer<TraceEvent> listener : listeners) {
            listener.accept(event);
        }
    }
}
