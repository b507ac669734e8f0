package io.esp4j.dataplane;

import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.TrafficFlowPadding;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.NextHeader;

/**
 * Tunnel mode, RFC 4303 §3.1.2: the whole packet becomes the payload. Threads: immutable.
 *
 * <pre>
 * before            |     inner packet      |
 * after  | outer | ESP, IV |     inner packet      | TFC | padding, trailer, ICV |
 * </pre>
 */
final class TunnelEncapsulator extends Encapsulator {
    private final OuterHeader outer;
    private final int headerOctets;
    private final int wireOctets;
    private final int maxInner;
    private final int padFrom;
    private final int padTo;
    private final boolean dummies;

    TunnelEncapsulator(SaParameters sa) {
        super(sa);
        outer = new OuterHeader(sa);
        headerOctets = outer.octets() + esp.headerOctets();
        wireOctets = OuterHeader.wireOctets(sa);
        maxInner = innerMtu(mtu(sa));
        TrafficFlowPadding padding = sa.trafficFlowPadding();
        padFrom = padding.minimumOctets();
        padTo = padding.maximumOctets();
        dummies = sa.dummies();
    }

    @Override
    long measure(Burst burst, int from, int to, int run, Randomness random) {
        Memory memory = burst.memory;
        long octets = 0;
        for (int index = from; index < to; index++) {
            octets += note(burst, index, run, measure(memory, burst, index, random));
        }
        return octets;
    }

    private int measure(Memory memory, Burst burst, int index, Randomness random) {
        int at = burst.offset(index);
        if (burst.nextHeader(index) == NextHeader.NONE) {
            return dummies
                    ? fit(burst, index, burst.length(index), at, headerOctets)
                    : refuse(OutboundOutcome.NO_POLICY);
        }
        if (trimmedHead(memory, burst, index) == NO_HEAD) {
            return refuse(OutboundOutcome.MALFORMED);
        }
        int inner = burst.length(index);
        return fit(burst, index, inner < padTo ? padded(inner, random) : inner, at, headerOctets);
    }

    /** The length with traffic flow padding: never beyond the MTU (RFC 4303 §2.7). */
    private int padded(int inner, Randomness random) {
        int target = padFrom == padTo ? padTo : padFrom + random.nextInt(padTo - padFrom + 1);
        return Math.max(inner, Math.min(target, maxInner));
    }

    /** The loop is compiled once for each kind of memory. */
    @Override
    void write(Burst burst, Run run, long first, Randomness random) {
        if (burst.memory instanceof DirectMemory direct) {
            write(direct, burst, run, first, random);
        } else {
            write((HeapMemory) burst.memory, burst, run, first, random);
        }
    }

    private void write(Memory memory, Burst burst, Run run, long first, Randomness random) {
        int outerOctets = outer.octets();
        long sequence = first;
        int to = run.to();
        for (int position = run.from(); position < to; position++) {
            int index = burst.operations.packet(position);
            int at = burst.offset(index);
            int inner = burst.length(index);
            int payloadOctets = burst.payloadOctets(index);
            long head = burst.nextHeader(index) == NextHeader.NONE ? NO_HEAD : memory.int64(at);
            if (payloadOctets != inner) {
                memory.zero(at + inner, payloadOctets - inner);
            }
            int espOctets = esp.write(memory, at, payloadOctets, nextHeader(head), sequence, random);
            int start = at - headerOctets;
            outer.write(memory, start, espOctets, head, (int) sequence, outer.hopLimit());
            burst.view(index, start, outerOctets + espOctets);
            burst.esp(index, start + outerOctets, espOctets, esp.spi(), sequence);
            sequence++;
        }
    }

    private static int nextHeader(long head) {
        return switch (IpHead.version(head)) {
            case 4 -> NextHeader.IPV4;
            case 6 -> NextHeader.IPV6;
            default -> NextHeader.NONE;
        };
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
        return headerOctets;
    }

    @Override
    int overheadOctets(int packetOctets) {
        return headerOctets + esp.tailOctets(packetOctets);
    }

    @Override
    int innerMtu(int pathMtu) {
        return esp.maxPayloadOctets(pathMtu - wireOctets);
    }
}
