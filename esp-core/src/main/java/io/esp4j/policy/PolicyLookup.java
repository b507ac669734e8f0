package io.esp4j.policy;

/**
 * A worker's way to the policies of one direction: a cache of flows in front of the search, and the memory of first
 * fragments.
 *
 * <p>Fragments (RFC 4301 §7): a first fragment is looked up as any packet. A later fragment goes the way of its first
 * one if that matched a policy with ports, and the policy is BYPASS, DISCARD or {@linkplain Policy#withLaterFragments()
 * PROTECT with later fragments}; else it is looked up with OPAQUE ports, so that it matches policies whose ports are ANY
 * or OPAQUE. When the database changes, what is remembered of first fragments is forgotten.
 *
 * <p>Threads: single owner thread; all fragments of a datagram must come to the same one.
 *
 * @param <P> what PROTECT leads to
 */
public final class PolicyLookup<P> {
    /** The default size of the flow cache: 4096 flows. */
    public static final int DEFAULT_FLOW_BITS = 12;

    private static final int DATAGRAM_BITS = 8;
    private static final long DATAGRAM_LIFETIME_NANOS = 15_000_000_000L; // RFC 791 §3.2: reassembly waits 15 s

    private final Direction direction;
    private final FlowCache<P> cache;
    private final FragmentTracker<Policy<P>> firstFragments;

    /**
     * A lookup of its own for one worker.
     *
     * @param database where policies are looked up
     * @param direction of the packets
     * @param flowBits the cache remembers 2^flowBits flows, at 48 octets each; 3 to 24
     */
    public PolicyLookup(SecurityPolicyDatabase<P> database, Direction direction, int flowBits) {
        this.direction = direction;
        cache = new FlowCache<>(database, direction, flowBits);
        firstFragments = new FragmentTracker<>(DATAGRAM_BITS, DATAGRAM_LIFETIME_NANOS);
    }

    /**
     * Finds the policy of a packet.
     *
     * @param flow the packet's headers
     * @param nowNanos time of a monotonic clock; once a burst is enough
     * @return the policy; if none matches, one named {@code unmatched}
     */
    public Policy<P> find(Flow flow, long nowNanos) {
        PolicySnapshot<P> snapshot = cache.snapshot();
        if (!flow.isFragment()) {
            return cache.find(flow, snapshot);
        }
        if (flow.isNonInitialFragment()) {
            Policy<P> remembered = firstFragments.find(flow, snapshot.version(), nowNanos);
            return remembered != null ? remembered : cache.find(flow, snapshot);
        }
        Policy<P> policy = cache.find(flow, snapshot);
        if (policy.isStateful() && comparesPorts(policy, flow)) {
            firstFragments.remember(flow, policy, snapshot.version(), nowNanos);
        } else {
            firstFragments.forget(flow);
        }
        return policy;
    }

    /** Whether the policy holds for the flow only because of its ports. */
    private boolean comparesPorts(Policy<P> policy, Flow flow) {
        for (int i = 0; i < policy.selectors().size(); i++) {
            Selector selector = policy.selectors().get(i);
            if (selector.ignoresPorts()
                    && (direction == Direction.INBOUND ? selector.matchesReversed(flow) : selector.matches(flow))) {
                return false;
            }
        }
        return true;
    }
}
