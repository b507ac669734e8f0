/**
 * Capture files: pcap and pcapng in, pcap out.
 *
 * <p>{@link io.esp4j.io.capture.CaptureReader} streams. It holds one buffer, which grows no further than one record or
 * block may be long (1 MiB), and shows each record in place through one {@link io.esp4j.io.capture.CaptureRecord}. Both
 * formats give the same record: number, time in nanoseconds, lengths, link type, octets.
 * {@link io.esp4j.io.capture.LinkLayer} says where in those octets the IP packet begins.
 *
 * <p>A file that is no capture, or that breaks off or contradicts itself, is a
 * {@link io.esp4j.io.capture.CaptureException}: one sentence with the file, the place, what was found and what was
 * expected. The octets <em>inside</em> a record are never judged here beyond the link layer.
 *
 * <p>{@link io.esp4j.io.capture.PcapWriter} writes times as they came: in microseconds while that loses nothing,
 * otherwise in nanoseconds. The file appears under its name when it is complete.
 *
 * <p>Formats: draft-ietf-opsawg-pcap, draft-ietf-opsawg-pcapng. Deliberately absent: compressed captures, decryption
 * secrets, name resolution, and the "modified" pcap variants of the 1990s.
 */
package io.esp4j.io.capture;
