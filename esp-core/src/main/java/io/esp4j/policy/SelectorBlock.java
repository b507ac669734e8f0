package io.esp4j.policy;

import java.util.List;

/**
 * Up to 64 selectors, asked all at once: bit n of an answer stands for selector n.
 *
 * <p>Threads: immutable.
 */
final class SelectorBlock {
    static final int CAPACITY = 64;

    private final AddressAxis source4;
    private final AddressAxis source6;
    private final AddressAxis destination4;
    private final AddressAxis destination6;
    private final ValueAxis protocol;
    private final ValueAxis first;
    private final ValueAxis second;

    SelectorBlock(List<Selector> selectors) {
        List<AddressSet> sources = selectors.stream().map(Selector::sourceSet).toList();
        List<AddressSet> destinations =
                selectors.stream().map(Selector::destinationSet).toList();
        source4 = new AddressAxis(sources, false);
        source6 = new AddressAxis(sources, true);
        destination4 = new AddressAxis(destinations, false);
        destination6 = new AddressAxis(destinations, true);
        protocol = new ValueAxis(selectors.stream().map(Selector::protocols).toList());
        first = new ValueAxis(selectors.stream().map(Selector::sourcePorts).toList());
        second =
                new ValueAxis(selectors.stream().map(Selector::destinationPorts).toList());
    }

    /** Those among the candidates that match the flow. */
    long matching(Flow flow, long candidates) {
        boolean v6 = flow.v6();
        long left = candidates & (v6 ? source6 : source4).bits(flow.sourceHigh(), flow.sourceLow());
        if (left != 0) {
            left &= (v6 ? destination6 : destination4).bits(flow.destHigh(), flow.destLow());
        }
        return left == 0 ? 0 : left & nextLayer(flow, flow.first(), flow.second());
    }

    /** Those among the candidates that match the flow with source and destination exchanged. */
    long matchingReversed(Flow flow, long candidates) {
        boolean v6 = flow.v6();
        long left = candidates & (v6 ? source6 : source4).bits(flow.destHigh(), flow.destLow());
        if (left != 0) {
            left &= (v6 ? destination6 : destination4).bits(flow.sourceHigh(), flow.sourceLow());
        }
        if (left == 0) {
            return 0;
        }
        return left
                & (flow.hasPorts()
                        ? nextLayer(flow, flow.second(), flow.first())
                        : nextLayer(flow, flow.first(), flow.second()));
    }

    private long nextLayer(Flow flow, int firstField, int secondField) {
        return protocol.bits(flow.protocol()) & first.bits(firstField) & second.bits(secondField);
    }
}
