/**
 * The commands that take capture files: {@code protect}, {@code unprotect} and {@code inspect}.
 *
 * <p>{@link io.esp4j.tools.packet.Conversion} reads records and writes what a {@code PacketJourney} makes of them, one by one in
 * the order of the file: packets go through the engine in bursts of one, so that a verdict never depends on the packets
 * behind it. Capture, verdicts and SA file appear together at the end, or none of them does.
 */
package io.esp4j.tools.packet;
