/**
 * The memory that packets lie in: a {@code byte[]} or a direct {@link java.nio.ByteBuffer}, owned by the caller.
 *
 * <p>Everything that touches a packet goes through {@link io.esp4j.memory.Memory}: absolute positions, big-endian,
 * checked by the JVM's own bounds checks. There are exactly two kinds, so a call site is monomorphic in a process that
 * uses one of them and bimorphic at worst. Native providers ask a {@link io.esp4j.memory.DirectMemory} for its buffer
 * once and resolve the address themselves; the JDK's providers use the array or the buffer as it is.
 */
package io.esp4j.memory;
