/**
 * The Security Policy Database: what happens to a packet, judged by its headers (RFC 4301 §4.4.1, §5, §7).
 *
 * <p>A {@link io.esp4j.policy.Flow} is read from a packet once, into a reusable object. A
 * {@link io.esp4j.policy.Selector} says which flows something is for; the dataplane asks it directly when it checks a
 * packet against the SA that it came from. The {@link io.esp4j.policy.SecurityPolicyDatabase} holds ordered policies and
 * answers with the first that matches. What a PROTECT policy leads to is the caller's type, and may be one of the two
 * that RFC 4301 needs beyond a single SA: {@link io.esp4j.policy.FlowAssociations}, where values from the packet select
 * or create the SA (PFP), and {@link io.esp4j.policy.DscpAssociations}, SAs with equal selectors told apart by DSCP.
 *
 * <p>Selector fields that a packet does not show, because it is a later fragment or because its protocol has none, are
 * OPAQUE. The value ANY of a selector includes OPAQUE, a range does not, and OPAQUE matches nothing else. ICMP type and
 * code, and the type of a Mobility Header, take the place of the source port, as IKE carries them (RFC 4301 §4.4.1.1).
 *
 * <p>Selectors are stated in the direction of the SA that they belong to, those of policies in the outbound direction;
 * inbound lookups are reversed. The DSCP is no part of a selector: it chooses among SAs on the sending side, and a
 * receiver does not check it (RFC 4301 §4.4.2.1).
 *
 * <p>How a lookup stays fast: policies are compiled into blocks of 64, one bit for each selector. For each header field a
 * block knows the intervals between which the answer changes, and for each interval the selectors that hold there, so
 * that 64 selectors cost five small binary searches and the lowest bit left is the answer. Groups of 64 blocks tell in
 * the same way which of their blocks the addresses rule out. Before that lies a
 * cache, exact by flow, so that policies need not be decorrelated as RFC 4301 Appendix B has it for caches of policies.
 * A {@link io.esp4j.policy.PolicyLookup} is what a worker holds: the cache, and the memory of
 * first fragments that stateful fragment checking needs.
 *
 * <p>Nothing that a packet can cause throws, locks or allocates, but for one exception that is asked for: a flow may
 * create an SA where a policy populates selectors from packets, up to a cap.
 */
package io.esp4j.policy;
