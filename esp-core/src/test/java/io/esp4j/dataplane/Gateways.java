package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.policy.Selector;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import java.util.function.Consumer;

/** Two ends of one SA, each a dataplane with one worker. Threads: single owner thread. */
final class Gateways implements AutoCloseable {
    static final CryptoProvider JDK = CryptoProviders.load().named("jdk");

    final Dataplane sending;
    final Dataplane receiving;
    final Worker sender;
    final Worker receiver;
    final OutboundSa out;
    final InboundSa in;
    final Keys keys;
    Bench bench = Bench.heap();

    Gateways(SaParameters outbound, SaParameters inbound, Consumer<Dataplane.Builder> settings) {
        this(outbound, inbound, null, settings);
    }

    Gateways(SaParameters outbound, SaParameters inbound, Selector selector, Consumer<Dataplane.Builder> settings) {
        Dataplane.Builder builder = Dataplane.builder().provider(JDK);
        settings.accept(builder);
        keys = Keys.of(outbound.transform(), 7);
        sending = builder.build();
        receiving = builder.build();
        sender = sending.newWorker();
        receiver = receiving.newWorker();
        out = sending.addOutbound(outbound, keys.material());
        in = receiving.addInbound(inbound, keys.material(), selector);
    }

    static Gateways of(SaBuilder both) {
        return of(both, both);
    }

    static Gateways of(SaBuilder outbound, SaBuilder inbound) {
        return new Gateways(outbound.build(), inbound.build(), settings -> {});
    }

    static Gateways of(SaBuilder both, Consumer<Dataplane.Builder> settings) {
        return new Gateways(both.build(), both.build(), settings);
    }

    /** The ESP packet of a packet that must be encapsulated. */
    byte[] seal(byte[] packet) {
        assertEquals(OutboundOutcome.ENCAPSULATED, bench.encapsulate(sender, out, packet));
        return bench.packet();
    }

    OutboundOutcome trySeal(byte[] packet) {
        return bench.encapsulate(sender, out, packet);
    }

    InboundOutcome tryOpen(byte[] wire) {
        return bench.decapsulate(receiver, wire, growth(), Framing.IP, 0);
    }

    /** The inner packet of a packet that must be accepted. */
    byte[] open(byte[] wire) {
        assertEquals(InboundOutcome.ACCEPTED, tryOpen(wire));
        return bench.packet();
    }

    /** Only in BEET mode can a packet begin further left than the one that carried it. */
    private int growth() {
        return in.parameters().innerSource() == null ? 0 : 40;
    }

    @Override
    public void close() {
        sender.close();
        receiver.close();
        sending.close();
        receiving.close();
    }
}
