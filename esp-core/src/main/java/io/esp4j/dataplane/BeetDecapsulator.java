package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * BEET mode: the inner header is made again from the SA's inner addresses and what the outer header says of hop limit,
 * traffic class and fragmentation (draft-nikander-esp-beet-mode §5). Threads: immutable.
 */
final class BeetDecapsulator extends Decapsulator {
    private static final int LEAST_OPTIONS_HEADER = 8;
    private static final int DEFAULT_HOP_LIMIT = 64;

    private final boolean v6;
    private final IpAddress innerSource;
    private final IpAddress innerDestination;

    BeetDecapsulator(SaParameters sa) {
        super(sa);
        innerSource = sa.innerSource();
        innerDestination = sa.innerDestination();
        v6 = innerSource.v6();
    }

    @Override
    int show(Memory memory, Burst burst, Run run) {
        int accepted = 0;
        int to = run.to();
        for (int position = run.from(); position < to; position++) {
            int index = burst.operations.packet(position);
            if (isPending(burst, index)) {
                accepted += conclude(burst, index, show(memory, burst, index));
            }
        }
        return accepted;
    }

    private InboundOutcome show(Memory memory, Burst burst, int index) {
        int payloadAt = payloadAt(burst, index);
        int payloadOctets = burst.payloadOctets(index);
        int nextHeader = burst.nextHeader(index);
        int upper = nextHeader;
        int options = 0;
        int optionsEnd = payloadAt;
        if (nextHeader == NextHeader.BEET_OPTIONS && !v6) {
            if (payloadOctets < LEAST_OPTIONS_HEADER || payloadOctets < BeetOptions.totalOctets(memory, payloadAt)) {
                return InboundOutcome.MALFORMED_PLAINTEXT;
            }
            options = BeetOptions.optionOctets(memory, payloadAt);
            if (options < 0) {
                return InboundOutcome.MALFORMED_PLAINTEXT;
            }
            upper = BeetOptions.nextHeader(memory, payloadAt);
            optionsEnd = payloadAt + BeetOptions.totalOctets(memory, payloadAt);
        }
        int start = optionsEnd - options - (v6 ? Ipv6Header.OCTETS : Ipv4Header.OCTETS);
        int total = payloadAt + payloadOctets - start;
        if (start < burst.slotStart(index)) {
            return InboundOutcome.NO_ROOM;
        }
        if (total > Encapsulator.MAX_PACKET) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        int trafficClass = burst.trafficClass(index);
        int hops = DEFAULT_HOP_LIMIT;
        int fragmentation = Ipv4Header.DONT_FRAGMENT; // an identification of 0 demands it (RFC 6864 §4)
        if (burst.framing == Framing.IP) {
            int at = burst.offset(index);
            boolean outerV6 = Encapsulator.isV6(memory, at);
            hops = memory.octet(at + (outerV6 ? 7 : 8));
            if (!outerV6) {
                int flags = memory.int16(at + 6) & Ipv4Header.DONT_FRAGMENT;
                fragmentation = (memory.int32(at + 4) & ~0xffff) | flags;
            }
        }
        if (v6) {
            writeV6(memory, start, total, trafficClass, upper, hops);
        } else {
            writeV4(memory, start, total, options, trafficClass, fragmentation, upper, hops);
        }
        burst.view(index, start, total);
        return InboundOutcome.ACCEPTED;
    }

    private void writeV4(
            Memory memory,
            int at,
            int total,
            int options,
            int trafficClass,
            int fragmentation,
            int protocol,
            int hops) {
        int headerWords = (Ipv4Header.OCTETS + options) / 4;
        memory.int32(at, ((0x40 | headerWords) << 24) | (trafficClass << 16) | total);
        memory.int32(at + 4, fragmentation);
        memory.int32(at + 8, (hops << 24) | (protocol << 16));
        innerSource.write(memory, at + 12);
        innerDestination.write(memory, at + 16);
        Ipv4Header.writeChecksum(memory, at);
    }

    private void writeV6(Memory memory, int at, int total, int trafficClass, int nextHeader, int hops) {
        memory.int32(at, 0x6000_0000 | (trafficClass << 20));
        memory.int32(at + 4, ((total - Ipv6Header.OCTETS) << 16) | (nextHeader << 8) | hops);
        innerSource.write(memory, at + 8);
        innerDestination.write(memory, at + 24);
    }
}
