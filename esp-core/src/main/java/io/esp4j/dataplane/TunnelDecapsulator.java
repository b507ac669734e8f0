package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Ecn;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * Tunnel mode: the payload is the packet, as long as its own header says; what follows is traffic flow padding
 * (RFC 4303 §2.7). Threads: immutable.
 */
final class TunnelDecapsulator extends Decapsulator {

    TunnelDecapsulator(SaParameters sa) {
        super(sa);
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
        if (payloadOctets < Ipv4Header.OCTETS) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        long head = memory.int64(payloadAt);
        boolean v6 = IpHead.isV6(head);
        if (nextHeader != (v6 ? NextHeader.IPV6 : NextHeader.IPV4) || !IpHead.isValid(head, payloadOctets)) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        int trafficClass = IpHead.trafficClass(head);
        int inner = trafficClass & Ecn.MASK;
        int ecn = Ecn.decapsulate(inner, burst.trafficClass(index) & Ecn.MASK);
        if (ecn == Ecn.DROP) {
            return InboundOutcome.ECN_VIOLATION;
        }
        if (ecn != inner) {
            remark(memory, payloadAt, v6, (trafficClass & ~Ecn.MASK) | ecn);
        }
        burst.view(index, payloadAt, IpHead.totalOctets(head));
        return InboundOutcome.ACCEPTED;
    }

    private static void remark(Memory memory, int at, boolean v6, int trafficClass) {
        if (v6) {
            Ipv6Header.trafficClass(memory, at, trafficClass);
        } else {
            Ipv4Header.trafficClass(memory, at, trafficClass);
        }
    }
}
