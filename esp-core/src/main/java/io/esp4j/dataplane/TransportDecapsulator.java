package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;

/**
 * Transport mode: the received headers move to the right, up to the payload; protocol or next header, length and IPv4
 * checksum are rewritten, all else is as received. Threads: immutable.
 */
final class TransportDecapsulator extends Decapsulator {
    private final NatChecksum natChecksum;

    TransportDecapsulator(SaParameters sa) {
        super(sa);
        natChecksum = sa.natOriginal() == null ? null : new NatChecksum(sa.natOriginal());
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
        if (burst.framing != Framing.IP) {
            return InboundOutcome.MALFORMED_PLAINTEXT; // no header to give back
        }
        int at = burst.offset(index);
        boolean v6 = Encapsulator.isV6(memory, at);
        int headers = v6 ? v6Headers(burst, at, payloadAt) : Ipv4Header.headerOctets(memory, at);
        int start = payloadAt - headers;
        int total = headers + payloadOctets;
        memory.move(at, start, headers);
        if (v6) {
            memory.octet(burst.extensions.upperLayerNextHeaderAt() - at + start, nextHeader);
            Ipv6Header.totalOctets(memory, start, total);
        } else {
            Ipv4Header.rewrite(memory, start, nextHeader, total);
        }
        if (natChecksum != null) {
            natChecksum.correct(memory, start, payloadAt, payloadOctets, nextHeader);
        }
        burst.view(index, start, total);
        return InboundOutcome.ACCEPTED;
    }

    /** The fixed header and the extension headers before ESP, or before UDP around it. */
    private static int v6Headers(Burst burst, int at, int end) {
        burst.extensions.walk(burst.memory, at, end);
        return burst.extensions.upperLayerAt() - at;
    }
}
