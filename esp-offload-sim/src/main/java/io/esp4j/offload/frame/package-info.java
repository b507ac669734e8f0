/**
 * Ethernet frames, the tags that drivers, MAC and agent talk to each other with, and the book that says what became of each
 * frame.
 *
 * <p>The agent has no control channel of its own. What a driver wants of it, and what it has to say, crosses the MAC in frames
 * with a tag of its own behind the addresses: a {@linkplain io.esp4j.offload.frame.ConfigurationTag configuration tag} on a
 * frame that is a command or a reply, a {@linkplain io.esp4j.offload.frame.MetadataTag metadata tag} in front of a packet. Both
 * use EtherTypes of IEEE 802's range for local experiments. Neither ever leaves on a link.
 */
package io.esp4j.offload.frame;
