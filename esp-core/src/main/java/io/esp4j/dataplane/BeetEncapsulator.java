package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * BEET mode: the inner IP header, whose addresses both ends know, is not sent; IPv4 options travel in a pseudo-header.
 * Source: draft-nikander-esp-beet-mode §5. Threads: immutable.
 *
 * <pre>
 * before              | IP header | options | payload |
 * after  | outer | ESP, IV |   BEET options | payload | padding, trailer, ICV |
 * </pre>
 */
final class BeetEncapsulator extends Encapsulator {
    private final OuterHeader outer;
    private final IpAddress innerSource;
    private final IpAddress innerDestination;

    BeetEncapsulator(SaParameters sa) {
        super(sa);
        outer = new OuterHeader(sa);
        innerSource = sa.innerSource();
        innerDestination = sa.innerDestination();
    }

    @Override
    long measure(Burst burst, int from, int to, Run run, Randomness random) {
        long octets = 0;
        for (int index = from; index < to; index++) {
            octets += note(burst, index, run.number(), measure(burst, index, trimmedHead(burst.memory, burst, index)));
        }
        return octets;
    }

    private int measure(Burst burst, int index, long head) {
        if (head == NO_HEAD) {
            return refuse(OutboundOutcome.MALFORMED);
        }
        boolean v6 = IpHead.isV6(head);
        Memory memory = burst.memory;
        int at = burst.offset(index);
        int end = at + burst.length(index);
        if (v6 != innerSource.v6() || !hasInnerAddresses(memory, at, v6)) {
            return refuse(OutboundOutcome.NO_POLICY);
        }
        if (v6) {
            if (!burst.extensions.walk(memory, at, end)) {
                return refuse(OutboundOutcome.MALFORMED);
            }
            if (burst.extensions.isFragment(memory)) {
                return refuse(OutboundOutcome.FRAGMENT);
            }
        } else if (IpHead.v4IsFragment(head)) {
            return refuse(OutboundOutcome.FRAGMENT);
        }
        int payloadAt = payloadAt(memory, at, head);
        return fit(burst, index, end - payloadAt, payloadAt, outer.octets() + esp.headerOctets());
    }

    private boolean hasInnerAddresses(Memory memory, int at, boolean v6) {
        return v6
                ? memory.int64(at + 8) == innerSource.high()
                        && memory.int64(at + 16) == innerSource.low()
                        && memory.int64(at + 24) == innerDestination.high()
                        && memory.int64(at + 32) == innerDestination.low()
                : memory.int32(at + 12) == (int) innerSource.low()
                        && memory.int32(at + 16) == (int) innerDestination.low();
    }

    /** What ESP carries begins behind the fixed header, or with the pseudo-header that takes the place of its end. */
    private static int payloadAt(Memory memory, int at, long head) {
        if (IpHead.isV6(head)) {
            return at + Ipv6Header.OCTETS;
        }
        int options = IpHead.v4HeaderOctets(head) - Ipv4Header.OCTETS;
        return at + Ipv4Header.OCTETS + options - (hasPseudoHeader(memory, at, head) ? BeetOptions.octets(options) : 0);
    }

    /** A payload of protocol 94 needs one too: without, its beginning would be taken for one. */
    private static boolean hasPseudoHeader(Memory memory, int at, long head) {
        return !IpHead.isV6(head)
                && (IpHead.v4HeaderOctets(head) != Ipv4Header.OCTETS
                        || Ipv4Header.protocol(memory, at) == NextHeader.BEET_OPTIONS);
    }

    @Override
    void write(Burst burst, Run run, long first, Randomness random) {
        long sequence = first;
        for (int position = run.from(); position < run.to(); position++) {
            writeOne(burst, burst.operations.packet(position), sequence++, random);
        }
    }

    private void writeOne(Burst burst, int index, long sequence, Randomness random) {
        Memory memory = burst.memory;
        int at = burst.offset(index);
        long head = memory.int64(at);
        boolean v6 = IpHead.isV6(head);
        int identification = v6 ? (int) sequence : IpHead.v4Identification(head);
        int hops = memory.octet(at + (v6 ? 7 : 8));
        int nextHeader = memory.octet(at + (v6 ? Ipv6Header.NEXT_HEADER_AT : Ipv4Header.PROTOCOL_AT));
        int payloadAt = payloadAt(memory, at, head);
        if (hasPseudoHeader(memory, at, head)) {
            BeetOptions.write(memory, payloadAt, nextHeader, IpHead.v4HeaderOctets(head) - Ipv4Header.OCTETS);
            nextHeader = NextHeader.BEET_OPTIONS;
        }
        int espOctets = esp.write(memory, payloadAt, burst.payloadOctets(index), nextHeader, sequence, random);
        int start = payloadAt - esp.headerOctets() - outer.octets();
        outer.write(memory, start, espOctets, head, identification, hops);
        burst.view(index, start, outer.octets() + espOctets);
        burst.esp(index, start + outer.octets(), espOctets, esp.spi(), sequence);
    }

    @Override
    boolean finishes() {
        return outer.needsUdpChecksum();
    }

    @Override
    void finish(Burst burst, int index) {
        outer.writeUdpChecksum(burst.memory, burst.offset(index));
    }

    @Override
    int headroom() {
        int options = innerSource.v6() ? 0 : BeetOptions.GROWTH;
        return Math.max(0, outer.octets() + esp.headerOctets() - ipOctets() + options);
    }

    @Override
    int overheadOctets(int packetOctets) {
        return outer.octets() + esp.headerOctets() - ipOctets() + esp.tailOctets(packetOctets - ipOctets());
    }

    @Override
    int innerMtu(int pathMtu) {
        return ipOctets() + esp.maxPayloadOctets(pathMtu - outer.octets());
    }

    private int ipOctets() {
        return innerSource.v6() ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
    }
}
