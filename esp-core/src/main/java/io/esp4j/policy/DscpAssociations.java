package io.esp4j.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * SAs with equal selectors, told apart by the DSCP of the packets that they carry (RFC 4301 §4.1): classes of service
 * that the network may reorder among each other do not push each other out of one replay window.
 *
 * <p>The sender alone decides; a receiver takes any DSCP on any of the SAs.
 *
 * <p>Threads: immutable.
 *
 * @param <P> the SA, or something that chooses one
 */
public final class DscpAssociations<P> {
    private static final int VALUES = 64;

    private final List<P> byDscp;

    private DscpAssociations(List<P> byDscp) {
        this.byDscp = byDscp;
    }

    /**
     * One SA for every DSCP, to begin with.
     *
     * @param <P> the SA
     * @param rest for every DSCP that gets no SA of its own; null to discard those
     * @return the table
     */
    public static <P> DscpAssociations<P> of(P rest) {
        return new DscpAssociations<>(new ArrayList<>(Collections.nCopies(VALUES, rest)));
    }

    /**
     * The same table with another SA for some DSCPs.
     *
     * @param association the SA
     * @param dscps 0 to 63 each
     * @return a table
     */
    public DscpAssociations<P> with(P association, int... dscps) {
        List<P> changed = new ArrayList<>(byDscp);
        for (int dscp : dscps) {
            if (dscp < 0 || dscp >= VALUES) {
                throw new IllegalArgumentException("expected DSCPs of 0 to 63, found " + Arrays.toString(dscps));
            }
            changed.set(dscp, Objects.requireNonNull(association, "association"));
        }
        return new DscpAssociations<>(changed);
    }

    /**
     * {@return the SA for a packet, or null if it has none}
     *
     * @param flow the packet's headers; inside a tunnel those of the inner packet
     */
    public P select(Flow flow) {
        return byDscp.get(flow.dscp());
    }
}
