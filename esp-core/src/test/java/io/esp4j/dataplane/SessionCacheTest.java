package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import java.security.ProviderException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SessionCacheTest {
    private static final byte[] INNER = v4().build();

    private final WatchedProvider provider = new WatchedProvider(Gateways.JDK);
    private final Dataplane dataplane =
            Dataplane.builder().provider(provider).sessionsPerWorker(2).build();
    private final Worker worker = dataplane.newWorker();
    private final List<OutboundSa> sas = new ArrayList<>();

    SessionCacheTest() {
        for (int i = 0; i < 4; i++) {
            sas.add(dataplane.addOutbound(
                    Sas.tunnel(Sas.GCM).build(), Keys.of(Sas.GCM, i).material()));
        }
    }

    @AfterEach
    void close() {
        worker.close();
        dataplane.close();
        assertEquals(provider.sessionsOpened.get(), provider.sessionsClosed.get());
    }

    private void use(int... indexes) {
        for (int index : indexes) {
            Burst burst = Volley.burst(INNER);
            worker.encapsulate(burst, sas.get(index));
            assertEquals(OutboundOutcome.ENCAPSULATED, burst.outbound(0));
        }
    }

    private void assertSessions(int opened, int closed) {
        assertEquals(opened, provider.sessionsOpened.get(), "opened");
        assertEquals(closed, provider.sessionsClosed.get(), "closed");
    }

    @Test
    @DisplayName("a session is kept as long as there is room, and the least recently used one goes first")
    void shouldEvictLeastRecentlyUsed() {
        use(0, 1, 0, 1, 1, 0);
        assertSessions(2, 0);
        use(2);
        assertSessions(3, 1); // 1 went
        use(0, 2, 0);
        assertSessions(3, 1);
        use(1);
        assertSessions(4, 2); // 2 went
        use(0);
        assertSessions(4, 2);
    }

    @Test
    @DisplayName("a burst of more SAs than there is room for is sealed all the same")
    void shouldSealBurstOfMoreSasThanRoom() {
        Burst burst = Volley.burst(INNER, INNER, INNER, INNER, INNER, INNER, INNER, INNER);
        for (int i = 0; i < 8; i++) {
            burst.route(i, sas.get(i % 4));
        }
        worker.encapsulate(burst);
        assertEquals(Collections.nCopies(8, OutboundOutcome.ENCAPSULATED), Volley.outbound(burst));
        assertSessions(4, 2);
    }

    @Test
    @DisplayName("R24 an SA whose session cannot be made sends and accepts nothing until it can; the others go on")
    void shouldGoOnWithoutASessionThatCannotBeMade() {
        try (Gateways ends = Gateways.of(
                Sas.tunnel(Sas.GCM), settings -> settings.provider(provider).sessionsPerWorker(1))) {
            OutboundSa other = ends.sending.addOutbound(
                    Sas.tunnel(Sas.GCM).build(), Keys.of(Sas.GCM, 9).material());
            byte[] wire = ends.seal(INNER);
            provider.beforeSession = () -> {
                throw new ProviderException("no handle left");
            };
            Burst burst = Volley.burst(INNER, INNER);
            burst.route(0, ends.out);
            burst.route(1, other);
            ends.sender.encapsulate(burst);
            assertEquals(List.of(OutboundOutcome.ENCAPSULATED, OutboundOutcome.NOT_SEALED), Volley.outbound(burst));
            assertEquals(OutboundOutcome.NOT_SEALED, ends.trySeal(INNER), "its session had made room");
            assertEquals(InboundOutcome.NOT_OPENED, ends.tryOpen(wire));
            provider.beforeSession = () -> {};
            ends.open(wire);
            ends.open(ends.seal(INNER));
        }
    }

    @Test
    @DisplayName("the session of a removed SA is closed at the worker's next burst")
    void shouldDropSessionsOfRemovedSas() {
        use(0, 1);
        dataplane.remove(sas.get(0));
        assertSessions(2, 0);
        use(1);
        assertSessions(2, 1);
        use(1, 1);
        assertSessions(2, 1);
    }
}
