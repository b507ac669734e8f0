package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.policy.Flow;
import io.esp4j.policy.SelectorCheck;
import io.esp4j.replay.ReplayVerdict;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.Resynchronisation;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sad.SecurityAssociationDatabase;

/**
 * The way in, in packet order.
 *
 * <ol>
 *   <li>Locate: is it ESP, whole, and where (RFC 4303 §3.4.1, RFC 3948 §2)?
 *   <li>SA: by SPI, and by addresses where an entry asks for them (§3.4.2).
 *   <li>Infer the 64-bit number, once: whatever becomes of the packet, it is told with this number.
 *   <li>Length and lifetime; then check the number against the window, which does not move (§3.4.3).
 *   <li>Packets of one SA become a run. Crypto: every run is opened, here or elsewhere, now or later (§3.4.4).
 *   <li>Commit: the window judges again, and moves.
 *   <li>Unwrap: lifetime, trailer, padding, inner header, ECN; then the SA's selectors (RFC 4301 §5.2).
 * </ol>
 *
 * <p>Threads: single owner thread, its worker's.
 */
final class Decapsulation {
    private static final int PENDING = InboundOutcome.PENDING.ordinal();
    private static final int ACCEPTED = InboundOutcome.ACCEPTED.ordinal();
    private static final int LIFETIME_EXPIRED = InboundOutcome.LIFETIME_EXPIRED.ordinal();
    private static final int ICV_MISMATCH = InboundOutcome.ICV_MISMATCH.ordinal();
    private static final int NOT_OPENED = InboundOutcome.NOT_OPENED.ordinal();
    private static final int SELECTOR_MISMATCH = InboundOutcome.SELECTOR_MISMATCH.ordinal();
    private static final int NO_UDP_CHECKSUM = InboundOutcome.NO_UDP_CHECKSUM.ordinal();

    private final Worker worker;
    private final SecurityAssociationDatabase<InboundSa> sad;
    private final EspLocator locator;
    private final Flow flow = new Flow();
    private final SelectorCheck<InboundSa> check = new SelectorCheck<>();

    Decapsulation(Worker worker, SecurityAssociationDatabase<InboundSa> sad, UdpPorts ports) {
        this.worker = worker;
        this.sad = sad;
        locator = new EspLocator(ports);
    }

    /** Steps 1 to 5: afterwards the burst's operations wait for crypto. */
    void prepare(Burst burst) {
        burst.depart();
        Runs runs = burst.runs;
        locator.locate(burst);
        int size = burst.size();
        int index = 0;
        while (index < size) {
            if (isLocated(burst, index)) {
                index = admit(burst, index);
            } else {
                worker.decided(burst, index, burst.inbound(index));
                index++;
            }
        }
        runs.order(burst);
    }

    private static boolean isLocated(Burst burst, int index) {
        int outcome = burst.outcome(index);
        return outcome == PENDING || outcome == NO_UDP_CHECKSUM;
    }

    /**
     * Steps 2 to 4 for packets in a row that have one SPI.
     *
     * @return the index after them
     */
    private int admit(Burst burst, int from) {
        InboundSa sa = find(burst, from);
        if (sa == null) {
            decide(burst, from, InboundOutcome.UNKNOWN_SPI);
            return from + 1;
        }
        return admit(burst, from, sa);
    }

    private InboundSa find(Burst burst, int index) {
        return burst.framing == Framing.IP
                ? sad.lookup(burst.spi(index), burst.domain, burst.memory, burst.offset(index))
                : sad.lookup(burst.spi(index), burst.domain);
    }

    private int admit(Burst burst, int from, InboundSa sa) {
        Runs runs = burst.runs;
        Run run = runs.of(sa);
        ReplayWindow window = sa.window();
        long top = window.top();
        Decapsulator decapsulator = sa.decapsulator();
        boolean expired = worker.isExpired(sa);
        long octets = 0;
        // Where addresses count, each packet is looked up for itself.
        int end = sad.hasAddressEntries() ? from + 1 : burst.size();
        int spi = burst.spi(from);
        runs.enter(run);
        int index = from;
        for (; index < end && burst.spi(index) == spi && isLocated(burst, index); index++) {
            burst.run(index, run.number());
            long number = window.infer((int) burst.sequence(index), top);
            if (number != SequenceNumbers.NONE) {
                burst.operations.packetSequence(index, number);
            }
            if (!decapsulator.isLength(burst.espLength(index))) {
                decide(burst, index, InboundOutcome.MALFORMED);
            } else if (burst.outcome(index) == NO_UDP_CHECKSUM
                    && !sa.parameters().zeroUdpChecksumOverIpv6()) {
                decide(burst, index, InboundOutcome.NO_UDP_CHECKSUM);
            } else if (expired) {
                decide(burst, index, InboundOutcome.LIFETIME_EXPIRED);
            } else {
                ReplayVerdict verdict = window.check(number, top);
                if (verdict == ReplayVerdict.ACCEPTED) {
                    burst.outcome(index, PENDING);
                    burst.operations.append(index);
                    octets += decapsulator.cipherOctets(burst.espLength(index));
                } else {
                    decide(burst, index, refusal(verdict));
                }
            }
        }
        runs.leave(run, octets);
        return index;
    }

    private static InboundOutcome refusal(ReplayVerdict verdict) {
        return verdict == ReplayVerdict.REPLAYED ? InboundOutcome.REPLAYED : InboundOutcome.TOO_OLD;
    }

    /** Whether the octets of packets that fail will be needed again: a resynchronisation may be due within this run. */
    static boolean needsRestore(InboundSa sa, int packets) {
        Resynchronisation resynchronisation = sa.resynchronisation();
        return resynchronisation != null
                && resynchronisation.failures() + packets
                        >= sa.parameters().resynchronisation().failureThreshold();
    }

    /** Steps 6 and 7, when every operation is complete. */
    void finish(Burst burst) {
        Runs runs = burst.runs;
        for (int number = 0; number < runs.count(); number++) {
            Run run = runs.get(number);
            if (run.packets() > 0) {
                finish(burst, run, (InboundSa) run.sa());
            }
            worker.softLimits(run.sa()); // of a run without packets too: its SA may have expired
        }
    }

    private void finish(Burst burst, Run run, InboundSa sa) {
        int packets = run.packets();
        int opened = commitLeading(burst, run, sa);
        if (opened == packets) {
            sa.meter().count(worker.number(), packets, run.octets());
        } else {
            opened += commitEach(burst, run, sa, opened);
            if (opened > 0) {
                count(burst, run, sa);
            }
        }
        int accepted = opened > 0 ? unwrap(burst, run, sa) : 0;
        if (accepted < packets) {
            tellOthers(burst, run);
        }
    }

    private int unwrap(Burst burst, Run run, InboundSa sa) {
        int accepted = sa.decapsulator().unwrap(burst, run, sa);
        if (sa.selector() != null) {
            accepted -= deselect(burst, run, sa);
        }
        if (accepted > 0) {
            worker.accepted(accepted);
        }
        return accepted;
    }

    /**
     * Step 6 for a run as it should be: all packets authentic, in order and without a gap. {@return how many of them were
     * received by this, the first ones; mostly all or none}
     */
    private static int commitLeading(Burst burst, Run run, InboundSa sa) {
        CryptoBurst operations = burst.operations;
        int from = run.from();
        int to = run.to();
        long first = operations.sequence(from);
        long expected = first;
        for (int position = from; position < to; position++) {
            if (operations.status(position) != CryptoBurst.DONE || operations.sequence(position) != expected) {
                return 0;
            }
            expected++;
        }
        int committed = sa.meter().isLimited() ? 0 : sa.window().commitLeading(first, to - from);
        if (committed > 0 && sa.resynchronisation() != null) {
            sa.resynchronisation().accepted();
        }
        return committed;
    }

    /**
     * Step 6 for the rest of a run. Afterwards the outcome of a packet that is authentic and new is {@code PENDING}. {@return how
     * many of the rest are}
     */
    private int commitEach(Burst burst, Run run, InboundSa sa, int committed) {
        ReplayWindow window = sa.window();
        Resynchronisation resynchronisation = sa.resynchronisation();
        boolean restored = run.restored();
        int opened = 0;
        int to = run.to();
        for (int position = run.from() + committed; position < to; position++) {
            int index = burst.operations.packet(position);
            byte status = burst.operations.status(position);
            if (status == CryptoBurst.DONE || isResynchronised(burst, position, index, sa, status, restored)) {
                ReplayVerdict verdict = window.commit(burst.sequence(index));
                if (verdict != ReplayVerdict.ACCEPTED) {
                    burst.outcome(index, refusal(verdict).ordinal());
                    continue;
                }
                opened++;
                if (resynchronisation != null) {
                    resynchronisation.accepted();
                }
            } else {
                burst.outcome(index, status == CryptoBurst.ICV_MISMATCH ? ICV_MISMATCH : NOT_OPENED);
            }
        }
        return opened;
    }

    private boolean isResynchronised(
            Burst burst, int operation, int index, InboundSa sa, byte status, boolean restored) {
        return status == CryptoBurst.ICV_MISMATCH
                && sa.resynchronisation() != null
                && resynchronise(burst, operation, index, sa, restored);
    }

    /** RFC 4303 Appendix A3. {@return whether the packet opened under a higher high half, which is its number now} */
    private boolean resynchronise(Burst burst, int operation, int index, InboundSa sa, boolean restored) {
        long inferred = burst.sequence(index);
        int attempts = sa.resynchronisation().icvFailed(inferred, worker.nanos());
        if (!restored) {
            return false;
        }
        for (int attempt = 1; attempt <= attempts; attempt++) {
            long candidate = Resynchronisation.candidate(inferred, attempt);
            burst.operations.retry(operation, candidate);
            worker.open(burst, operation, operation + 1, sa, true);
            if (burst.operations.status(operation) == CryptoBurst.DONE) {
                return true;
            }
        }
        burst.operations.retry(operation, inferred);
        return false;
    }

    /** The lifetime counts what is authentic and new. */
    private void count(Burst burst, Run run, InboundSa sa) {
        LifetimeMeter meter = sa.meter();
        Decapsulator decapsulator = sa.decapsulator();
        boolean limited = meter.isLimited();
        int opened = 0;
        long octets = 0;
        int to = run.to();
        for (int position = run.from(); position < to; position++) {
            int index = burst.operations.packet(position);
            if (burst.outcome(index) == PENDING) {
                int cipherOctets = decapsulator.cipherOctets(burst.espLength(index));
                if (!limited) {
                    opened++;
                    octets += cipherOctets;
                } else if (!meter.acquire(worker.number(), 1, cipherOctets)) {
                    burst.outcome(index, LIFETIME_EXPIRED);
                }
            }
        }
        if (opened > 0) {
            meter.count(worker.number(), opened, octets);
        }
    }

    /** {@return how many packets were accepted and are not after all: their SA may not carry them} */
    private int deselect(Burst burst, Run run, InboundSa sa) {
        int deselected = 0;
        for (int position = run.from(); position < run.to(); position++) {
            int index = burst.operations.packet(position);
            if (burst.outcome(index) == ACCEPTED && !isSelected(burst, index, sa)) {
                burst.outcome(index, SELECTOR_MISMATCH);
                deselected++;
            }
        }
        return deselected;
    }

    /** Those in a row that ended alike are counted at once. */
    private void tellOthers(Burst burst, Run run) {
        int to = run.to();
        int position = run.from();
        while (position < to) {
            int from = position;
            int outcome = burst.outcome(burst.operations.packet(from));
            do {
                position++;
            } while (position < to && burst.outcome(burst.operations.packet(position)) == outcome);
            if (outcome != ACCEPTED) {
                worker.decided(burst, from, position, burst.inbound(burst.operations.packet(from)));
            }
        }
    }

    private boolean isSelected(Burst burst, int index, InboundSa sa) {
        return flow.parse(burst.memory, burst.offset(index), burst.length(index))
                && check.accepts(
                        flow, sa.selector(), false, sa, 0); // without agreement no time plays a part (RFC 4301 §7.3)
    }

    private void decide(Burst burst, int index, InboundOutcome outcome) {
        burst.outcome(index, outcome.ordinal());
        worker.decided(burst, index, outcome);
    }
}
