package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Packets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReplacementTest {
    private static final byte[] INNER = v4().build();
    private static final int REPLACEMENTS = 300;

    private static byte[] wire(long seed) {
        EspOracle oracle = Keys.of(Sas.GCM, seed).oracle(false);
        return v4().protocol(50)
                .payload(oracle.seal(Sas.SPI, 1, new byte[8], oracle.text(INNER, 4)))
                .build();
    }

    private static KeyingMaterial key(long seed) {
        return Keys.of(Sas.GCM, seed).material();
    }

    @Test
    @DisplayName("a replaced SA's packets find the new one, the old one is closed and its key overwritten")
    void shouldReplace() {
        WatchedProvider provider = new WatchedProvider(Gateways.JDK);
        try (Gateways gateways = Gateways.of(Sas.tunnel(Sas.GCM), settings -> settings.provider(provider))) {
            assertArrayEquals(INNER, gateways.open(wire(7)));
            SaParameters parameters = Sas.tunnel(Sas.GCM).build();
            InboundSa successor = gateways.receiving.replace(gateways.in, parameters, key(8), null);
            assertEquals(1, provider.keysClosed.get());
            assertTrue(gateways.in.isClosed());
            assertEquals(InboundOutcome.ICV_MISMATCH, gateways.tryOpen(wire(7)));
            assertArrayEquals(INNER, gateways.open(wire(8)));
            assertSame(successor, gateways.bench.burst.sa(0));
            assertThrows(
                    IllegalStateException.class,
                    () -> gateways.receiving.replace(gateways.in, parameters, key(9), null));
            // The key of the refused successor is free.
            gateways.receiving.remove(successor);
            gateways.receiving.addInbound(parameters, key(9));
        }
    }

    @Test
    @DisplayName(
            "under load every packet finds the one or the other: none is lost to an SPI that is unknown for a moment")
    void shouldReplaceInOneStepUnderLoad() throws Exception {
        Dataplane dataplane = Dataplane.builder().provider(Gateways.JDK).build();
        SaParameters parameters =
                Sas.tunnel(Sas.GCM).replayWindow(0).severalWorkers(true).build();
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            InboundSa present = dataplane.addInbound(parameters, key(0));
            Future<Map<InboundOutcome, Long>> first = threads.submit(() -> receive(dataplane, done));
            Future<Map<InboundOutcome, Long>> second = threads.submit(() -> receive(dataplane, done));
            for (int i = 1; i <= REPLACEMENTS; i++) {
                present = dataplane.replace(present, parameters, key(i % 2), null);
            }
            done.set(true);
            EnumSet<InboundOutcome> seen = EnumSet.noneOf(InboundOutcome.class);
            seen.addAll(first.get().keySet());
            seen.addAll(second.get().keySet());
            seen.remove(InboundOutcome.ACCEPTED);
            seen.remove(InboundOutcome.ICV_MISMATCH);
            seen.remove(InboundOutcome.NOT_OPENED);
            assertEquals(EnumSet.noneOf(InboundOutcome.class), seen);
        } finally {
            done.set(true);
            threads.shutdown();
        }
        dataplane.close();
    }

    /** Packets under both keys, again and again; the one that opens must be right. */
    private static Map<InboundOutcome, Long> receive(Dataplane dataplane, AtomicBoolean done) {
        Map<InboundOutcome, Long> outcomes = new EnumMap<>(InboundOutcome.class);
        byte[][] wires = {wire(0), wire(1), wire(0), wire(1)};
        try (Worker worker = dataplane.newWorker()) {
            do {
                Burst burst = Volley.burst(wires);
                worker.decapsulate(burst);
                for (int i = 0; i < burst.size(); i++) {
                    outcomes.merge(burst.inbound(i), 1L, Long::sum);
                    if (burst.inbound(i) == InboundOutcome.ACCEPTED) {
                        assertArrayEquals(INNER, burst.octets(i));
                    } else {
                        byte[] esp = Packets.slice(burst.octets(i), 20, wires[i].length);
                        assertArrayEquals(Packets.slice(wires[i], 20, wires[i].length), esp);
                    }
                }
            } while (!done.get());
        }
        return outcomes;
    }
}
