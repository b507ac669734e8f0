/**
 * Wire formats: stateless codecs over {@link io.esp4j.memory.Memory}, one file each.
 *
 * <p>A caller checks once that a header lies within the packet; after that the accessors cannot fail. Nothing here knows
 * of security associations.
 */
package io.esp4j.wire;
