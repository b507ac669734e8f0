package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowAssociationsTest {
    private static final Selector OFFICE = Selector.builder()
            .source("10.0.0.0/8")
            .protocol("tcp")
            .protocol("udp")
            .build();
    private static final Set<PopulateFromPacket> ALL = EnumSet.allOf(PopulateFromPacket.class);

    record Sa(Selector selector) {}

    private static final Sa WILDCARD = new Sa(OFFICE);

    private static FlowAssociations<Sa> populate(Selector selector, int cap, PopulateFromPacket... flags) {
        return new FlowAssociations<>(selector, Set.of(flags), cap, WILDCARD, Sa::new);
    }

    private static TestPacket host(int host) {
        return TestPacket.of("10.0.0." + host, "192.0.2.1");
    }

    @Test
    @DisplayName("R49 a flagged field has the packet's value in the new SA, any other the policy's")
    void shouldTakeFlaggedFieldsFromThePacket() {
        FlowAssociations<Sa> byHost = populate(OFFICE, 9, PopulateFromPacket.LOCAL_ADDRESS);
        Sa sa = byHost.select(host(1).tcp(1, 443).flow());
        assertEquals(
                Selector.builder().source("10.0.0.1").protocol(6).protocol(17).build(), sa.selector());
        assertSame(sa, byHost.select(host(1).udp(2, 53).flow()), "ports are not flagged");
        assertNotSame(sa, byHost.select(host(2).tcp(1, 443).flow()));

        Sa whole = new FlowAssociations<>(OFFICE, ALL, 9, WILDCARD, Sa::new)
                .select(host(1).tcp(1, 443).flow());
        assertEquals(
                Selector.builder()
                        .source("10.0.0.1")
                        .destination("192.0.2.1")
                        .protocol(6)
                        .sourcePorts("1")
                        .destinationPorts("443")
                        .build(),
                whole.selector());
    }

    @Test
    @DisplayName("R49 each flag tells flows apart by its own field alone")
    void shouldTellFlowsApartByFlaggedFieldsAlone() {
        Flow base = host(1).tcp(1, 443).flow();
        Map<PopulateFromPacket, Flow> others = Map.of(
                PopulateFromPacket.LOCAL_ADDRESS, host(2).tcp(1, 443).flow(),
                PopulateFromPacket.REMOTE_ADDRESS,
                        TestPacket.of("10.0.0.1", "192.0.2.2").tcp(1, 443).flow(),
                PopulateFromPacket.NEXT_LAYER_PROTOCOL, host(1).udp(1, 443).flow(),
                PopulateFromPacket.LOCAL_PORT, host(1).tcp(2, 443).flow(),
                PopulateFromPacket.REMOTE_PORT, host(1).tcp(1, 80).flow());
        for (PopulateFromPacket flag : PopulateFromPacket.values()) {
            FlowAssociations<Sa> associations = populate(OFFICE, 9, flag);
            Sa sa = associations.select(base);
            others.forEach((field, flow) ->
                    assertEquals(field == flag, !sa.equals(associations.select(flow)), flag + " and " + field));
        }
    }

    @Test
    @DisplayName("R49 the flow after the cap gets the wildcard SA, flows before it keep theirs")
    void shouldGiveFlowsBeyondTheCapTheWildcard() {
        FlowAssociations<Sa> associations = populate(OFFICE, 3, PopulateFromPacket.LOCAL_ADDRESS);
        List<Sa> own = new ArrayList<>();
        for (int host = 1; host <= 3; host++) {
            own.add(associations.select(host(host).tcp(1, 2).flow()));
        }
        for (int host = 4; host < 100; host++) {
            assertSame(WILDCARD, associations.select(host(host).tcp(1, 2).flow()));
        }
        for (int host = 1; host <= 3; host++) {
            assertSame(
                    own.get(host - 1), associations.select(host(host).tcp(1, 2).flow()));
        }
        assertEquals(3, associations.size());
        assertSame(
                WILDCARD,
                populate(OFFICE, 0, PopulateFromPacket.LOCAL_ADDRESS)
                        .select(host(1).tcp(1, 2).flow()));
    }

    @Test
    @DisplayName("R49 an SA that is gone makes room below the cap")
    void shouldMakeRoomWhenAnAssociationGoes() {
        FlowAssociations<Sa> associations = populate(OFFICE, 50, PopulateFromPacket.LOCAL_ADDRESS);
        Map<Integer, Sa> own = new HashMap<>();
        for (int host = 1; host <= 50; host++) {
            own.put(host, associations.select(host(host).tcp(1, 2).flow()));
        }
        assertTrue(associations.remove(own.get(7)));
        assertFalse(associations.remove(own.get(7)));
        assertFalse(associations.remove(WILDCARD));
        Sa fresh = associations.select(host(51).tcp(1, 2).flow());
        assertNotSame(WILDCARD, fresh);
        assertSame(WILDCARD, associations.select(host(7).tcp(1, 2).flow()));
        own.remove(7);
        own.forEach((host, sa) ->
                assertSame(sa, associations.select(host(host).tcp(1, 2).flow()), "host " + host));
    }

    @Test
    @DisplayName("R49 a packet that does not show a flagged field is discarded")
    void shouldDiscardPacketsWithoutAFlaggedField() {
        Flow later = host(1).fragment(1, 8, false).tcp(0, 0).flow();
        assertNull(populate(OFFICE, 9, PopulateFromPacket.LOCAL_PORT).select(later));
        assertNull(populate(OFFICE, 9, PopulateFromPacket.REMOTE_PORT).select(later));
        assertEquals(
                6,
                populate(OFFICE, 9, PopulateFromPacket.NEXT_LAYER_PROTOCOL)
                        .select(later)
                        .selector()
                        .protocols()
                        .bounds()[0]);
        Flow hidden = TestPacket.of("::1", "::2")
                .fragment(1, 8, false)
                .extension(60, 1)
                .tcp(0, 0)
                .flow();
        assertNull(populate(Selector.ANY, 9, PopulateFromPacket.NEXT_LAYER_PROTOCOL)
                .select(hidden));
    }

    @Test
    @DisplayName("R49 ICMP type and code take the place of the local port; protocols without ports have none to flag")
    void shouldPopulateIcmpAndOtherProtocols() {
        FlowAssociations<Sa> associations = new FlowAssociations<>(Selector.ANY, ALL, 9, WILDCARD, Sa::new);
        Sa echo = associations.select(host(1).icmp(8, 0).flow());
        assertTrue(echo.selector().matches(host(1).icmp(8, 0).flow()));
        assertFalse(echo.selector().matches(host(1).icmp(8, 1).flow()));
        Sa gre = associations.select(host(1).raw(47).flow());
        assertTrue(gre.selector().ignoresPorts());
        assertTrue(gre.selector().matches(host(1).raw(47).flow()));
    }

    @Test
    @DisplayName("R49 a flag for an OPAQUE field is refused")
    void shouldRefuseFlagsThatMeanNothing() {
        Selector opaque = Selector.builder().protocol("tcp").opaque().build();
        assertThrows(IllegalArgumentException.class, () -> populate(opaque, 9, PopulateFromPacket.LOCAL_PORT));
        assertThrows(IllegalArgumentException.class, () -> populate(opaque, 9, PopulateFromPacket.REMOTE_PORT));
        Selector hidden = Selector.builder().opaqueProtocol().build();
        assertThrows(IllegalArgumentException.class, () -> populate(hidden, 9, PopulateFromPacket.NEXT_LAYER_PROTOCOL));
        assertThrows(IllegalArgumentException.class, () -> populate(Selector.ANY, 9, PopulateFromPacket.LOCAL_PORT));
        Selector mixed = Selector.builder().protocol("tcp").protocol("icmp").build();
        assertThrows(IllegalArgumentException.class, () -> populate(mixed, 9, PopulateFromPacket.LOCAL_PORT));
        assertThrows(IllegalArgumentException.class, () -> populate(OFFICE, -1));
    }

    @Test
    @DisplayName("R49 many threads that ask for the same flows create one SA a flow, and no more than the cap")
    void shouldCreateOneAssociationAFlowFromManyThreads() throws Exception {
        int threads = 4;
        int cap = 200;
        AtomicInteger created = new AtomicInteger();
        FlowAssociations<Sa> associations =
                new FlowAssociations<>(OFFICE, EnumSet.of(PopulateFromPacket.LOCAL_PORT), cap, WILDCARD, selector -> {
                    created.incrementAndGet();
                    return new Sa(selector);
                });
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Map<Integer, Sa>>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(workers.submit(() -> {
                    Map<Integer, Sa> mine = new HashMap<>();
                    start.await();
                    for (int port = 0; port < 2 * cap; port++) {
                        mine.put(port, associations.select(host(1).udp(port, 1).flow()));
                    }
                    return mine;
                }));
            }
            Map<Integer, Sa> first = results.get(0).get();
            for (Future<Map<Integer, Sa>> result : results) {
                result.get().forEach((port, sa) -> {
                    Sa now = associations.select(host(1).udp(port, 1).flow());
                    assertSame(now, sa, "port " + port);
                    assertSame(first.get(port), sa);
                });
            }
        } finally {
            workers.shutdown();
        }
        assertEquals(cap, created.get());
        assertEquals(cap, associations.size());
    }

    @Test
    @DisplayName("R49 a thread that waited while another reached the cap gets the wildcard SA")
    void shouldHoldTheCapForThreadsThatWaited() throws Exception {
        Flow second = host(2).tcp(1, 2).flow();
        AtomicReference<FlowAssociations<Sa>> associations = new AtomicReference<>();
        AtomicReference<Sa> given = new AtomicReference<>();
        Thread waiting = new Thread(() -> given.set(associations.get().select(second)));
        associations.set(
                new FlowAssociations<>(OFFICE, EnumSet.of(PopulateFromPacket.LOCAL_ADDRESS), 1, WILDCARD, selector -> {
                    waiting.start();
                    while (waiting.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                    return new Sa(selector);
                }));
        assertNotSame(WILDCARD, associations.get().select(host(1).tcp(1, 2).flow()));
        waiting.join();
        assertSame(WILDCARD, given.get());
    }
}
