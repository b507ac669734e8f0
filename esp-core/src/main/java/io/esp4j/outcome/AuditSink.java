package io.esp4j.outcome;

/** Takes auditable events (RFC 4303 §4): a log, a counter, a message to an operator. */
@FunctionalInterface
public interface AuditSink {
    /** Auditing switched off. */
    AuditSink NONE = event -> {};

    /**
     * Called on the worker's thread, within the journey, at most as often as the rate limit allows. Must not throw.
     *
     * @param event valid during the call only
     */
    void audit(AuditEvent event);
}
