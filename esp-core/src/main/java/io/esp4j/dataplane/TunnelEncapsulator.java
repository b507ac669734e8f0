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

    /** The loop is compiled once for each kind of memory. */
    @Override
    long measure(Burst burst, int from, int to, Run run, Randomness random) {
        return burst.memory instanceof DirectMemory direct
                ? draft(direct, burst, from, to, run, random)
                : draft((HeapMemory) burst.memory, burst, from, to, run, random);
    }

    private long draft(Memory memory, Burst burst, int from, int to, Run run, Randomness random) {
        int number = run.number();
        int outerOctets = outer.octets();
        long octets = 0;
        long sequence = run.nextDraft();
        for (int index = from; index < to; index++) {
            long head = trimmedHead(memory, burst, index);
            int payloadOctets = measure(burst, index, head, random);
            octets += note(burst, index, number, payloadOctets);
            if (payloadOctets <= 0) {
                continue;
            }
            int at = burst.offset(index);
            int inner = burst.length(index);
            if (payloadOctets != inner) {
                memory.zero(at + inner, payloadOctets - inner);
            }
            int start = at - headerOctets;
            int espOctets = esp.write(memory, at, payloadOctets, nextHeader(head), sequence, random);
            outer.write(memory, start, espOctets, head, (int) sequence, outer.hopLimit());
            burst.view(index, start, outerOctets + espOctets);
            burst.esp(index, start + outerOctets, espOctets, esp.spi(), sequence);
            sequence++;
        }
        return octets;
    }

    /** The inner packet stays as it is, until it is sealed. */
    @Override
    boolean drafts() {
        return true;
    }

    private int measure(Burst burst, int index, long head, Randomness random) {
        int at = burst.offset(index);
        int inner = burst.length(index);
        if (head != NO_HEAD) {
            return fit(burst, index, inner < padTo ? padded(inner, random) : inner, at, headerOctets);
        }
        if (burst.nextHeader(index) != NextHeader.NONE) {
            return refuse(OutboundOutcome.MALFORMED);
        }
        return dummies ? fit(burst, index, inner, at, headerOctets) : refuse(OutboundOutcome.NO_POLICY);
    }

    /** The length with traffic flow padding: never beyond the MTU (RFC 4303 §2.7). */
    private int padded(int inner, Randomness random) {
        int target = padFrom == padTo ? padTo : padFrom + random.nextInt(padTo - padFrom + 1);
        return Math.max(inner, Math.min(target, maxInner));
    }

    /** Again, where somebody else took the numbers of the draft. Zeros of traffic flow padding are there already. */
    @Override
    void write(Burst burst, Run run, long first, Randomness random) {
        Memory memory = burst.memory;
        long sequence = first;
        for (int position = run.from(); position < run.to(); position++) {
            int index = burst.operations.packet(position);
            int at = innerAt(burst, index);
            long head = headAt(burst, index, at);
            int espOctets = esp.write(memory, at, burst.payloadOctets(index), nextHeader(head), sequence, random);
            outer.write(memory, at - headerOctets, espOctets, head, (int) sequence, outer.hopLimit());
            burst.operations.packetSequence(index, sequence);
            sequence++;
        }
    }

    @Override
    void withdraw(Burst burst, int index) {
        int at = innerAt(burst, index);
        long head = headAt(burst, index, at);
        burst.view(index, at, head == NO_HEAD ? burst.payloadOctets(index) : IpHead.totalOctets(head));
        burst.esp(index, 0, 0, 0, 0);
    }

    private int innerAt(Burst burst, int index) {
        return burst.espOffset(index) + esp.headerOctets();
    }

    /** {@return the first eight octets of what was measured before, {@link #NO_HEAD} of a dummy} */
    private static long headAt(Burst burst, int index, int at) {
        return burst.nextHeader(index) == NextHeader.NONE ? NO_HEAD : burst.memory.int64(at);
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
