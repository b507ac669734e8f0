/**
 * The talk's cases measured on real octets: what software segmentation (GSO) and coalescing (GRO) gain against a path that
 * takes every packet alone.
 *
 * <p>A stream of octets crosses a sending host, a wire of memory and a receiving host. What a stack does for each packet that
 * passes it is done for real: copying from and to the application, headers, checksums, the policy lookup, ESP, the connection's
 * sequence numbers. What an operating system adds (sockets, queues, interrupts, allocation) is not imitated.
 *
 * <p>{@link io.esp4j.benchmarks.offload.OffloadCases} measures all cases interleaved and writes {@code docs/offload.md} and its
 * chart.
 */
package io.esp4j.benchmarks.offload;
