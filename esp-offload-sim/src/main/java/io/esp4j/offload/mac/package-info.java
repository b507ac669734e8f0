/**
 * The MAC: a switch between functions and agent, segmentation, and the choice of a receive queue.
 *
 * <p>As a VEB it forwards between functions itself, so that the agent never sees local traffic; as a VEPA it sends everything
 * out, and the agent turns round what is local. Its segmentation knows nothing of ESP but where the payload begins: it
 * replicates every octet before that.
 */
package io.esp4j.offload.mac;
