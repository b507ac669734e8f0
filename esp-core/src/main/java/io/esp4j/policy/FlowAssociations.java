package io.esp4j.policy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The SAs that one selector of a PROTECT policy has created with values populated from packets (PFP, RFC 4301 §4.4.1.2),
 * up to a cap, so that whoever sends packets cannot create SAs without end. Flows beyond the cap share the wildcard SA,
 * whose selector is the policy's own; flows that have an SA keep it.
 *
 * <p>Threads: thread-safe. Flows that have an SA, and flows beyond the cap, are looked up without a lock or allocation;
 * an SA is created under a lock, once for each flow.
 *
 * @param <P> the SA
 */
public final class FlowAssociations<P> {
    /** The highest cap. */
    public static final int MAXIMUM_CAP = 1 << 20;

    private static final VarHandle HEAD = MethodHandles.arrayElementVarHandle(Node[].class);
    private static final long MIX = 0x9e37_79b9_7f4a_7c15L;

    private final PopulatedFields fields;
    private final int cap;
    private final P wildcard;
    private final Function<Selector, P> factory;

    /** Chains of immutable nodes; a change stores a new head. */
    private final Node<?>[] heads;

    private volatile int size;

    /**
     * No SAs yet but the wildcard.
     *
     * @param selector the policy's; the flows of which SAs are asked for match it
     * @param flags the fields populated from packets
     * @param cap how many SAs may be created, 0 to {@link #MAXIMUM_CAP}
     * @param wildcard the SA for flows beyond the cap, with the policy's selector
     * @param factory makes an SA for a selector; called under a lock, from the thread whose packet asked
     * @throws IllegalArgumentException if a flagged field is OPAQUE, or ports are flagged and neither the protocol is
     *     flagged nor do all protocols of the selector give ports the same meaning
     */
    public FlowAssociations(
            Selector selector, Set<PopulateFromPacket> flags, int cap, P wildcard, Function<Selector, P> factory) {
        if (cap < 0 || cap > MAXIMUM_CAP) {
            throw new IllegalArgumentException("expected a cap of 0 to " + MAXIMUM_CAP + " SAs, found " + cap);
        }
        fields = new PopulatedFields(selector, flags);
        this.cap = cap;
        this.wildcard = Objects.requireNonNull(wildcard, "wildcard");
        this.factory = Objects.requireNonNull(factory, "factory");
        heads = new Node<?>[Math.max(8, Integer.highestOneBit(cap) * 2)];
    }

    /**
     * Chooses the SA of a flow, and creates it if there is none and the cap allows.
     *
     * @param flow an outbound packet's headers, which the selector matches
     * @return the SA, or null if the packet does not show a flagged field and so must be discarded
     */
    public P select(Flow flow) {
        if (fields.lackedBy(flow)) {
            return null;
        }
        P association = find(flow);
        if (association != null) {
            return association;
        }
        return size >= cap ? wildcard : create(flow);
    }

    /**
     * Forgets an SA, which makes room below the cap; its flow gets a new one when its next packet asks.
     *
     * @param association one that was created here
     * @return whether it was still here
     */
    public synchronized boolean remove(P association) {
        for (int i = 0; i < heads.length; i++) {
            for (Node<P> node = head(i); node != null; node = node.next) {
                if (node.association == association) {
                    HEAD.setRelease(heads, i, without(node, head(i)));
                    int left = size - 1;
                    size = left;
                    return true;
                }
            }
        }
        return false;
    }

    /** {@return how many SAs have been created and not removed} */
    public int size() {
        return size;
    }

    /** {@return the SA for flows beyond the cap} */
    public P wildcard() {
        return wildcard;
    }

    private synchronized P create(Flow flow) {
        P existing = find(flow);
        if (existing != null) {
            return existing;
        }
        int present = size;
        if (present >= cap) {
            return wildcard;
        }
        P created = Objects.requireNonNull(factory.apply(fields.selectorFor(flow)), "the factory's SA");
        int i = indexOf(flow);
        HEAD.setRelease(heads, i, new Node<>(fields, flow, created, head(i)));
        size = present + 1;
        return created;
    }

    private P find(Flow flow) {
        long sourceHigh = fields.sourceHigh(flow);
        long sourceLow = fields.sourceLow(flow);
        long destHigh = fields.destHigh(flow);
        long destLow = fields.destLow(flow);
        long nextLayer = fields.nextLayer(flow);
        for (Node<P> node = head(indexOf(flow)); node != null; node = node.next) {
            if (node.sourceLow == sourceLow
                    && node.destLow == destLow
                    && node.nextLayer == nextLayer
                    && node.sourceHigh == sourceHigh
                    && node.destHigh == destHigh) {
                return node.association;
            }
        }
        return null;
    }

    private int indexOf(Flow flow) {
        long hash = (fields.sourceLow(flow) ^ fields.sourceHigh(flow) * MIX ^ fields.nextLayer(flow)) * MIX;
        hash = (hash ^ hash >>> 32 ^ fields.destLow(flow) ^ fields.destHigh(flow) * MIX) * MIX;
        return (int) (hash >>> 32) & (heads.length - 1);
    }

    /** The array holds such nodes alone. */
    @SuppressWarnings("unchecked")
    private Node<P> head(int index) {
        return (Node<P>) HEAD.getAcquire(heads, index);
    }

    /** A chain of the same nodes but one. */
    private static <P> Node<P> without(Node<P> gone, Node<P> chain) {
        Node<P> kept = null;
        for (Node<P> node = chain; node != null; node = node.next) {
            if (node != gone) {
                kept = new Node<>(node, kept);
            }
        }
        return kept;
    }

    /** A flow's fields, its SA, and the next with the same hash. */
    private static final class Node<P> {
        final long sourceHigh;
        final long sourceLow;
        final long destHigh;
        final long destLow;
        final long nextLayer;
        final P association;
        final Node<P> next;

        Node(PopulatedFields fields, Flow flow, P association, Node<P> next) {
            sourceHigh = fields.sourceHigh(flow);
            sourceLow = fields.sourceLow(flow);
            destHigh = fields.destHigh(flow);
            destLow = fields.destLow(flow);
            nextLayer = fields.nextLayer(flow);
            this.association = association;
            this.next = next;
        }

        Node(Node<P> node, Node<P> next) {
            sourceHigh = node.sourceHigh;
            sourceLow = node.sourceLow;
            destHigh = node.destHigh;
            destLow = node.destLow;
            nextLayer = node.nextLayer;
            association = node.association;
            this.next = next;
        }
    }
}
