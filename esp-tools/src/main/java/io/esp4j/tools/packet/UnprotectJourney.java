package io.esp4j.tools.packet;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.SecurityAssociation;
import io.esp4j.dataplane.Worker;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** ESP packets become the packets that they carry. Threads: single owner thread. */
final class UnprotectJourney extends PacketJourney {
    private final Dataplane dataplane;
    private final Worker worker;
    private final Burst burst = new Burst(1);
    private final List<InboundSa> sas = new ArrayList<>();
    private final IdentityHashMap<SecurityAssociation, Integer> positions = new IdentityHashMap<>();
    private final long[] highest;

    UnprotectJourney(SaFile file, SoftLifetimes lifetimes) {
        dataplane = Dataplane.builder().listener(lifetimes).build();
        worker = dataplane.newWorker();
        highest = new long[file.entries().size()];
        for (SaEntry entry : file.entries()) {
            InboundSa sa = add(entry);
            lifetimes.name(sa, entry.name());
            highest[sas.size()] = entry.sequence();
            positions.put(sa, sas.size());
            sas.add(sa);
        }
    }

    private InboundSa add(SaEntry entry) {
        try {
            return dataplane.addInbound(
                    entry.builder().sharedKey(entry.allowSharedKey()).build(), entry.material(), entry.selector());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UserError("SA \"" + entry.name() + "\": " + e.getMessage());
        }
    }

    @Override
    Verdict take(int octets) {
        burst.reset(memory());
        burst.add(PACKET_AT, octets);
        worker.decapsulate(burst);
        InboundOutcome outcome = burst.inbound(0);
        SecurityAssociation sa = burst.sa(0);
        if (sa != null || outcome == InboundOutcome.UNKNOWN_SPI) {
            identify(burst.spi(0), burst.sequence(0));
        } else {
            anonymous();
        }
        if (outcome == InboundOutcome.ACCEPTED || outcome == InboundOutcome.DUMMY) {
            note(positions.get(sa), burst.sequence(0));
        }
        return Verdict.of(outcome);
    }

    /** The window knows the highest number, except that there is no window where anti-replay is off. */
    private void note(int sa, long number) {
        if (SequenceNumbers.isAbove(number, highest[sa])) {
            highest[sa] = number;
        }
    }

    @Override
    int resultAt() {
        return burst.offset(0);
    }

    @Override
    int resultOctets() {
        return burst.length(0);
    }

    @Override
    long sequence(int sa) {
        InboundSa inbound = sas.get(sa);
        return inbound.parameters().replayWindow() == 0 ? highest[sa] : inbound.highestSequence();
    }

    @Override
    public void close() {
        worker.close();
        dataplane.close();
    }
}
