/**
 * {@code esp bench}: what whole journeys cost, by provider, transform and packet size.
 *
 * <p>{@link io.esp4j.tools.bench.JourneyMeter} measures one case: a sender and a receiver hand 32 packets to and fro in one
 * region of direct memory, so that each packet that is opened is genuine and new, and the clock runs only while one of the
 * two works. Everything else here chooses cases and shows figures.
 */
package io.esp4j.tools.bench;
