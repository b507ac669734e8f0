/**
 * {@code esp demo}: the main job, end to end.
 *
 * <pre>
 * trace ── encapsulate ── UDP socket ─── loopback ─── UDP socket ── decapsulate ── compare
 *            gateway A                                  gateway B
 *          compare ── decapsulate ── UDP socket ─── loopback ─── UDP socket ── encapsulate ── trace
 * </pre>
 *
 * <p>{@link io.esp4j.tools.demo.DemoCommand} opens the sockets, makes keys and runs two {@code Gateway}s on threads of their own.
 * Each sends the whole trace, again and again until the time is over, and opens what the other one sends. A sequence number
 * says which packet of the trace it carries, so every octet can be compared whatever order packets arrive in. A gateway
 * never runs further ahead of its peer than the socket buffers hold: what is lost then, is lost by a mistake.
 */
package io.esp4j.tools.demo;
