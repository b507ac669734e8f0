/**
 * What several workers on one SA cost against one SA each, and what a million SAs cost: the figures of docs/scaling.md.
 *
 * <p>{@link io.esp4j.benchmarks.scaling.ScalingReport} compares ways to divide work among threads; all of them run interleaved
 * within each round, in an order that is turned round from round to round, and only the ratios within a round count.
 * {@link io.esp4j.benchmarks.scaling.MillionReport} fills a dataplane. Both write between markers of the page, so that no figure is
 * typed.
 */
package io.esp4j.benchmarks.scaling;
