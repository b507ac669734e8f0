/**
 * Which worker a packet goes to, and which of several equal SAs.
 *
 * <p>A {@link io.esp4j.steering.FlowHash} makes a number of what stays the same from packet to packet of one flow: SPI of ESP,
 * with the UDP ports around it, addresses, protocol and ports of everything else. An {@link io.esp4j.steering.IndirectionTable}
 * says which resource (a worker, a queue, a processor) has the flows of which hash, as in receive side scaling, and can be
 * changed while packets flow.
 *
 * <p>Steering whole SAs to one worker each is how others scale, and costs nothing; what it cannot do is spread one SA. Two ways lead
 * further: let workers share the SA ({@link io.esp4j.pipeline}), or, with a peer that knows RFC 9611, have an SA for each resource:
 * {@link io.esp4j.steering.ResourceAssociations}. Inbound, every worker takes packets of every SA, whatever the peer's resources are.
 */
package io.esp4j.steering;
