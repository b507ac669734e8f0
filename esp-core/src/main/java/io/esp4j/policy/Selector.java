package io.esp4j.policy;

import java.util.List;
import java.util.Objects;

/**
 * Which flows an SA or a policy is for (RFC 4301 §4.4.1.1): source and destination addresses, protocol, and ports, ICMP
 * type and code or type of a Mobility Header.
 *
 * <p>Source and destination are those of packets in the direction of the SA; inside a tunnel, of the inner packet.
 *
 * <p>Threads: immutable.
 */
public final class Selector {
    /** Every packet of either family. */
    public static final Selector ANY = builder().build();

    private final AddressSet source;
    private final AddressSet destination;
    private final ValueSet protocols;
    private final ValueSet first;
    private final ValueSet second;

    Selector(AddressSet source, AddressSet destination, ValueSet protocols, ValueSet first, ValueSet second) {
        this.source = source;
        this.destination = destination;
        this.protocols = protocols;
        this.first = first;
        this.second = second;
    }

    /** {@return a builder whose fields are all ANY} */
    public static SelectorBuilder builder() {
        return new SelectorBuilder();
    }

    /**
     * {@return whether a packet in the direction of the SA is one of these}
     *
     * @param flow the packet's headers
     */
    public boolean matches(Flow flow) {
        return source.contains(flow.v6(), flow.sourceHigh(), flow.sourceLow())
                && destination.contains(flow.v6(), flow.destHigh(), flow.destLow())
                && protocols.contains(flow.protocol())
                && first.contains(flow.first())
                && second.contains(flow.second());
    }

    /**
     * {@return whether a packet in the other direction is one of these: source and destination, ports too, exchanged}
     *
     * <p>ICMP type and code and Mobility Header types have no direction and are compared as they are.
     *
     * @param flow the packet's headers
     */
    public boolean matchesReversed(Flow flow) {
        boolean ports = flow.hasPorts();
        return source.contains(flow.v6(), flow.destHigh(), flow.destLow())
                && destination.contains(flow.v6(), flow.sourceHigh(), flow.sourceLow())
                && protocols.contains(flow.protocol())
                && first.contains(ports ? flow.second() : flow.first())
                && second.contains(ports ? flow.first() : flow.second());
    }

    /** {@return the source addresses; empty for ANY} */
    public List<AddressRange> sources() {
        return source.ranges();
    }

    /** {@return the destination addresses; empty for ANY} */
    public List<AddressRange> destinations() {
        return destination.ranges();
    }

    /** {@return the protocol numbers; OPAQUE for IPv6 fragments that do not show their protocol} */
    public ValueSet protocols() {
        return protocols;
    }

    /** {@return source ports, ICMP types and codes, or Mobility Header types} */
    public ValueSet sourcePorts() {
        return first;
    }

    /** {@return destination ports} */
    public ValueSet destinationPorts() {
        return second;
    }

    /**
     * {@return whether ports, ICMP type and code and Mobility Header type are all ANY, so that all fragments match as
     * first ones do (RFC 4301 §7.1)}
     */
    public boolean ignoresPorts() {
        return first.isAny() && second.isAny();
    }

    /** {@return whether it is for packets that do not show a port, such as fragments other than first (RFC 4301 §7.2)} */
    public boolean isOpaque() {
        return first.isOpaque() || second.isOpaque();
    }

    AddressSet sourceSet() {
        return source;
    }

    AddressSet destinationSet() {
        return destination;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selector that
                && source.equals(that.source)
                && destination.equals(that.destination)
                && protocols.equals(that.protocols)
                && first.equals(that.first)
                && second.equals(that.second);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, destination, protocols, first, second);
    }

    @Override
    public String toString() {
        return source + " -> " + destination + ", protocol " + protocols
                + (ignoresPorts() ? "" : ", " + first + " -> " + second);
    }
}
