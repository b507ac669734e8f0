/**
 * Drivers: the PF's, which alone talks to the agent, and the VFs', which ask the PF. Both offer a host the operations that
 * Linux's {@code xfrmdev_ops} have.
 *
 * <p>The agent knows nothing of functions. The PF's driver keeps the book: which SA belongs to which function, and where the
 * numbers of a key stood when its SA was removed, so that adding the same key again never repeats one.
 */
package io.esp4j.offload.driver;
