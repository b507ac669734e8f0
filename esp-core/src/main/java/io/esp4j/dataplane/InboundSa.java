package io.esp4j.dataplane;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.policy.Selector;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.Resynchronisation;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SadEntry;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.util.EnumSet;
import java.util.Set;

/** An SA that receives. Threads: thread-safe if it was made for several workers, otherwise one worker at a time. */
public final class InboundSa extends SecurityAssociation implements SadEntry {
    private static final int OUTCOMES = InboundOutcome.values().length;
    private static final Set<InboundOutcome> REFUSED_AFTERWARDS = EnumSet.of(
            InboundOutcome.DUMMY,
            InboundOutcome.MALFORMED_PLAINTEXT,
            InboundOutcome.ECN_VIOLATION,
            InboundOutcome.SELECTOR_MISMATCH,
            InboundOutcome.NO_ROOM);

    private final int spi;
    private final int domain;
    private final ReplayWindow window;
    private final Resynchronisation resynchronisation;
    private final Decapsulator decapsulator;
    private final Selector selector;

    InboundSa(SaParameters parameters, SaCrypto crypto, LifetimeMeter meter, Selector selector, long nowNanos) {
        super(parameters, crypto, meter, OUTCOMES + 1);
        spi = parameters.spi();
        domain = parameters.domain();
        int packets = parameters.replayWindow();
        window = parameters.severalWorkers()
                ? ReplayWindow.lockFree(packets, parameters.esn(), parameters.sequence())
                : ReplayWindow.singleOwner(packets, parameters.esn(), parameters.sequence());
        if (parameters.allReceived()) {
            receiveAllUpTo(parameters.sequence());
        }
        resynchronisation = parameters.esn() && parameters.resynchronisation() != null
                ? new Resynchronisation(parameters.resynchronisation(), nowNanos)
                : null;
        decapsulator = Decapsulator.of(parameters);
        this.selector = selector;
    }

    private void receiveAllUpTo(long top) {
        for (int below = window.windowPackets() - 1; below > 0; below--) {
            if (SequenceNumbers.isAbove(top, below)) {
                window.commit(top - below);
            }
        }
    }

    @Override
    public int spi() {
        return spi;
    }

    @Override
    public int domain() {
        return domain;
    }

    @Override
    public SadMatch match() {
        return parameters().match();
    }

    @Override
    public IpAddress destination() {
        return parameters().destination();
    }

    @Override
    public IpAddress source() {
        return parameters().source();
    }

    /** {@return the highest sequence number received, unsigned} */
    public long highestSequence() {
        return window.top();
    }

    /** {@return what it may carry, or null for anything} */
    public Selector selector() {
        return selector;
    }

    /** {@return how many packets ended in a way; those that a worker has in hand may count as accepted} */
    public long count(InboundOutcome outcome) {
        return outcome == InboundOutcome.ACCEPTED ? packets() - refusedAfterwards() : count(outcome.ordinal());
    }

    /** Packets that the lifetime counts, being authentic and new, and that are not accepted all the same. */
    private long refusedAfterwards() {
        long refused = 0;
        for (InboundOutcome outcome : REFUSED_AFTERWARDS) {
            refused += count(outcome.ordinal());
        }
        return refused;
    }

    /** {@return packets that made sense inside and whose padding was not 1, 2, 3 …; those that a selector refused then among them} */
    public long unusualPadding() {
        return count(OUTCOMES);
    }

    void countUnusualPadding() {
        count(OUTCOMES, 1);
    }

    ReplayWindow window() {
        return window;
    }

    /** {@return the resynchronisation, or null if there is none} */
    Resynchronisation resynchronisation() {
        return resynchronisation;
    }

    Decapsulator decapsulator() {
        return decapsulator;
    }
}
