/**
 * What PF driver and agent say to each other: commands with replies, and notices, as the bodies of configuration frames.
 *
 * <p>Three commands are all that a bump in the wire needs to be managed: Add SA, Remove SA, Remove all SAs of a port. The rest
 * serves what Linux expects of a device: statistics, the ESN's high half, resynchronisation; and the table of local addresses
 * for turning traffic round.
 */
package io.esp4j.offload.control;
