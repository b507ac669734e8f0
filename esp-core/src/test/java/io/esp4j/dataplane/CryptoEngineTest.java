package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.CryptoContext;
import io.esp4j.crypto.CryptoKey;
import io.esp4j.crypto.CryptoSession;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaBuilder;
import java.security.ProviderException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CryptoEngineTest {
    private static final byte[] INNER = v4().build();

    private final Gateways ends = Gateways.of(Sas.tunnel(Sas.GCM));
    private final CryptoKey key = Gateways.JDK.expand(Sas.GCM, false, ends.keys.material());
    private final CryptoContext context = Gateways.JDK.newContext();
    private final CryptoSession device = context.session(key);

    @AfterEach
    void close() {
        ends.close();
        context.close();
        key.close();
    }

    private static CryptoBurst operation(Memory memory, int espAt, int espOctets, long sequence) {
        CryptoBurst operation = new CryptoBurst(1);
        operation.reset(memory);
        operation.add(espAt, espOctets, sequence);
        return operation;
    }

    @Test
    @DisplayName("what a device seals after the journey is what the worker's own session would have sealed")
    void shouldLetADeviceSealLater() {
        Burst burst = Volley.burst(INNER);
        try (Worker worker = ends.sending.newWorker(software -> new Engine(CryptoBurst.DONE))) {
            worker.encapsulate(burst, ends.out);
        }
        assertEquals(OutboundOutcome.ENCAPSULATED, burst.outbound(0));
        int espAt = burst.offset(0) + 20;
        device.seal(operation(burst.memory(), espAt, burst.length(0) - 20, burst.sequence(0)), 0, 1);
        assertArrayEquals(INNER, ends.open(burst.octets(0)));
    }

    @Test
    @DisplayName("a packet that a device has opened is judged, committed and unwrapped without opening it again")
    void shouldTakeWhatADeviceOpened() {
        byte[] wire = ends.seal(INNER);
        Burst burst = Volley.burst(wire);
        CryptoBurst operation = operation(burst.memory(), burst.offset(0) + 20, wire.length - 20, 1);
        device.open(operation, 0, 1, false);
        assertEquals(CryptoBurst.DONE, operation.status(0));
        try (Worker worker = ends.receiving.newWorker(software -> new Engine(CryptoBurst.DONE))) {
            worker.decapsulate(burst);
        }
        assertEquals(InboundOutcome.ACCEPTED, burst.inbound(0));
        assertArrayEquals(INNER, burst.octets(0));
        assertEquals(InboundOutcome.REPLAYED, ends.tryOpen(wire));
    }

    @Test
    @DisplayName("what a device does not complete is neither sent nor accepted")
    void shouldRefuseWhatIsNotComplete() {
        byte[] wire = ends.seal(INNER);
        Burst out = Volley.burst(INNER);
        Burst in = Volley.burst(wire);
        try (Worker sender = ends.sending.newWorker(software -> new Engine(CryptoBurst.PENDING));
                Worker receiver = ends.receiving.newWorker(software -> new Engine(CryptoBurst.PENDING))) {
            sender.encapsulate(out, ends.out);
            receiver.decapsulate(in);
        }
        assertEquals(OutboundOutcome.NOT_SEALED, out.outbound(0));
        assertEquals(0, out.length(0));
        assertEquals(InboundOutcome.NOT_OPENED, in.inbound(0));
    }

    @Test
    @DisplayName("after a device has thrown, no packet of the burst counts as sent, in any mode")
    void shouldNotShowPlaintextAsEncapsulatedAfterAnException() {
        for (SaBuilder mode :
                List.of(Sas.tunnel(Sas.GCM), Sas.transport(Sas.GCM, false), Sas.beet(Sas.GCM, false, false))) {
            WatchedProvider provider = new WatchedProvider(Gateways.JDK);
            provider.before = () -> {
                throw new ProviderException("unplugged");
            };
            byte[] packet = v4().build();
            try (Gateways broken = Gateways.of(mode, settings -> settings.provider(provider))) {
                Burst burst = Volley.burst(packet, packet);
                assertThrows(ProviderException.class, () -> broken.sender.encapsulate(burst, broken.out));
                assertEquals(List.of(OutboundOutcome.PENDING, OutboundOutcome.PENDING), Volley.outbound(burst));
            }
        }
    }

    @Test
    @DisplayName("a device can leave packets to the worker's own sessions")
    void shouldFallBackToSoftware() {
        Burst out = Volley.burst(INNER);
        try (Worker sender = ends.sending.newWorker(software -> software)) {
            sender.encapsulate(out, ends.out);
        }
        assertArrayEquals(INNER, ends.open(out.octets(0)));
    }

    /** Says of every packet what it was told to say. */
    private record Engine(byte status) implements CryptoEngine {
        @Override
        public void seal(OutboundSa sa, CryptoBurst operations, int from, int to) {
            complete(operations, from, to);
        }

        @Override
        public void open(InboundSa sa, CryptoBurst operations, int from, int to, boolean restore) {
            complete(operations, from, to);
        }

        private void complete(CryptoBurst operations, int from, int to) {
            for (int i = from; i < to; i++) {
                operations.complete(i, status);
            }
        }
    }
}
