package io.esp4j.dataplane;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.replay.SequenceCounter;

/**
 * The way out, in packet order.
 *
 * <ol>
 *   <li>A policy has put an SA to each packet ({@link Burst#route}); none is {@code NO_POLICY}.
 *   <li>Packets of one SA become a run.
 *   <li>Measure: a whole IP packet, one that the mode takes, within the MTU, with room around it.
 *   <li>Admit: the lifetime counts the run, the counter gives it numbers.
 *   <li>Write: padding, trailer, IV, ESP header, outer header. A mode that {@link Encapsulator#drafts} has done so while measuring, and
 *       does it again where somebody else took the numbers meanwhile.
 *   <li>Crypto: every run is sealed, here or elsewhere, now or later.
 *   <li>Finish: what needs the sealed octets, and the outcome.
 * </ol>
 *
 * <p>Threads: single owner thread, its worker's.
 */
final class Encapsulation {
    private static final int ENCAPSULATED = OutboundOutcome.ENCAPSULATED.ordinal();

    private final Worker worker;
    private final Randomness random;

    Encapsulation(Worker worker, Randomness random) {
        this.worker = worker;
        this.random = random;
    }

    /** Steps 1 to 5 for packets that all take one SA: afterwards the burst's operations wait for crypto. */
    void prepare(Burst burst, OutboundSa sa) {
        burst.depart();
        measure(burst, 0, burst.size(), burst.runs.of(sa));
        write(burst);
    }

    /** Steps 1 to 5 for packets that were routed. */
    void prepare(Burst burst) {
        burst.depart();
        int index = 0;
        while (index < burst.size()) {
            int from = index;
            int run = burst.run(from);
            do {
                index++;
            } while (index < burst.size() && burst.run(index) == run);
            if (run == Runs.NONE) {
                refuse(burst, from, index);
            } else {
                measure(burst, from, index, burst.runs.get(run));
            }
        }
        burst.runs.order(burst);
        write(burst);
    }

    private void refuse(Burst burst, int from, int to) {
        for (int index = from; index < to; index++) {
            refuse(burst, index, OutboundOutcome.NO_POLICY);
        }
    }

    /** Steps 4 and 5. */
    private void write(Burst burst) {
        Runs runs = burst.runs;
        for (int number = 0; number < runs.count(); number++) {
            Run run = runs.get(number);
            if (run.packets() > 0) {
                OutboundSa sa = (OutboundSa) run.sa();
                long first = admit(burst, run, sa);
                if (!sa.encapsulator().drafts() || !isDrafted(burst, run, first)) {
                    sa.encapsulator().write(burst, run, first, random);
                }
            }
        }
    }

    /** Whether the packets carry the numbers that they got. */
    private static boolean isDrafted(Burst burst, Run run, long first) {
        int packets = run.packets();
        return packets == 0
                || (burst.operations.sequence(run.from()) == first
                        && burst.operations.sequence(run.to() - 1) == first + packets - 1);
    }

    /** Steps 2 and 3 for packets in a row that take one SA. */
    private void measure(Burst burst, int from, int to, Run run) {
        OutboundSa sa = (OutboundSa) run.sa();
        Encapsulator encapsulator = sa.encapsulator();
        burst.runs.enter(run);
        if (encapsulator.drafts() && run.packets() == 0) {
            run.draftedFrom(sa.counter().last() + 1);
        }
        long octets = encapsulator.measure(burst, from, to, run, random);
        int packets = burst.runs.leave(run, octets);
        if (packets < to - from) {
            tellRefused(burst, from, to);
        }
    }

    private void tellRefused(Burst burst, int from, int to) {
        for (int index = from; index < to; index++) {
            OutboundOutcome outcome = burst.outbound(index);
            if (outcome != OutboundOutcome.PENDING) {
                worker.refused(burst, index, outcome);
            }
        }
    }

    /** {@return the first of the numbers for the run's packets} */
    private long admit(Burst burst, Run run, OutboundSa sa) {
        int packets = run.packets();
        long octets = run.octets();
        worker.tick(sa);
        if (sa.meter().acquire(worker.number(), packets, octets)) {
            long first = sa.counter().reserve(packets);
            if (first != SequenceCounter.EXHAUSTED) {
                return first;
            }
            sa.meter().release(worker.number(), packets, octets);
        }
        return admitAsManyAsPossible(burst, run, sa);
    }

    /** Near a limit the run is cut: its first packets go, the rest do not. */
    private long admitAsManyAsPossible(Burst burst, Run run, OutboundSa sa) {
        int from = run.from();
        int to = run.to();
        OutboundOutcome reason = OutboundOutcome.LIFETIME_EXPIRED;
        int admitted = 0;
        while (from + admitted < to
                && sa.meter().acquire(worker.number(), 1, cipherOctets(burst, from + admitted, sa))) {
            admitted++;
        }
        long first = SequenceCounter.EXHAUSTED;
        while (admitted > 0) {
            first = sa.counter().reserve(admitted);
            if (first != SequenceCounter.EXHAUSTED) {
                break;
            }
            admitted--;
            sa.meter().release(worker.number(), 1, cipherOctets(burst, from + admitted, sa));
            reason = OutboundOutcome.SEQUENCE_EXHAUSTED;
        }
        for (int position = from + admitted; position < to; position++) {
            int index = burst.operations.packet(position);
            sa.encapsulator().withdraw(burst, index);
            refuse(burst, index, reason);
        }
        run.cut(admitted);
        return first;
    }

    private static int cipherOctets(Burst burst, int position, OutboundSa sa) {
        return sa.encapsulator().esp.cipherOctets(burst.payloadOctets(burst.operations.packet(position)));
    }

    /** Step 7, when every operation is complete. */
    void finish(Burst burst) {
        Runs runs = burst.runs;
        for (int number = 0; number < runs.count(); number++) {
            Run run = runs.get(number);
            if (run.packets() > 0) {
                finish(burst, run, (OutboundSa) run.sa());
            }
            worker.softLimits(run.sa()); // of a run without packets too: its SA may have expired
        }
    }

    private void finish(Burst burst, Run run, OutboundSa sa) {
        int unsealed = judge(burst, run);
        if (sa.encapsulator().finishes()) {
            complete(burst, run, sa.encapsulator());
        }
        worker.encapsulated(run.packets() - unsealed);
    }

    /** Only what is sealed becomes {@code ENCAPSULATED}. {@return how many packets are not} */
    private int judge(Burst burst, Run run) {
        int unsealed = 0;
        int to = run.to();
        for (int position = run.from(); position < to; position++) {
            int index = burst.operations.packet(position);
            if (burst.operations.status(position) == CryptoBurst.DONE) {
                burst.outcome(index, ENCAPSULATED);
            } else {
                burst.view(index, burst.offset(index), 0); // what lies there is not for the wire
                refuse(burst, index, OutboundOutcome.NOT_SEALED);
                unsealed++;
            }
        }
        return unsealed;
    }

    private static void complete(Burst burst, Run run, Encapsulator encapsulator) {
        for (int position = run.from(); position < run.to(); position++) {
            int index = burst.operations.packet(position);
            if (burst.outcome(index) == ENCAPSULATED) {
                encapsulator.finish(burst, index);
            }
        }
    }

    private void refuse(Burst burst, int index, OutboundOutcome outcome) {
        burst.outcome(index, outcome.ordinal());
        worker.refused(burst, index, outcome);
    }
}
