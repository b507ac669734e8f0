package io.esp4j.dataplane;

/** Hears of what happens to SAs. */
@FunctionalInterface
public interface SaListener {
    /** Hears nothing. */
    SaListener NONE = sa -> {};

    /**
     * A soft lifetime was reached, or a hard one while nothing had passed the soft one yet: time for a new SA (RFC 4301
     * §4.4.2.1). Called once for each SA that has a soft limit, on the thread of the worker that reached it, at the end of a
     * burst. Must not throw.
     *
     * @param sa the SA
     */
    void softLifetimeReached(SecurityAssociation sa);
}
