/**
 * The agent: a bump in the wire between MAC and link, with a SAD of limited capacity, an IV database and state for each port.
 *
 * <p>It knows ports, not functions: everything that it is told comes in frames through the MAC. Towards the link, frames with
 * a configuration tag are commands, frames with metadata are packets to be worked on or left alone, and the tags are stripped
 * before anything leaves. Towards the host it looks for ESP, opens what it has an SA for, and says in a tag how that went.
 *
 * <p>Crypto offload seals under numbers that the host chose or, where segmentation has replicated them, that the
 * {@linkplain io.esp4j.offload.agent.IvDatabase IV database} corrects ({@link io.esp4j.dataplane.NumberedSealer}), and opens in
 * place. Packet offload runs the engine's own journeys. There is no ESP code here.
 *
 * <p>One crypto unit in each direction works on packets in their order. What it does not serve does not wait for it, but
 * packets of one SPI never overtake each other.
 */
package io.esp4j.offload.agent;
