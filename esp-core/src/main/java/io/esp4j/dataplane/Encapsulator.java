package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.NextHeader;

/**
 * What one mode does to an outbound packet: judge it, and write everything around its payload. One for each SA, resolved
 * when the SA is made. Threads: immutable.
 */
abstract sealed class Encapsulator permits TunnelEncapsulator, TransportEncapsulator, BeetEncapsulator {
    /** The largest packet that an IP length field can say. */
    static final int MAX_PACKET = 65535;

    /** The first eight octets of what is no IP packet: there is no version 0. */
    static final long NO_HEAD = 0;

    final EspFraming esp;
    private final int maxOctets;

    Encapsulator(SaParameters sa) {
        esp = new EspFraming(sa);
        maxOctets = mtu(sa) - (sa.carriedBySocket() ? OuterHeader.wireOctets(sa) : 0);
    }

    /** The most octets of an outer packet on the wire. */
    static int mtu(SaParameters sa) {
        return Math.min(sa.mtu(), MAX_PACKET);
    }

    static Encapsulator of(SaParameters sa) {
        return switch (sa.mode()) {
            case TUNNEL -> new TunnelEncapsulator(sa);
            case TRANSPORT -> new TransportEncapsulator(sa);
            case BEET -> new BeetEncapsulator(sa);
        };
    }

    /**
     * Judges packets in a row: each one whole, one that this mode takes, within the MTU, with room around it; and writes them, if this
     * mode {@link #drafts}. Each mode has its own loop, which {@link #note}s the judgements: one for all would call into a mode for
     * each packet.
     *
     * @return what the lifetime counts of those that go on
     */
    abstract long measure(Burst burst, int from, int to, Run run, Randomness random);

    /**
     * Whether measuring also writes, under the numbers that come next. For a mode that leaves the packet itself as it is, so that it
     * can be written again under others, or be withdrawn.
     */
    boolean drafts() {
        return false;
    }

    /** Takes back what measuring wrote: the packet is refused after all. */
    void withdraw(Burst burst, int index) {}

    /**
     * Writes headers and trailer around the packets of a run, so that they are complete but for encryption, and notes where
     * their ESP lies for the crypto. A mode that drafts writes again what differs by number.
     *
     * @param first the number of the first packet; those of the others follow
     */
    abstract void write(Burst burst, Run run, long first, Randomness random);

    /** Completes a sealed packet, where {@link #finishes()}. */
    void finish(Burst burst, int index) {}

    /** Whether something needs the sealed octets. */
    boolean finishes() {
        return false;
    }

    abstract int headroom();

    int tailroom() {
        return esp.maxTailOctets();
    }

    abstract int overheadOctets(int packetOctets);

    abstract int innerMtu(int pathMtu);

    /**
     * {@return the first eight octets of a whole IP packet, or {@link #NO_HEAD}} One that is longer than its header says loses
     * the excess, Ethernet's padding.
     */
    static long trimmedHead(Memory memory, Burst burst, int index) {
        int octets = burst.length(index);
        if (octets < Ipv4Header.OCTETS || burst.nextHeader(index) == NextHeader.NONE) {
            return NO_HEAD;
        }
        long head = memory.int64(burst.offset(index));
        if (!IpHead.isValid(head, octets)) {
            return NO_HEAD;
        }
        burst.length(index, IpHead.totalOctets(head));
        return head;
    }

    /** A refusal as a negative number. */
    static int refuse(OutboundOutcome outcome) {
        return -outcome.ordinal();
    }

    /** Notes the payload of a packet that goes on, or why it is refused. {@return what the lifetime counts of it} */
    final int note(Burst burst, int index, int run, int payloadOctets) {
        burst.run(index, run);
        if (payloadOctets <= 0) {
            burst.outcome(index, -payloadOctets);
            return 0;
        }
        burst.payloadOctets(index, payloadOctets);
        burst.operations.append(index);
        return esp.cipherOctets(payloadOctets);
    }

    /** {@return the payload, or a refusal if the result is too big or does not fit its slot} */
    final int fit(Burst burst, int index, int payloadOctets, int payloadAt, int headerOctets) {
        if (payloadOctets == 0) {
            return refuse(OutboundOutcome.MALFORMED); // nothing that ESP could carry
        }
        int end = payloadAt + payloadOctets + esp.tailOctets(payloadOctets);
        int start = payloadAt - headerOctets;
        if (end - start > maxOctets) {
            return refuse(OutboundOutcome.PACKET_TOO_BIG);
        }
        if (start < burst.slotStart(index) || end > burst.slotEnd(index)) {
            return refuse(OutboundOutcome.NO_ROOM);
        }
        return payloadOctets;
    }

    static boolean isV6(Memory memory, int at) {
        return memory.octet(at) >>> 4 == 6;
    }
}
