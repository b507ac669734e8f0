/**
 * The host's stack: SAs in software and in devices, the way out and the way in.
 *
 * <p>All ESP is the engine's: a {@link io.esp4j.dataplane.Dataplane} with one worker, whose crypto engine leaves to the device
 * what the device seals, and believes it about what it has opened. Numbers and windows of crypto offload are the host's, so
 * that it may change to software at any packet; those of packet offload are the device's.
 *
 * <p>Segmentation comes before encryption and coalescing after decryption, whoever does them.
 */
package io.esp4j.offload.host;
