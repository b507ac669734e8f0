package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SecurityPolicyDatabaseTest {
    private static final Selector WEB =
            Selector.builder().protocol("tcp").destinationPorts("443").build();
    private static final Selector OFFICE =
            Selector.builder().source("10.0.0.0/8").destination("10.128.0.0/9").build();

    private final SecurityPolicyDatabase<String> database = new SecurityPolicyDatabase<>();

    private Policy<String> outbound(TestPacket packet) {
        return database.lookup(packet.flow(), Direction.OUTBOUND);
    }

    private Policy<String> inbound(TestPacket packet) {
        return database.lookup(packet.flow(), Direction.INBOUND);
    }

    @Test
    @DisplayName("R47 the first policy that matches decides: PROTECT, BYPASS or DISCARD")
    void shouldTakeTheFirstPolicyThatMatches() {
        Policy<String> web = Policy.bypass("web", WEB);
        Policy<String> office = Policy.protect("office", "SA", OFFICE);
        Policy<String> rest = Policy.discard("rest", Selector.ANY);
        database.update(none -> List.of(web, office, rest));

        assertSame(web, outbound(TestPacket.of("10.0.0.1", "10.128.0.1").tcp(1, 443)));
        assertSame(office, outbound(TestPacket.of("10.0.0.1", "10.128.0.1").tcp(1, 80)));
        assertSame(rest, outbound(TestPacket.of("10.0.0.1", "10.0.0.2").tcp(1, 80)));

        database.update(policies -> List.of(office, web, rest));
        assertSame(office, outbound(TestPacket.of("10.0.0.1", "10.128.0.1").tcp(1, 443)));
        assertEquals("SA", office.protection());
        assertEquals(PolicyAction.PROTECT, office.action());
    }

    @Test
    @DisplayName("R47 no match is DISCARD, unless set otherwise for that direction")
    void shouldDiscardWhatNoPolicyMatches() {
        TestPacket packet = TestPacket.of("10.0.0.1", "10.0.0.2").udp(1, 2);
        assertEquals(PolicyAction.DISCARD, outbound(packet).action());
        assertEquals(PolicyAction.DISCARD, inbound(packet).action());

        database.unmatched(Direction.OUTBOUND, PolicyAction.BYPASS);
        assertEquals(PolicyAction.BYPASS, outbound(packet).action());
        assertEquals(PolicyAction.DISCARD, inbound(packet).action());

        database.unmatched(Direction.INBOUND, PolicyAction.BYPASS);
        database.unmatched(Direction.OUTBOUND, PolicyAction.DISCARD);
        assertEquals(PolicyAction.DISCARD, outbound(packet).action());
        assertEquals(PolicyAction.BYPASS, inbound(packet).action());
        assertThrows(IllegalArgumentException.class, () -> database.unmatched(Direction.INBOUND, PolicyAction.PROTECT));
    }

    @Test
    @DisplayName("R47 inbound packets are compared with source and destination exchanged")
    void shouldReverseSelectorsInbound() {
        Policy<String> office = Policy.protect("office", "SA", OFFICE);
        database.update(none -> List.of(office));

        assertSame(office, inbound(TestPacket.of("10.128.0.1", "10.0.0.1").tcp(80, 1)));
        assertEquals(
                "unmatched",
                inbound(TestPacket.of("10.0.0.1", "11.0.0.1").tcp(1, 80)).name());
    }

    @Test
    @DisplayName("R47 BYPASS and DISCARD can be limited to one direction")
    void shouldApplyPoliciesToTheirDirection() {
        Policy<String> out = Policy.<String>bypass("out", WEB).only(Direction.OUTBOUND);
        Policy<String> in = Policy.<String>discard("in", Selector.ANY).only(Direction.INBOUND);
        Policy<String> both = Policy.bypass("both", Selector.ANY);
        database.update(none -> List.of(out, in, both));

        assertSame(out, outbound(TestPacket.of("10.0.0.1", "10.0.0.2").tcp(1, 443)));
        assertSame(in, inbound(TestPacket.of("10.0.0.2", "10.0.0.1").tcp(443, 1)));
        assertSame(both, outbound(TestPacket.of("10.0.0.1", "10.0.0.2").tcp(1, 80)));
    }

    @Test
    @DisplayName("R47 a policy with several selectors matches what one of them does")
    void shouldTakeSeveralSelectorsForOnePolicy() {
        Policy<String> two = Policy.protect("two", "SA", WEB, OFFICE);
        database.update(none -> List.of(Policy.bypass("dns", dns()), two));

        assertSame(two, outbound(TestPacket.of("::1", "::2").tcp(1, 443)));
        assertSame(two, outbound(TestPacket.of("10.0.0.1", "10.128.0.1").icmp(8, 0)));
        assertEquals(
                "unmatched", outbound(TestPacket.of("::1", "::2").tcp(1, 80)).name());
        assertThrows(IllegalArgumentException.class, () -> Policy.protect("none", "SA"));
    }

    @Test
    @DisplayName("R47 order holds across many policies")
    void shouldKeepOrderAcrossBlocks() {
        List<Policy<String>> policies = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            policies.add(Policy.protect(
                    "port " + i,
                    "SA " + i,
                    Selector.builder()
                            .protocol("udp")
                            .destinationPorts((i / 2) + "-" + (i / 2 + 1))
                            .build()));
        }
        database.update(none -> policies);
        assertEquals(policies, database.policies());
        for (int port = 1; port < 150; port++) {
            int first = (port - 1) * 2;
            assertSame(policies.get(first), outbound(TestPacket.of("::1", "::2").udp(9, port)), "port " + port);
        }
    }

    @Test
    @DisplayName("R47 order holds across thousands of policies, of both families")
    void shouldKeepOrderAcrossGroupsOfBlocks() {
        int count = 9_000;
        List<Policy<String>> policies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String prefix = i % 2 == 0 ? "10." + (i >> 8) + "." + (i & 255) + ".0/24" : "2001:db8:" + i + "::/48";
            policies.add(Policy.protect(
                    "network " + i, "SA", Selector.builder().destination(prefix).build()));
        }
        Policy<String> dns = Policy.bypass("dns", dns());
        policies.add(7_000, dns);
        database.update(none -> policies);

        for (int i = 0; i < count; i += 7) {
            TestPacket packet = i % 2 == 0
                    ? TestPacket.of("192.0.2.1", "10." + (i >> 8) + "." + (i & 255) + ".9")
                    : TestPacket.of("2001:db8::1", "2001:db8:" + i + "::9");
            Policy<String> network = policies.get(i < 7_000 ? i : i + 1);
            assertSame(network, outbound(packet.udp(1, 2)));
            assertSame(i < 7_000 ? network : dns, outbound(packet.udp(1, 53)), "network " + i);
        }
        assertSame(dns, outbound(TestPacket.of("192.0.2.1", "198.51.100.1").udp(1, 53)));
        assertEquals(
                "unmatched",
                outbound(TestPacket.of("192.0.2.1", "10.255.0.1").udp(1, 2)).name());
    }

    @Test
    void shouldNeverShowAReaderAHalfChangedList() throws Exception {
        Policy<String> before = Policy.protect("before", "1", WEB);
        Policy<String> after = Policy.protect("after", "2", Selector.ANY);
        database.update(none -> List.of(before));
        Flow flow = TestPacket.of("10.0.0.1", "10.0.0.2").tcp(1, 443).flow();
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            PolicyLookup<String> lookup = new PolicyLookup<>(database, Direction.OUTBOUND, 4);
            int reads = 0;
            for (; !done.get() || reads == 0; reads++) {
                assertTrue(lookup.find(flow, 0).action() == PolicyAction.PROTECT);
            }
            return reads;
        });
        for (int i = 0; i < 2_000; i++) {
            Policy<String> next = i % 2 == 0 ? after : before;
            database.update(present -> List.of(next));
        }
        done.set(true);
        assertTrue(reader.get() > 0);
    }

    private static Selector dns() {
        return Selector.builder().protocol("udp").destinationPorts("53").build();
    }
}
