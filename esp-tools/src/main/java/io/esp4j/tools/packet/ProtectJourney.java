package io.esp4j.tools.packet;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.policy.AddressRange;
import io.esp4j.policy.Flow;
import io.esp4j.policy.Selector;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaParameters;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.terminal.UserError;
import java.util.ArrayList;
import java.util.List;

/** IP packets become ESP packets: each takes the first SA that is for it. Threads: single owner thread. */
final class ProtectJourney extends PacketJourney {
    private final Dataplane dataplane;
    private final Worker worker;
    private final Burst burst = new Burst(1);
    private final Flow flow = new Flow();
    private final List<Choice> choices = new ArrayList<>();

    /** One SA and the packets that it is for; in transport mode only those between its two addresses. */
    private record Choice(OutboundSa sa, Selector selector, Selector addresses) {
        boolean isFor(Flow packet) {
            return addresses.matches(packet) && selector.matches(packet);
        }
    }

    ProtectJourney(SaFile file, SoftLifetimes lifetimes) {
        file.requireOwnKeysForSending();
        dataplane = Dataplane.builder().listener(lifetimes).build();
        worker = dataplane.newWorker();
        for (SaEntry entry : file.entries()) {
            OutboundSa sa = add(entry);
            lifetimes.name(sa, entry.name());
            choices.add(new Choice(sa, entry.selector(), addresses(entry)));
        }
    }

    private OutboundSa add(SaEntry entry) {
        boolean shared = entry.allowSharedKey() && !entry.transform().combined();
        try {
            SaParameters parameters = entry.builder().sharedKey(shared).build();
            return dataplane.addOutbound(parameters, entry.material());
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UserError("SA \"" + entry.name() + "\": " + e.getMessage());
        }
    }

    private static Selector addresses(SaEntry entry) {
        return entry.mode() == Mode.TRANSPORT
                ? Selector.builder()
                        .source(AddressRange.of(entry.source()))
                        .destination(AddressRange.of(entry.destination()))
                        .build()
                : Selector.ANY;
    }

    @Override
    Verdict take(int octets) {
        anonymous();
        if (!flow.parse(memory(), PACKET_AT, octets)) {
            return Verdict.MALFORMED;
        }
        burst.reset(memory());
        burst.add(PACKET_AT, octets);
        burst.route(0, choose());
        worker.encapsulate(burst);
        OutboundOutcome outcome = burst.outbound(0);
        if (outcome == OutboundOutcome.ENCAPSULATED) {
            identify(burst.spi(0), burst.sequence(0));
        }
        return Verdict.of(outcome);
    }

    private OutboundSa choose() {
        for (Choice choice : choices) {
            if (choice.isFor(flow)) {
                return choice.sa();
            }
        }
        return null;
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
        return choices.get(sa).sa().lastSequence();
    }

    @Override
    public void close() {
        worker.close();
        dataplane.close();
    }
}
