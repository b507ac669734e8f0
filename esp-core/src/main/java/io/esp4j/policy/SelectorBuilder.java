package io.esp4j.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a selector; what is not said is ANY. Each method that takes text says in one line what is wrong with it.
 *
 * <p>Threads: single owner thread.
 */
public final class SelectorBuilder {
    private static final int OPAQUE_PROTOCOL = Flow.OPAQUE;

    private final List<AddressRange> sources = new ArrayList<>();
    private final List<AddressRange> destinations = new ArrayList<>();
    private ValueSet protocols = ValueSet.ANY;
    private ValueSet first = ValueSet.ANY;
    private ValueSet second = ValueSet.ANY;
    private boolean portsSaid;
    private boolean icmpSaid;
    private boolean mobilitySaid;

    SelectorBuilder() {}

    /**
     * Adds source addresses.
     *
     * @param range the addresses
     * @return this
     */
    public SelectorBuilder source(AddressRange range) {
        sources.add(range);
        return this;
    }

    /**
     * Adds source addresses.
     *
     * @param text a prefix or a single address
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public SelectorBuilder source(String text) {
        return source(IpPrefix.parse(text).range());
    }

    /**
     * Adds destination addresses.
     *
     * @param range the addresses
     * @return this
     */
    public SelectorBuilder destination(AddressRange range) {
        destinations.add(range);
        return this;
    }

    /**
     * Adds destination addresses.
     *
     * @param text a prefix or a single address
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public SelectorBuilder destination(String text) {
        return destination(IpPrefix.parse(text).range());
    }

    /**
     * Adds a protocol.
     *
     * @param number 0 to 255
     * @return this
     * @throws IllegalArgumentException if it is out of range
     */
    public SelectorBuilder protocol(int number) {
        if (number < 0 || number > 255) {
            throw new IllegalArgumentException("expected a protocol of 0 to 255, found " + number);
        }
        ValueSet one = ValueSet.of(number);
        protocols = protocols.bounds().length == 0 ? one : protocols.and(one);
        return this;
    }

    /**
     * Adds a protocol.
     *
     * @param text its name or number, or {@code any}
     * @return this
     * @throws IllegalArgumentException if it is none of them
     */
    public SelectorBuilder protocol(String text) {
        if (text.equalsIgnoreCase("any")) {
            protocols = ValueSet.ANY;
            return this;
        }
        return protocol(NextLayerProtocol.parse(text));
    }

    /**
     * IPv6 fragments that do not show their protocol.
     *
     * @return this
     */
    public SelectorBuilder opaqueProtocol() {
        protocols = ValueSet.OPAQUE;
        return this;
    }

    /**
     * The source ports, of protocols that have ports.
     *
     * @param ports ranges, OPAQUE or ANY
     * @return this
     */
    public SelectorBuilder sourcePorts(ValueSet ports) {
        first = ports;
        portsSaid = true;
        return this;
    }

    /**
     * The source ports.
     *
     * @param text one such as {@code 443}, or a range such as {@code 1000-2000}
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public SelectorBuilder sourcePorts(String text) {
        return sourcePorts(ValueSet.parsePorts(text));
    }

    /**
     * The destination ports, of protocols that have ports.
     *
     * @param ports ranges, OPAQUE or ANY
     * @return this
     */
    public SelectorBuilder destinationPorts(ValueSet ports) {
        second = ports;
        portsSaid = true;
        return this;
    }

    /**
     * The destination ports.
     *
     * @param text one such as {@code 443}, or a range such as {@code 1000-2000}
     * @return this
     * @throws IllegalArgumentException if it is neither
     */
    public SelectorBuilder destinationPorts(String text) {
        return destinationPorts(ValueSet.parsePorts(text));
    }

    /**
     * The ICMP messages, of protocol 1 or 58.
     *
     * @param typesAndCodes such as {@link ValueSet#icmpType}
     * @return this
     */
    public SelectorBuilder icmp(ValueSet typesAndCodes) {
        first = typesAndCodes;
        icmpSaid = true;
        return this;
    }

    /**
     * The types of Mobility Headers, of protocol 135.
     *
     * @param types such as {@link ValueSet#mobilityTypes}
     * @return this
     */
    public SelectorBuilder mobility(ValueSet types) {
        first = types;
        mobilitySaid = true;
        return this;
    }

    /**
     * Packets that show neither ports nor ICMP type and code nor Mobility Header type: with a protocol that has them,
     * fragments other than the first (RFC 4301 §7.2).
     *
     * @return this
     */
    public SelectorBuilder opaque() {
        first = ValueSet.OPAQUE;
        second = ValueSet.OPAQUE;
        return this;
    }

    /**
     * The selector.
     *
     * @return the selector
     * @throws IllegalArgumentException if the fields do not go together
     */
    public Selector build() {
        AddressSet source = AddressSet.of(sources);
        AddressSet destination = AddressSet.of(destinations);
        boolean common = (source.includesFamily(false) && destination.includesFamily(false))
                || (source.includesFamily(true) && destination.includesFamily(true));
        if (!common) {
            throw new IllegalArgumentException(
                    "expected source and destination of one family, found " + source + " and " + destination);
        }
        if (!(first.isAny() && second.isAny())) {
            checkFieldsOfProtocols();
        }
        return new Selector(source, destination, protocols, first, second);
    }

    /** RFC 4301 §7.1, §7.2: what depends on a protocol needs one. */
    private void checkFieldsOfProtocols() {
        int[] numbers = protocols.bounds();
        if (protocols.isAny()) {
            throw new IllegalArgumentException(
                    "expected a protocol beside ports or other fields that depend on it, found any");
        }
        if (numbers.length == 0) {
            numbers = new int[] {OPAQUE_PROTOCOL};
        }
        for (int number : numbers) {
            boolean has = (!portsSaid || NextLayerProtocol.hasPorts(number))
                    && (!icmpSaid || NextLayerProtocol.isIcmp(number))
                    && (!mobilitySaid || number == NextLayerProtocol.MOBILITY_HEADER);
            boolean onlyOpaque = !isRange(first) && !isRange(second);
            if (!has && !onlyOpaque) {
                throw new IllegalArgumentException("expected a protocol with "
                        + (portsSaid ? "ports" : icmpSaid ? "ICMP type and code" : "Mobility Header types") + ", found "
                        + (number == OPAQUE_PROTOCOL ? "opaque" : NextLayerProtocol.name(number)));
            }
        }
    }

    private static boolean isRange(ValueSet values) {
        return !values.isAny() && !values.isOpaque();
    }
}
