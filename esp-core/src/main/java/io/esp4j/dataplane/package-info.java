/**
 * The two journeys of an ESP packet, and what runs them.
 *
 * <p>A {@link io.esp4j.dataplane.Dataplane} holds the SAs. Each thread takes a {@link io.esp4j.dataplane.Worker} from it and hands
 * it {@link io.esp4j.dataplane.Burst}s of packets, which are changed in place. {@code Encapsulation} and {@code Decapsulation}
 * are the journeys, each one file in packet order: prepare, crypto, finish. Between prepare and finish everything that is
 * pending lies in the burst, so that crypto may complete later and elsewhere.
 *
 * <p>What differs by mode is resolved when the SA is made: an {@code Encapsulator} or {@code Decapsulator} each for tunnel,
 * transport and BEET.
 */
package io.esp4j.dataplane;
