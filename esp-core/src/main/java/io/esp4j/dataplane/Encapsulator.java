package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaParameters;

/**
 * What one mode does to an outbound packet: judge it, and write everything around its payload. One for each SA, resolved
 * when the SA is made. Threads: immutable.
 */
abstract sealed class Encapsulator permits TunnelEncapsulator, TransportEncapsulator, BeetEncapsulator {
    /** The largest packet that an IP length field can say. */
    static final int MAX_PACKET = 65535;

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
     * Judges a packet that has a valid IP header: whether this mode takes it, fits the MTU and has room.
     *
     * @param head the first eight octets of its header
     * @return the payload octets that ESP will carry, or {@link #refuse}
     */
    abstract int measure(Burst burst, int index, long head, Randomness random);

    /** The same for a dummy packet (RFC 4303 §2.6), which has no IP header to take over: tunnel mode only. */
    int measureDummy(Burst burst, int index) {
        return refuse(OutboundOutcome.MALFORMED);
    }

    /**
     * Writes headers and trailer around the packets of a run, so that they are complete but for encryption, and notes where
     * their ESP lies for the crypto.
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

    /** A refusal as a negative number. */
    static int refuse(OutboundOutcome outcome) {
        return -outcome.ordinal();
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
