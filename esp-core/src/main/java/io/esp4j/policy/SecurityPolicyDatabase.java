package io.esp4j.policy;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Ordered policies, of which the first that matches decides (RFC 4301 §4.4.1). A packet that none matches is discarded,
 * unless that has been set otherwise for its direction.
 *
 * <p>One list serves as SPD-S, SPD-O and SPD-I: PROTECT policies usually apply to both directions, BYPASS and DISCARD
 * policies can be limited to one.
 *
 * <p>Threads: thread-safe. Every change publishes a new snapshot with one store; a lookup works on one snapshot, takes no
 * lock and allocates nothing. Changes are made one at a time under a lock. Workers look up through a
 * {@link PolicyLookup}, which is faster for flows it has seen and knows of fragments.
 *
 * @param <P> what PROTECT leads to
 */
public final class SecurityPolicyDatabase<P> {
    private volatile PolicySnapshot<P> snapshot =
            new PolicySnapshot<>(1, List.of(), PolicyAction.DISCARD, PolicyAction.DISCARD);

    /** An empty database, which discards everything. */
    public SecurityPolicyDatabase() {}

    /**
     * Finds the policy of a packet by its headers alone. A fragment other than the first has OPAQUE ports here.
     *
     * @param flow the packet's headers
     * @param direction its direction
     * @return the first policy that matches; if there is none, one named {@code unmatched}
     */
    public Policy<P> lookup(Flow flow, Direction direction) {
        PolicySnapshot<P> current = snapshot;
        return current.policy(current.search(flow, direction), direction);
    }

    /** {@return the policies in their order, which nobody changes} */
    public List<Policy<P>> policies() {
        return snapshot.policies();
    }

    /**
     * Changes the policies in one step.
     *
     * @param change from the policies as they are to those that shall be, in their order
     */
    public synchronized void update(UnaryOperator<List<Policy<P>>> change) {
        PolicySnapshot<P> current = snapshot;
        publish(change.apply(current.policies()), unmatched(Direction.OUTBOUND), unmatched(Direction.INBOUND));
    }

    /**
     * {@return what happens to packets that no policy matches}
     *
     * @param direction their direction
     */
    public PolicyAction unmatched(Direction direction) {
        return snapshot.unmatched(direction);
    }

    /**
     * Says what happens to packets that no policy matches.
     *
     * @param direction their direction
     * @param action BYPASS or DISCARD
     * @throws IllegalArgumentException if it is PROTECT
     */
    public synchronized void unmatched(Direction direction, PolicyAction action) {
        boolean outbound = direction == Direction.OUTBOUND;
        publish(
                snapshot.policies(),
                outbound ? action : unmatched(Direction.OUTBOUND),
                outbound ? unmatched(Direction.INBOUND) : action);
    }

    PolicySnapshot<P> snapshot() {
        return snapshot;
    }

    private void publish(List<Policy<P>> policies, PolicyAction outbound, PolicyAction inbound) {
        snapshot = new PolicySnapshot<>(snapshot.version() + 1, policies, outbound, inbound);
    }
}
