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

    private final SelectorBlock[] blocks;
    private final long[] outbound;
    private final long[] inbound;
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
        blocks = new SelectorBlock[(selectors.size() + SelectorBlock.CAPACITY - 1) / SelectorBlock.CAPACITY];
        for (int i = 0; i < blocks.length; i++) {
            int from = i * SelectorBlock.CAPACITY;
            blocks[i] = new SelectorBlock(
                    selectors.subList(from, Math.min(from + SelectorBlock.CAPACITY, policyOf.length)));
        }
        outbound = applyingTo(Direction.OUTBOUND);
        inbound = applyingTo(Direction.INBOUND);
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
        boolean reversed = direction == Direction.INBOUND;
        long[] applying = reversed ? inbound : outbound;
        for (int i = 0; i < blocks.length; i++) {
            long matching =
                    reversed ? blocks[i].matchingReversed(flow, applying[i]) : blocks[i].matching(flow, applying[i]);
            if (matching != 0) {
                return policyOf[i * SelectorBlock.CAPACITY + Long.numberOfTrailingZeros(matching)];
            }
        }
        return UNMATCHED;
    }

    private long[] applyingTo(Direction direction) {
        long[] bits = new long[blocks.length];
        for (int i = 0; i < policyOf.length; i++) {
            if (policies.get(policyOf[i]).directions().contains(direction)) {
                bits[i / SelectorBlock.CAPACITY] |= 1L << i;
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
