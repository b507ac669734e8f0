package io.esp4j.policy;

import java.util.EnumSet;
import java.util.Set;

/**
 * A policy's selector with PFP flags: which fields of a flow name its SA, and what that SA's selector is (RFC 4301
 * §4.4.1.2). Fields that are not flagged read as 0.
 *
 * <p>Threads: immutable.
 */
final class PopulatedFields {
    private final Selector selector;
    private final boolean localAddress;
    private final boolean remoteAddress;
    private final boolean protocol;
    private final boolean localPort;
    private final boolean remotePort;

    PopulatedFields(Selector selector, Set<PopulateFromPacket> flags) {
        this.selector = selector;
        localAddress = flags.contains(PopulateFromPacket.LOCAL_ADDRESS);
        remoteAddress = flags.contains(PopulateFromPacket.REMOTE_ADDRESS);
        protocol = flags.contains(PopulateFromPacket.NEXT_LAYER_PROTOCOL);
        localPort = flags.contains(PopulateFromPacket.LOCAL_PORT);
        remotePort = flags.contains(PopulateFromPacket.REMOTE_PORT);
        boolean opaque = (protocol && selector.protocols().isOpaque())
                || (localPort && selector.sourcePorts().isOpaque())
                || (remotePort && selector.destinationPorts().isOpaque());
        if (opaque) {
            throw new IllegalArgumentException(
                    "expected no flag for a field that is OPAQUE, found " + EnumSet.copyOf(flags) + " for " + selector);
        }
        if ((localPort || remotePort) && !protocol && !alikeIn(selector.protocols())) {
            throw new IllegalArgumentException("expected protocols whose ports mean the same, or their flag too, found "
                    + EnumSet.copyOf(flags) + " for " + selector);
        }
    }

    /** Whether the packet does not show a flagged field that its protocol has: the packet is discarded. */
    boolean lackedBy(Flow flow) {
        if (flow.protocol() == Flow.OPAQUE) {
            return protocol || localPort || remotePort;
        }
        boolean ports = flow.hasPorts();
        boolean hasFirst = ports || hasType(flow.protocol());
        return (localPort && hasFirst && flow.first() == Flow.OPAQUE)
                || (remotePort && ports && flow.second() == Flow.OPAQUE);
    }

    Selector selectorFor(Flow flow) {
        int first = flow.first();
        int second = flow.second();
        return new Selector(
                localAddress ? AddressSet.of(flow.v6(), flow.sourceHigh(), flow.sourceLow()) : selector.sourceSet(),
                remoteAddress ? AddressSet.of(flow.v6(), flow.destHigh(), flow.destLow()) : selector.destinationSet(),
                protocol ? ValueSet.of(flow.protocol()) : selector.protocols(),
                localPort && first != Flow.OPAQUE ? ValueSet.of(first) : selector.sourcePorts(),
                remotePort && second != Flow.OPAQUE ? ValueSet.of(second) : selector.destinationPorts());
    }

    long sourceHigh(Flow flow) {
        return localAddress ? flow.sourceHigh() : 0;
    }

    long sourceLow(Flow flow) {
        return localAddress ? flow.sourceLow() : 0;
    }

    long destHigh(Flow flow) {
        return remoteAddress ? flow.destHigh() : 0;
    }

    long destLow(Flow flow) {
        return remoteAddress ? flow.destLow() : 0;
    }

    /** Family, protocol and ports as one number. */
    long nextLayer(Flow flow) {
        long family = (localAddress || remoteAddress) && flow.v6() ? 1 : 0;
        long number = protocol ? flow.protocol() + 1 : 0;
        long local = localPort ? flow.first() + 1 : 0;
        long remote = remotePort ? flow.second() + 1 : 0;
        return number << 36 | local << 18 | remote << 1 | family;
    }

    /** Whether ports, or what stands in their place, mean the same in all protocols of a list. */
    private static boolean alikeIn(ValueSet protocols) {
        int[] numbers = protocols.bounds();
        for (int number : numbers) {
            if (NextLayerProtocol.hasPorts(number) != NextLayerProtocol.hasPorts(numbers[0])
                    || hasType(number) != hasType(numbers[0])) {
                return false;
            }
        }
        return numbers.length != 0;
    }

    private static boolean hasType(int number) {
        return NextLayerProtocol.isIcmp(number) || number == NextLayerProtocol.MOBILITY_HEADER;
    }
}
