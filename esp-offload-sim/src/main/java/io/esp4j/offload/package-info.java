/**
 * The simulated NIC, put together: a {@link io.esp4j.offload.Network} of {@link io.esp4j.offload.Machine}s joined by links.
 *
 * <pre>
 *   host stack → driver (PF or VF) → MAC with switch → agent → link, and back
 * </pre>
 *
 * <p>Each part is a package: {@code host}, {@code driver}, {@code mac}, {@code agent}, {@code link}; {@code frame} and
 * {@code control} are what they say to each other, {@code simulation} is the run. Arrows go from left to right only, and
 * everything that comes back comes through a {@link io.esp4j.offload.frame.FrameSink}.
 *
 * <p>To write a scenario: build a network with a seed, parameters and hazards; install SAs at both hosts
 * ({@link io.esp4j.offload.host.HostStack#install}); send ({@link io.esp4j.offload.host.HostStack#send}); let things go wrong
 * on links ({@link io.esp4j.offload.link.Impairment}); run the simulation; and read what was delivered
 * ({@link io.esp4j.offload.host.HostStack#record}), the counters of all parts
 * ({@link io.esp4j.offload.simulation.Simulation#counters()}) and the trace
 * ({@link io.esp4j.offload.simulation.Trace#record()}). A {@link io.esp4j.offload.link.LinkObserver} sees what each link
 * carries: that is what a capture file of it holds.
 *
 * <p>The simulation holds no ESP header, padding, AEAD or window of its own: all of that is the engine's.
 */
package io.esp4j.offload;
