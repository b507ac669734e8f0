/**
 * The SA file: security associations as JSON, read strictly.
 *
 * <p>{@link io.esp4j.tools.sa.SaFile} is the whole file, {@link io.esp4j.tools.sa.SaEntry} one SA of it: what the engine's
 * builder needs, and the key. Whatever is wrong ends in one sentence that names the SA, the field and what was expected, and
 * never shows key octets; for that reason no text of the file is repeated unless it is short and looks like no key. A number
 * that has moved on is written back into the text that was read, so that everything else of the file stays as it was.
 *
 * <p>{@code Json} is text with places, {@code Fields} one object that is being emptied field by field: what is left over is
 * unknown.
 */
package io.esp4j.tools.sa;
