/**
 * Files that appear whole or not at all.
 *
 * <p>What a command makes (a capture, a list of verdicts, an SA file with its sequence numbers moved on) is either
 * there complete or not there: {@link io.esp4j.io.file.AtomicFile} writes beside the target and renames at the end.
 * An SA file that lost its tail, or kept the old numbers after packets had gone out, would repeat nonces.
 */
package io.esp4j.io.file;
