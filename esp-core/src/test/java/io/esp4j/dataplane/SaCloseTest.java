package io.esp4j.dataplane;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.SaParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SaCloseTest {
    private static final byte[] INNER = v4().build();

    private final WatchedProvider provider = new WatchedProvider(Gateways.JDK);

    private Gateways gateways() {
        return Gateways.of(Sas.tunnel(Sas.GCM), settings -> settings.provider(provider));
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Removes an SA while a worker is in the middle of a burst of it, held up before it computes. */
    private void removeDuring(Dataplane dataplane, SecurityAssociation sa, Runnable burst) throws InterruptedException {
        CountDownLatch computing = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        provider.before = () -> {
            computing.countDown();
            awaitUnchecked(goOn);
        };
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread worker = new Thread(burst);
        worker.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
        worker.start();
        computing.await();
        Thread remover = new Thread(() -> dataplane.remove(sa));
        remover.start();
        while (!sa.isClosed()) {
            Thread.onSpinWait();
        }
        // From here on the remover only waits for the burst, which is held up, and lets go of its processor.
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (remover.getState() != Thread.State.TIMED_WAITING && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }
        boolean resting = System.nanoTime() - deadline < 0;
        assertTrue(remover.isAlive());
        assertEquals(0, provider.keysClosed.get());
        goOn.countDown();
        worker.join();
        remover.join();
        provider.before = () -> {};
        assertEquals(1, provider.keysClosed.get());
        assertNull(failure.get());
        assertTrue(resting, "the remover never let go of its processor");
    }

    @Test
    @DisplayName(
            "R54 a burst that began before an outbound SA was removed completes; its key is overwritten after it, once")
    void shouldCompleteBurstUnderWayOutbound() throws InterruptedException {
        try (Gateways gateways = gateways()) {
            gateways.seal(INNER);
            Burst burst = Volley.burst(INNER, INNER);
            removeDuring(gateways.sending, gateways.out, () -> gateways.sender.encapsulate(burst, gateways.out));
            assertEquals(List.of(OutboundOutcome.ENCAPSULATED, OutboundOutcome.ENCAPSULATED), Volley.outbound(burst));
            assertArrayEquals(INNER, gateways.open(burst.octets(0)));

            assertEquals(OutboundOutcome.NOT_SEALED, gateways.trySeal(INNER));
            assertEquals(0, gateways.bench.burst.length(0));
            assertEquals(1, gateways.out.count(OutboundOutcome.NOT_SEALED));
            assertEquals(3, gateways.out.count(OutboundOutcome.ENCAPSULATED));
        }
        assertEquals(2, provider.keysClosed.get());
    }

    @Test
    @DisplayName("a burst that began before an inbound SA was removed completes; afterwards its SPI is unknown")
    void shouldCompleteBurstUnderWayInbound() throws InterruptedException {
        try (Gateways gateways = gateways()) {
            byte[] first = gateways.seal(INNER);
            byte[] second = gateways.seal(INNER);
            Burst burst = Volley.burst(first);
            removeDuring(gateways.receiving, gateways.in, () -> gateways.receiver.decapsulate(burst));
            assertEquals(InboundOutcome.ACCEPTED, burst.inbound(0));
            assertArrayEquals(INNER, burst.octets(0));
            assertEquals(InboundOutcome.UNKNOWN_SPI, gateways.tryOpen(second));
            assertTrue(gateways.in.isClosed());
            assertEquals(0, gateways.receiving.sad().size());
        }
    }

    @Test
    @DisplayName("a packet that found its SA just before the removal is not opened, and moves nothing")
    void shouldNotOpenWithRetiredKey() {
        Runnable[] atClock = {() -> {}};
        Gateways created = Gateways.of(
                Sas.tunnel(Sas.GCM).lifetime(new Lifetime(0, 0, 0, 0, 0, 1000)),
                settings -> settings.provider(provider).clock(() -> {
                    atClock[0].run();
                    return 0;
                }));
        try (Gateways gateways = created) {
            byte[] wire = gateways.seal(INNER);
            // The clock is read between lookup and open.
            atClock[0] = () -> gateways.in.crypto().retire();
            assertEquals(InboundOutcome.NOT_OPENED, gateways.tryOpen(wire));
            assertArrayEquals(wire, gateways.bench.packet());
            assertEquals(0, gateways.in.highestSequence());
            assertEquals(0, gateways.in.packets());
            assertEquals(0, provider.opened.get());
        }
    }

    @Test
    @DisplayName("R24 a device that fails opens and seals nothing, and shows no plaintext behind ESP headers")
    void shouldReportFailedDevice() {
        try (Gateways gateways = gateways()) {
            byte[] wire = gateways.seal(INNER);
            provider.failing = true;
            assertEquals(InboundOutcome.NOT_OPENED, gateways.tryOpen(wire));
            assertEquals(0, gateways.in.highestSequence());
            assertEquals(OutboundOutcome.NOT_SEALED, gateways.trySeal(INNER));
            assertEquals(0, gateways.bench.packet().length);
            provider.failing = false;
            assertArrayEquals(INNER, gateways.open(wire));
            assertEquals(1, gateways.out.count(OutboundOutcome.ENCAPSULATED));
        }
    }

    @Test
    @DisplayName("every key is overwritten exactly once, in both directions, however often its SA is removed")
    void shouldOverwriteEveryKeyOnce() {
        Gateways gateways = gateways();
        gateways.open(gateways.seal(INNER));
        assertEquals(2, provider.keysExpanded.get());
        gateways.sending.remove(gateways.out);
        gateways.sending.remove(gateways.out);
        assertEquals(1, provider.keysClosed.get());
        gateways.sender.close();
        gateways.receiver.close();
        gateways.sending.close();
        gateways.receiving.close();
        gateways.receiving.close();
        assertEquals(2, provider.keysClosed.get());
        assertEquals(provider.sessionsOpened.get(), provider.sessionsClosed.get());
        assertEquals(2, provider.contextsClosed.get());
        assertTrue(gateways.out.isClosed());
        assertTrue(gateways.in.isClosed());
    }

    @Test
    @DisplayName("the keys of SAs that still send are overwritten when their dataplane is closed")
    void shouldCloseOutboundSasWithDataplane() {
        Gateways gateways = gateways();
        gateways.seal(INNER);
        assertFalse(gateways.out.isClosed());
        gateways.close();
        assertTrue(gateways.out.isClosed());
        assertEquals(1, provider.keysClosed.get());
    }

    @Test
    void shouldExpandNoKeyOfSaThatCarriesNothing() {
        gateways().close();
        assertEquals(0, provider.keysExpanded.get());
        assertEquals(0, provider.sessionsOpened.get());
    }

    @Test
    void shouldRefuseRemovalFromWithinJourneyInsteadOfWaitingForItsOwnEnd() {
        List<Runnable> inJourney = new ArrayList<>();
        Gateways created = Gateways.of(Sas.tunnel(Sas.GCM), settings -> settings.provider(provider)
                .dropHook((burst, index) -> inJourney.forEach(Runnable::run)));
        try (Gateways gateways = created) {
            Dataplane dataplane = gateways.receiving;
            SaParameters parameters = Sas.tunnel(Sas.GCM).build();
            KeyingMaterial other = Keys.of(Sas.GCM, 9).material();
            inJourney.add(() -> assertThrows(IllegalStateException.class, () -> dataplane.remove(gateways.in)));
            inJourney.add(() -> assertThrows(
                    IllegalStateException.class, () -> dataplane.replace(gateways.in, parameters, other, null)));
            // A refused addition has nothing to wait for.
            inJourney.add(
                    () -> assertThrows(IllegalStateException.class, () -> dataplane.addInbound(parameters, other)));
            assertEquals(InboundOutcome.NOT_ESP, gateways.tryOpen(INNER));
            inJourney.clear();
            assertArrayEquals(INNER, gateways.open(gateways.seal(INNER)));
            InboundSa successor = dataplane.replace(gateways.in, parameters, other, null);
            dataplane.remove(successor);
        }
    }

    @Test
    void shouldIgnoreSasOfAnotherDataplane() {
        try (Gateways gateways = gateways()) {
            gateways.receiving.remove(gateways.out);
            gateways.sending.remove(gateways.in);
            assertArrayEquals(INNER, gateways.open(gateways.seal(INNER)));
        }
    }
}
