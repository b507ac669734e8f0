package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.policy.Flow;
import io.esp4j.replay.ReplayVerdict;
import io.esp4j.replay.Resynchronisation;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sad.SecurityAssociationDatabase;
import io.esp4j.wire.EspHeader;

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
    private static final byte ACCEPTED = (byte) InboundOutcome.ACCEPTED.ordinal();

    private final Worker worker;
    private final SecurityAssociationDatabase<InboundSa> sad;
    private final EspLocator locator;
    private final Flow flow = new Flow();
    private int lastSpi;
    private InboundSa lastSa;
    private int lastRun;

    Decapsulation(Worker worker, SecurityAssociationDatabase<InboundSa> sad, UdpPorts ports) {
        this.worker = worker;
        this.sad = sad;
        locator = new EspLocator(ports);
    }

    /** Steps 1 to 5: afterwards the burst's operations wait for crypto. */
    void prepare(Burst burst) {
        burst.depart();
        Runs runs = burst.runs;
        runs.begin();
        lastSa = null;
        int size = burst.size();
        for (int index = 0; index < size; index++) {
            InboundOutcome outcome = admit(burst, index);
            if (outcome == InboundOutcome.PENDING) {
                runs.append(index, burst.run[index], 0);
            } else {
                decide(burst, index, outcome);
            }
        }
        runs.order(burst.run);
        for (int run = 0; run < runs.count(); run++) {
            runs.operation(run, burst.operations.size());
            int to = runs.to(run);
            for (int position = runs.from(run); position < to; position++) {
                int index = runs.packet(position);
                burst.operations.add(burst.espAt[index], burst.espOctets[index], burst.sequence[index]);
            }
        }
    }

    private InboundOutcome admit(Burst burst, int index) {
        Memory memory = burst.memory;
        int at = burst.offset[index];
        InboundOutcome located = locator.locate(memory, at, burst.length[index], burst.framing);
        if (!locator.hasHeader()) {
            return located;
        }
        int espAt = locator.espAt();
        int espOctets = locator.end() - espAt;
        long header = memory.int64(espAt);
        int spi = EspHeader.spi(header);
        int low = EspHeader.sequenceLow(header);
        burst.spi[index] = spi;
        burst.sequence[index] = Integer.toUnsignedLong(low);
        if (located != InboundOutcome.PENDING) {
            return located; // a first fragment, whose SPI and number an audit tells (RFC 4303 §3.4.1)
        }
        burst.espAt[index] = espAt;
        burst.espOctets[index] = espOctets;
        InboundSa sa = find(burst, index, spi);
        if (sa == null) {
            return InboundOutcome.UNKNOWN_SPI;
        }
        long number = sa.window().infer(low);
        if (number != SequenceNumbers.NONE) {
            burst.sequence[index] = number;
        }
        if (!sa.decapsulator().isLength(espOctets)) {
            return InboundOutcome.MALFORMED;
        }
        if (locator.udpChecksumMissing() && !sa.parameters().zeroUdpChecksumOverIpv6()) {
            return InboundOutcome.NO_UDP_CHECKSUM;
        }
        if (worker.isExpired(sa)) {
            return InboundOutcome.LIFETIME_EXPIRED;
        }
        ReplayVerdict verdict = sa.window().check(number);
        return verdict == ReplayVerdict.ACCEPTED ? InboundOutcome.PENDING : refusal(verdict);
    }

    /** Most packets take the SA of the packet before: where the SPI alone decides, that one is not looked up again. */
    private InboundSa find(Burst burst, int index, int spi) {
        if (spi == lastSpi && lastSa != null) {
            burst.run[index] = lastRun;
            return lastSa;
        }
        InboundSa sa = burst.framing == Framing.IP
                ? sad.lookup(spi, burst.domain, burst.memory, burst.offset[index])
                : sad.lookup(spi, burst.domain);
        if (sa != null) {
            int run = burst.runs.of(sa);
            burst.run[index] = run;
            if (!sad.hasAddressEntries()) {
                lastSpi = spi;
                lastSa = sa;
                lastRun = run;
            }
        }
        return sa;
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
        for (int run = 0; run < runs.count(); run++) {
            if (runs.size(run) > 0) {
                finish(burst, run, (InboundSa) runs.sa(run));
            }
        }
    }

    private void finish(Burst burst, int run, InboundSa sa) {
        Runs runs = burst.runs;
        boolean restored = runs.restored(run);
        int operation = runs.operation(run);
        boolean limited = sa.meter().isLimited();
        int opened = 0;
        long octets = 0;
        int accepted = 0;
        int to = runs.to(run);
        for (int position = runs.from(run); position < to; position++) {
            int index = runs.packet(position);
            InboundOutcome outcome = commit(burst, operation++, index, sa, restored);
            if (outcome == InboundOutcome.PENDING) {
                int cipherOctets = sa.decapsulator().cipherOctets(burst.espOctets[index]);
                if (limited && !sa.meter().acquire(1, cipherOctets)) {
                    outcome = InboundOutcome.LIFETIME_EXPIRED;
                } else {
                    opened++;
                    octets += cipherOctets;
                    outcome = unwrap(burst, index, sa);
                }
            }
            if (outcome == InboundOutcome.ACCEPTED) {
                burst.outcome[index] = ACCEPTED;
                accepted++;
            } else {
                decide(burst, index, outcome);
            }
        }
        if (opened > 0 && !limited) {
            sa.meter().acquire(opened, octets);
        }
        if (accepted > 0) {
            sa.count(ACCEPTED, accepted);
            worker.accepted(accepted);
        }
        worker.softLimits(sa);
    }

    private InboundOutcome commit(Burst burst, int operation, int index, InboundSa sa, boolean restored) {
        byte status = burst.operations.status(operation);
        if (status == CryptoBurst.ICV_MISMATCH) {
            if (sa.resynchronisation() == null || !resynchronise(burst, operation, index, sa, restored)) {
                return InboundOutcome.ICV_MISMATCH;
            }
        } else if (status != CryptoBurst.DONE) {
            return InboundOutcome.NOT_OPENED;
        }
        ReplayVerdict verdict = sa.window().commit(burst.sequence[index]);
        return verdict == ReplayVerdict.ACCEPTED ? InboundOutcome.PENDING : refusal(verdict);
    }

    /** RFC 4303 Appendix A3. {@return whether the packet opened under a higher high half, which is its number now} */
    private boolean resynchronise(Burst burst, int operation, int index, InboundSa sa, boolean restored) {
        long inferred = burst.sequence[index];
        int attempts = sa.resynchronisation().icvFailed(inferred, worker.nanos());
        if (!restored) {
            return false;
        }
        for (int attempt = 1; attempt <= attempts; attempt++) {
            long candidate = Resynchronisation.candidate(inferred, attempt);
            burst.operations.retry(operation, candidate);
            worker.open(burst, operation, operation + 1, sa, true);
            if (burst.operations.status(operation) == CryptoBurst.DONE) {
                burst.sequence[index] = candidate;
                return true;
            }
        }
        return false;
    }

    private InboundOutcome unwrap(Burst burst, int index, InboundSa sa) {
        if (sa.resynchronisation() != null) {
            sa.resynchronisation().accepted();
        }
        InboundOutcome outcome = sa.decapsulator().unwrap(burst, index, burst.espAt[index], burst.espOctets[index], sa);
        if (outcome == InboundOutcome.ACCEPTED && sa.selector() != null && !isSelected(burst, index, sa)) {
            return InboundOutcome.SELECTOR_MISMATCH;
        }
        return outcome;
    }

    private boolean isSelected(Burst burst, int index, InboundSa sa) {
        return flow.parse(burst.memory, burst.offset[index], burst.length[index])
                && sa.selector().matches(flow);
    }

    private void decide(Burst burst, int index, InboundOutcome outcome) {
        burst.outcome[index] = (byte) outcome.ordinal();
        worker.decided(burst, index, outcome);
    }
}
