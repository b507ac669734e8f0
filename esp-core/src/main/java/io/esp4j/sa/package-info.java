/**
 * What a security association is made of, before it runs: immutable values, checked when they are built.
 *
 * <p>{@link io.esp4j.sa.SaParameters} refuses every combination that an RFC forbids, so that the journeys need not ask. The
 * running state (counter, window, keys, lifetimes) is the dataplane's.
 */
package io.esp4j.sa;
