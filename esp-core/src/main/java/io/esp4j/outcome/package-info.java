/**
 * What became of a packet, and who is told.
 *
 * <p>Outcomes are two enums, one a direction, each constant citing the RFC section that decides it. They are counted by
 * ordinal. Those that RFC 4303 §4 calls auditable go to an {@link io.esp4j.outcome.AuditSink} through a rate limit.
 */
package io.esp4j.outcome;
