/**
 * The memory that packets lie in: a {@code byte[]} or a direct {@link java.nio.ByteBuffer}, owned by the caller.
 *
 * <p>Everything that touches a packet goes through {@link io.esp4j.memory.Memory}: absolute positions, big-endian,
 * checked by the JVM's own bounds checks. There are exactly two kinds, so a call site is monomorphic in a process that
 * uses one of them and bimorphic at worst. Native providers have the address of a
 * {@link io.esp4j.memory.DirectMemory} resolved once and copy what lies in an array, or lend C the array; providers that compute on
 * arrays copy what lies in direct memory.
 */
package io.esp4j.memory;
