package io.esp4j.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The policies as of one moment, compiled for searching.
 *
 * <p>Threads: immutable.
 */
final class PolicySnapshot<P> {
    /** What a search returns when no policy matches. */
    static final int UNMATCHED = -1;

    /** Policies are numbered with 24 bits in the flow cache. */
    static final int MAXIMUM_POLICIES = (1 << 24) - 2;

    private final long version;
    private final List<Policy<P>> policies;
    private final Policy<P> unmatchedOutbound;
    private final Policy<P> unmatchedInbound;

    private final SelectorIndex index;

    /** For each selector the policy that it belongs to. */
    private final int[] policyOf;

    PolicySnapshot(long version, List<Policy<P>> policies, PolicyAction outboundRest, PolicyAction inboundRest) {
        if (policies.size() > MAXIMUM_POLICIES) {
            throw new IllegalArgumentException(
                    "expected at most " + MAXIMUM_POLICIES + " policies, found " + policies.size());
        }
        this.version = version;
        this.policies = List.copyOf(policies);
        unmatchedOutbound = rest(outboundRest, Direction.OUTBOUND);
        unmatchedInbound = rest(inboundRest, Direction.INBOUND);

        List<Selector> selectors = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int i = 0; i < policies.size(); i++) {
            for (Selector selector : policies.get(i).selectors()) {
                selectors.add(selector);
                owners.add(i);
            }
        }
        policyOf = owners.stream().mapToInt(Integer::intValue).toArray();
        index = new SelectorIndex(selectors, applyingTo(Direction.OUTBOUND), applyingTo(Direction.INBOUND));
    }

    long version() {
        return version;
    }

    List<Policy<P>> policies() {
        return policies;
    }

    /** The action for packets that no policy matches. */
    PolicyAction unmatched(Direction direction) {
        return policy(UNMATCHED, direction).action();
    }

    /** The policy with an index that a search gave. */
    Policy<P> policy(int index, Direction direction) {
        if (index != UNMATCHED) {
            return policies.get(index);
        }
        return direction == Direction.OUTBOUND ? unmatchedOutbound : unmatchedInbound;
    }

    /** The index of the first policy of that direction that matches, or UNMATCHED. */
    int search(Flow flow, Direction direction) {
        int selector = index.first(flow, direction);
        return selector == SelectorIndex.NONE ? UNMATCHED : policyOf[selector];
    }

    private long[] applyingTo(Direction direction) {
        long[] bits = new long[SelectorIndex.words(policyOf.length)];
        for (int i = 0; i < policyOf.length; i++) {
            if (policies.get(policyOf[i]).directions().contains(direction)) {
                bits[i / Long.SIZE] |= 1L << i;
            }
        }
        return bits;
    }

    private static <P> Policy<P> rest(PolicyAction action, Direction direction) {
        Policy<P> policy =
                switch (action) {
                    case BYPASS -> Policy.bypass("unmatched", Selector.ANY);
                    case DISCARD -> Policy.discard("unmatched", Selector.ANY);
                    case PROTECT ->
                        throw new IllegalArgumentException(
                                "expected BYPASS or DISCARD for unmatched packets, found PROTECT, which needs a policy");
                };
        return policy.only(direction);
    }
}
