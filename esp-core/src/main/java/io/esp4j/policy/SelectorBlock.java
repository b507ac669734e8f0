package io.esp4j.policy;

import java.util.List;

/**
 * Up to 64 selectors, asked all at once: bit n of an answer stands for selector n.
 *
 * <p>Threads: immutable.
 */
final class SelectorBlock {
    static final int CAPACITY = Long.SIZE;

    private final AddressPair addresses;
    private final ValueAxis protocol;
    private final ValueAxis first;
    private final ValueAxis second;

    SelectorBlock(List<Selector> selectors) {
        addresses = new AddressPair(
                selectors.stream().map(Selector::sourceSet).toList(),
                selectors.stream().map(Selector::destinationSet).toList());
        protocol = new ValueAxis(selectors.stream().map(Selector::protocols).toList());
        first = new ValueAxis(selectors.stream().map(Selector::sourcePorts).toList());
        second =
                new ValueAxis(selectors.stream().map(Selector::destinationPorts).toList());
    }

    /** Those among the candidates that match the flow, with source and destination exchanged if it is to be reversed. */
    long matching(Flow flow, long candidates, boolean reversed) {
        long left = candidates & addresses.holding(flow, reversed);
        if (left == 0) {
            return 0;
        }
        boolean exchanged = reversed && flow.hasPorts();
        return left
                & protocol.bits(flow.protocol())
                & first.bits(exchanged ? flow.second() : flow.first())
                & second.bits(exchanged ? flow.first() : flow.second());
    }
}
