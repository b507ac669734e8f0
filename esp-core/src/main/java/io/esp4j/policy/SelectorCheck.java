package io.esp4j.policy;

import java.util.Objects;

/**
 * A worker's check of packets that came out of an SA against the SA's selector (RFC 4301 §5.2 step 4), fragments
 * included (§7). The DSCP is not checked (§4.4.2.1).
 *
 * <ul>
 *   <li>An SA whose ports are ANY takes all fragments as it takes whole packets (§7.1).
 *   <li>An SA whose ports are OPAQUE takes fragments other than first. Those of IPv4 must begin at or after a minimum
 *       offset, so that they cannot overwrite the headers of a first fragment which another SA has carried (§7.2).
 *       Nothing can be checked so for IPv6: such fragments are refused unless allowed.
 *   <li>An SA with ports takes whole packets and first fragments. Later fragments it takes if the peers have agreed to
 *       that, and the first one has come through the same SA before (§7.3).
 * </ul>
 *
 * <p>Threads: single owner thread; all fragments of a datagram must come to the same one.
 *
 * @param <S> the SA, compared by identity
 */
public final class SelectorCheck<S> {
    /** No later fragment of TCP may begin within the first 16 octets, where ports and flags are (RFC 1858 §4). */
    public static final int DEFAULT_MINIMUM_OFFSET_OCTETS = 16;

    private static final int DATAGRAM_BITS = 8;
    private static final long DATAGRAM_LIFETIME_NANOS = 15_000_000_000L; // RFC 791 §3.2: reassembly waits 15 s

    private final int minimumOffsetOctets;
    private final boolean ipv6Opaque;
    private final FragmentTracker<S> firstFragments = new FragmentTracker<>(DATAGRAM_BITS, DATAGRAM_LIFETIME_NANOS);

    /** A check with the default minimum offset that refuses IPv6 fragments on SAs with OPAQUE ports. */
    public SelectorCheck() {
        this(DEFAULT_MINIMUM_OFFSET_OCTETS, false);
    }

    /**
     * A check.
     *
     * @param minimumOffsetOctets where IPv4 fragments on an SA with OPAQUE ports may begin at the earliest
     * @param ipv6Opaque whether IPv6 fragments are taken on an SA with OPAQUE ports
     */
    public SelectorCheck(int minimumOffsetOctets, boolean ipv6Opaque) {
        this.minimumOffsetOctets = minimumOffsetOctets;
        this.ipv6Opaque = ipv6Opaque;
    }

    /**
     * Checks a packet.
     *
     * @param flow the packet's headers after decapsulation
     * @param selector the SA's, in the direction of the SA
     * @param laterFragments whether the peers have agreed to NON_FIRST_FRAGMENTS_ALSO for this SA
     * @param association the SA
     * @param nowNanos time of a monotonic clock; once a burst is enough
     * @return whether the packet may pass
     */
    public boolean accepts(Flow flow, Selector selector, boolean laterFragments, S association, long nowNanos) {
        if (flow.isNonInitialFragment()) {
            return acceptsLaterFragment(flow, selector, laterFragments, association, nowNanos);
        }
        boolean matches = selector.matches(flow);
        if (flow.isFragment()) {
            if (matches && laterFragments && !selector.ignoresPorts()) {
                firstFragments.remember(flow, Objects.requireNonNull(association), 0, nowNanos);
            } else {
                firstFragments.forget(flow);
            }
        }
        return matches;
    }

    private boolean acceptsLaterFragment(
            Flow flow, Selector selector, boolean laterFragments, S association, long nowNanos) {
        if (!selector.matches(flow)) {
            return laterFragments && !selector.ignoresPorts() && firstFragments.find(flow, 0, nowNanos) == association;
        }
        if (!selector.isOpaque()) {
            return true;
        }
        return flow.v6() ? ipv6Opaque : flow.fragmentOffset() >= minimumOffsetOctets;
    }
}
