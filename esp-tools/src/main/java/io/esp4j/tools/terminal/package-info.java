/**
 * How the command speaks to its user: standard output and error, one line for each mistake, tables, and progress bars and
 * colours where a person is looking.
 *
 * <p>Whether a stream is a terminal is found out once, by the launcher script, and told in system properties; everything
 * else asks {@link io.esp4j.tools.terminal.Terminal}, so that tests decide for themselves.
 */
package io.esp4j.tools.terminal;
