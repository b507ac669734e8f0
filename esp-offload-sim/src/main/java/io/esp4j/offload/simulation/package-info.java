/**
 * What every run is made of, whatever is simulated: a clock of simulated nanoseconds, events in the order of their time, one
 * seed, named parameters, hazards, counters and a trace.
 *
 * <p>A run is deterministic. Events of equal time happen in the order in which they were asked for; each part draws from a
 * generator of its own, made of the seed and the part's name, so that another part changes nobody's luck; nothing asks the
 * machine's clock.
 */
package io.esp4j.offload.simulation;
