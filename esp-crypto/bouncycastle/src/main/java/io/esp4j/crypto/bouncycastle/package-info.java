/**
 * The provider on Bouncy Castle's lightweight API: every transform, wherever Java runs.
 *
 * <p>It is the slowest of the providers by an order of magnitude, since Bouncy Castle computes AES in Java, and the last in
 * the order of choice. It is there for platforms whose JDK lacks an algorithm, for those who must use Bouncy Castle, and
 * as an independent implementation to test the others against. AES in Java looks up tables: its time depends on the key
 * through the processor's cache, which a neighbour on the same machine may observe.
 *
 * <p>{@code LightweightAead} keeps the expanded key between packets ({@code AEADParameters} without a key); CBC and HMAC
 * are initialised once. {@code bcprov-jdk18on} and {@code bcprov-lts8on} share class names: never put both on one path.
 */
package io.esp4j.crypto.bouncycastle;
