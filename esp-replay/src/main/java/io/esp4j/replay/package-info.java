/**
 * Sequence numbers and anti-replay of RFC 4303 (§2.2, §3.3.3, §3.4.3, Appendix A), without packets, keys or clocks.
 *
 * <h2>Outbound</h2>
 *
 * <p>A {@link io.esp4j.replay.SequenceCounter} hands out ranges of consecutive numbers, to any number of threads, and
 * refuses the range that would cycle.
 *
 * <h2>Inbound</h2>
 *
 * <p>A packet meets its {@link io.esp4j.replay.ReplayWindow} three times:
 *
 * <ol>
 *   <li>{@code infer} makes the one 64-bit number out of the 32 bits on the wire. That number, and no second inference,
 *       feeds what follows.
 *   <li>{@code check} is the preliminary verdict, before any cryptography is paid for. It changes nothing.
 *   <li>{@code commit}, once the ICV verified, judges again and records: a copy may have been accepted meanwhile.
 * </ol>
 *
 * <p>There are two windows behind that contract. The single-owner one is a ring of bitmaps for an SA that one thread
 * serves. The lock-free one lets threads share an SA: a ring of words, each a block tag and a bitmap, where accepting a
 * number is one compare-and-set on one word (decision record 0002). Both are exact for any size from 1 to 2^20 packets;
 * only storage is rounded up.
 *
 * <p>When the high halves of both ends have drifted apart, every packet fails its ICV; then a
 * {@link io.esp4j.replay.Resynchronisation} says which other high halves may be tried, and how often.
 *
 * <h2>Conventions</h2>
 *
 * <p>Sequence numbers are unsigned 64-bit in a {@code long}. Number 0 is never sent, so 0 stands for "no number"
 * wherever a method has to say that. Comparing and inferring happen in {@link io.esp4j.replay.SequenceNumbers} alone.
 * Nothing that a packet can cause allocates, throws or locks.
 */
package io.esp4j.replay;
