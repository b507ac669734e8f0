package io.esp4j.policy;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One entry of the Security Policy Database (RFC 4301 §4.4.1.2): selectors and what is done with packets that match one.
 *
 * <p>Threads: immutable, as far as what PROTECT leads to is.
 *
 * @param <P> what PROTECT leads to: an SA, or something that chooses one
 */
public final class Policy<P> {
    private final String name;
    private final PolicyAction action;
    private final List<Selector> selectors;
    private final Set<Direction> directions;
    private final P protection;
    private final boolean stateful;

    private Policy(
            String name,
            PolicyAction action,
            List<Selector> selectors,
            Set<Direction> directions,
            P protection,
            boolean stateful) {
        if (selectors.isEmpty()) {
            throw new IllegalArgumentException("policy \"" + name + "\": expected at least one selector");
        }
        this.name = Objects.requireNonNull(name, "name");
        this.action = action;
        this.selectors = List.copyOf(selectors);
        this.directions = Set.copyOf(directions);
        this.protection = protection;
        this.stateful = stateful;
    }

    /**
     * Packets that an SA protects, and that inbound are refused without.
     *
     * @param <P> what protection leads to
     * @param name for reports
     * @param protection an SA, or something that chooses one
     * @param selectors of outbound packets; one that matches is enough
     * @return the policy, for both directions
     */
    public static <P> Policy<P> protect(String name, P protection, Selector... selectors) {
        Objects.requireNonNull(protection, "protection");
        return new Policy<>(name, PolicyAction.PROTECT, List.of(selectors), both(), protection, false);
    }

    /**
     * Packets that pass as they are.
     *
     * @param <P> what protection leads to in other policies
     * @param name for reports
     * @param selectors of outbound packets; one that matches is enough
     * @return the policy, for both directions
     */
    public static <P> Policy<P> bypass(String name, Selector... selectors) {
        return new Policy<>(name, PolicyAction.BYPASS, List.of(selectors), both(), null, true);
    }

    /**
     * Packets that are dropped.
     *
     * @param <P> what protection leads to in other policies
     * @param name for reports
     * @param selectors of outbound packets; one that matches is enough
     * @return the policy, for both directions
     */
    public static <P> Policy<P> discard(String name, Selector... selectors) {
        return new Policy<>(name, PolicyAction.DISCARD, List.of(selectors), both(), null, true);
    }

    /**
     * The same policy in one direction only, as part of the SPD-O or the SPD-I alone.
     *
     * @param direction the one direction
     * @return a policy
     */
    public Policy<P> only(Direction direction) {
        return new Policy<>(name, action, selectors, Set.of(direction), protection, stateful);
    }

    /**
     * The same PROTECT policy, whose SA carries later fragments of datagrams too when the first one matched its ports:
     * the peer has agreed to NON_FIRST_FRAGMENTS_ALSO (RFC 4301 §7.3). Other actions treat them so always (§7.4).
     *
     * @return a policy
     */
    public Policy<P> withLaterFragments() {
        return new Policy<>(name, action, selectors, directions, protection, true);
    }

    /** {@return its name, for reports} */
    public String name() {
        return name;
    }

    /** {@return what is done with a packet} */
    public PolicyAction action() {
        return action;
    }

    /** {@return the selectors of outbound packets} */
    public List<Selector> selectors() {
        return selectors;
    }

    /** {@return the directions that it applies to} */
    public Set<Direction> directions() {
        return directions;
    }

    /** {@return what PROTECT leads to; null with the other actions} */
    public P protection() {
        return protection;
    }

    /** Whether fragments other than the first go the way of the first. */
    boolean isStateful() {
        return stateful;
    }

    @Override
    public String toString() {
        return name + ": " + action + " " + selectors
                + (directions.size() == 1 ? " " + directions.iterator().next() : "");
    }

    private static Set<Direction> both() {
        return EnumSet.allOf(Direction.class);
    }
}
