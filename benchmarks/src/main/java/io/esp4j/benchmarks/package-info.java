/** JMH benchmarks. */
package io.esp4j.benchmarks;
