package io.esp4j.dataplane;

import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.replay.SequenceCounter;
import io.esp4j.sa.SaParameters;

/** An SA that sends. Threads: thread-safe. */
public final class OutboundSa extends SecurityAssociation {
    private static final int OUTCOMES = OutboundOutcome.values().length;

    private final SequenceCounter counter;
    /** Made at the first packet, so that an idle SA stays small; immutable, and whoever made it does not matter. */
    private Encapsulator encapsulator;

    OutboundSa(SaParameters parameters, SaCrypto crypto, LifetimeMeter meter) {
        super(parameters, crypto, meter, OUTCOMES);
        counter = new SequenceCounter(parameters.esn(), parameters.sequence(), SequenceCounter.NO_SOFT_THRESHOLD);
    }

    /** {@return the last sequence number handed out, unsigned} */
    public long lastSequence() {
        return counter.last();
    }

    /**
     * Takes numbers from the SA's counter for packets that are made elsewhere: the segments that a device cuts from a large
     * packet, and seals under them ({@link NumberedSealer}). No packet of a worker has one of them. The SA's lifetime does not
     * count them, in packets or in octets: who sends them keeps to it.
     *
     * @param packets how many, at least 1
     * @return the first of them, or {@link SequenceCounter#EXHAUSTED} if fewer are left; then the counter is as it was
     */
    public long reserve(int packets) {
        return counter.reserve(packets);
    }

    /** {@return how many packets ended in a way} */
    public long count(OutboundOutcome outcome) {
        return outcome == OutboundOutcome.ENCAPSULATED
                ? packets() - count(OutboundOutcome.NOT_SEALED.ordinal())
                : count(outcome.ordinal());
    }

    /**
     * {@return the room that must be free before a packet: what its headers grow by at most}
     *
     * @see Burst#add(int, int, int, int)
     */
    public int headroom() {
        return encapsulator().headroom();
    }

    /** {@return the room that must be free behind a packet: padding, trailer and ICV at most, without traffic flow padding} */
    public int tailroom() {
        return encapsulator().tailroom();
    }

    /**
     * {@return octets that a packet of a length grows by, all headers, padding and ICV; without traffic flow padding}
     *
     * @param packetOctets the length of an IPv4 packet without options, or of an IPv6 packet without extension headers
     */
    public int overheadOctets(int packetOctets) {
        return encapsulator().overheadOctets(packetOctets);
    }

    /**
     * {@return the longest packet whose result fits a path}
     *
     * @param pathMtu the most octets of an outer packet
     */
    public int innerMtu(int pathMtu) {
        return encapsulator().innerMtu(pathMtu);
    }

    SequenceCounter counter() {
        return counter;
    }

    Encapsulator encapsulator() {
        Encapsulator made = encapsulator;
        return made != null ? made : makeEncapsulator();
    }

    private Encapsulator makeEncapsulator() {
        Encapsulator made = Encapsulator.of(parameters());
        encapsulator = made;
        return made;
    }
}
