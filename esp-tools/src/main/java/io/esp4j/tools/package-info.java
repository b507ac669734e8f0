/**
 * The {@code esp} command.
 *
 * <p>{@link io.esp4j.tools.Esp} is its entry point and names the subcommands; each lives in a package of its own kind beside
 * this one. A command gets a {@link io.esp4j.tools.terminal.Terminal} in its constructor and returns its exit status; a
 * mistake of the user's is an exception whose message is shown as one line.
 */
package io.esp4j.tools;
