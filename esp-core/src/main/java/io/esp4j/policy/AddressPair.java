package io.esp4j.policy;

import java.util.List;

/**
 * For the addresses of a flow, which of up to 64 pairs of source and destination sets hold them, a bit for each.
 *
 * <p>Threads: immutable.
 */
final class AddressPair {
    private final AddressAxis source4;
    private final AddressAxis source6;
    private final AddressAxis destination4;
    private final AddressAxis destination6;

    AddressPair(List<AddressSet> sources, List<AddressSet> destinations) {
        source4 = new AddressAxis(sources, false);
        source6 = new AddressAxis(sources, true);
        destination4 = new AddressAxis(destinations, false);
        destination6 = new AddressAxis(destinations, true);
    }

    /** With source and destination of the flow exchanged if it is to be reversed. */
    long holding(Flow flow, boolean reversed) {
        AddressAxis source = flow.v6() ? source6 : source4;
        AddressAxis destination = flow.v6() ? destination6 : destination4;
        AddressAxis ofSource = reversed ? destination : source;
        AddressAxis ofDestination = reversed ? source : destination;
        long left = ofSource.bits(flow.sourceHigh(), flow.sourceLow());
        return left == 0 ? 0 : left & ofDestination.bits(flow.destHigh(), flow.destLow());
    }
}
