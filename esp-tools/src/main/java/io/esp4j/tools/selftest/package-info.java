/**
 * {@code esp selftest}: what crypto there is on this machine, whether it computes rightly, and what it costs. The work is
 * {@link io.esp4j.crypto.CryptoProviders}'; here it becomes a report.
 */
package io.esp4j.tools.selftest;
