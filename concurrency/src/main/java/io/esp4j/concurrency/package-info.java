/**
 * What threads share, under jcstress: two threads do one thing each at the same moment, again and again, and every outcome that was
 * seen must be one that is allowed.
 *
 * <p>The tests use what the modules export and nothing else. Each class says in its ids which outcomes there are; one that no line
 * names is forbidden. {@code mvn verify} runs each for a tenth of a second, {@code -Pstress} for minutes; a forbidden outcome fails the
 * build, and {@code target/jcstress/index.html} shows it. The model check of the window ({@code LockFreeReplayWindowModelTest} in
 * esp-replay) visits every interleaving of small cases; here are the memory model and the JIT compilers, which it does not see.
 */
package io.esp4j.concurrency;
