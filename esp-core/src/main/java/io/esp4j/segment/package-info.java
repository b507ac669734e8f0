/**
 * Segmentation and coalescing of inner packets: large packets cross the host's stack, small ones the wire.
 *
 * <p>The order with ESP is fixed: segmentation comes before encryption, and decryption before coalescing. A ciphertext is
 * neither cut nor merged, because an ESP packet is sealed as a whole and carries a number of its own.
 *
 * <p>The {@link io.esp4j.segment.Segmenter} cuts a super-packet of TCP (what Linux calls TSO and GSO) or UDP (USO) into
 * packets that are complete in every field. It first plans, so that a caller knows how many packets there will be and can
 * reserve as many sequence numbers, and then writes each packet where the caller wants it, with the headroom that ESP needs.
 *
 * <p>The {@link io.esp4j.segment.Coalescer} is the reverse for TCP (GRO, RFC 9293): it merges only what the segmenter would
 * cut again into exactly the octets that were received, and everything else it passes on as it came, in the order of its
 * flow.
 *
 * <p>Packets with IPv4 options or IPv6 extension headers and fragments are neither cut nor merged, as with the devices that
 * this imitates: whoever wants them segmented does it before the headers are put on.
 *
 * <p>All memory is the caller's. Nothing that a packet can cause allocates, throws or locks.
 */
package io.esp4j.segment;
