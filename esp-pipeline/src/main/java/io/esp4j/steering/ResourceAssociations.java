package io.esp4j.steering;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.sa.SaParameters;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * SAs with equal selectors to one peer, one for each resource that sends (a processor, a queue), and a fallback for resources that
 * have none of their own (RFC 9611). Each has its own key, numbers and window, so that resources share nothing.
 *
 * <p>A resource's SA may come later than its first packets, expire, be replaced or removed while packets flow: what it cannot carry
 * goes through the fallback, of which there is one at any time. Receiving needs nothing from here: the SA database finds every SA for
 * every worker, and the SAs are made for {@linkplain io.esp4j.sa.SaBuilder#severalWorkers(int, int) several workers}, since nobody
 * knows where the peer's packets arrive.
 *
 * <p>Threads: thread-safe, never waits.
 */
public final class ResourceAssociations {
    private final AtomicReferenceArray<OutboundSa> byResource;
    private volatile OutboundSa fallback;

    /**
     * Nothing but the fallback, to begin with.
     *
     * @param resources how many resources there are, at least 1
     * @param fallback the SA for those that have none, which is not bound to a resource
     */
    public ResourceAssociations(int resources, OutboundSa fallback) {
        if (resources < 1) {
            throw new IllegalArgumentException("SAs for " + resources + " resources: expected at least 1");
        }
        byResource = new AtomicReferenceArray<>(resources);
        this.fallback = Objects.requireNonNull(fallback, "fallback");
    }

    /**
     * {@return the SA that a resource sends with now: its own, if it has one that is open and not expired, otherwise the
     * fallback}
     *
     * @param resource which, from 0; a number beyond the last has none of its own
     */
    public OutboundSa of(int resource) {
        OutboundSa own = resource < byResource.length() ? byResource.getAcquire(resource) : null;
        return own != null && !own.isClosed() && !own.isExpired() ? own : fallback;
    }

    /**
     * Gives a resource an SA, or another one. The one before is the caller's to remove from its dataplane, once this has
     * returned.
     *
     * @param resource which, from 0
     * @param sa its SA, or null for none any more
     * @return the SA before, or null
     * @throws IllegalArgumentException if it is not between the addresses, in the mode of the fallback
     * @throws IndexOutOfBoundsException if there is no such resource
     */
    public OutboundSa put(int resource, OutboundSa sa) {
        if (sa != null) {
            requireLikeFallback(sa);
        }
        return byResource.getAndSet(resource, sa);
    }

    /**
     * Replaces the fallback, as when it is rekeyed.
     *
     * @param sa the new one
     * @return the one before, the caller's to remove
     * @throws IllegalArgumentException if it is not between the addresses, in the mode of the one before
     */
    public synchronized OutboundSa replaceFallback(OutboundSa sa) {
        requireLikeFallback(sa);
        OutboundSa before = fallback;
        fallback = sa;
        return before;
    }

    private void requireLikeFallback(OutboundSa sa) {
        SaParameters wanted = fallback.parameters();
        SaParameters found = sa.parameters();
        if (found.mode() != wanted.mode()
                || !found.source().equals(wanted.source())
                || !found.destination().equals(wanted.destination())) {
            throw new IllegalArgumentException("SA " + found + " for a resource beside the fallback " + wanted
                    + ": expected equal mode and addresses");
        }
    }

    /** {@return how many resources there are} */
    public int resources() {
        return byResource.length();
    }

    /**
     * Routes all packets of a burst by their inner flows: one that keeps no resource's worker waiting, and keeps the order of
     * each flow, since its packets take one SA.
     *
     * @param burst IP packets, not routed yet
     * @param hash the caller's
     * @param table which resource has which flows
     */
    public void route(Burst burst, FlowHash hash, IndirectionTable table) {
        for (int index = 0; index < burst.size(); index++) {
            int flow = hash.ofInner(burst.memory(), burst.offset(index), burst.length(index));
            burst.route(index, of(table.resource(flow)));
        }
    }
}
