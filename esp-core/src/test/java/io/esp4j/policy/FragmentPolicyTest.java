package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FragmentPolicyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Selector WEB =
            Selector.builder().protocol("tcp").destinationPorts("443").build();
    private static final Selector TCP_LATER =
            Selector.builder().protocol("tcp").opaque().build();
    private static final Selector TCP = Selector.builder().protocol("tcp").build();

    private final SecurityPolicyDatabase<String> database = new SecurityPolicyDatabase<>();
    private final PolicyLookup<String> lookup = new PolicyLookup<>(database, Direction.OUTBOUND, 8);
    private final SelectorCheck<String> check = new SelectorCheck<>();
    private long now;

    @BeforeEach
    void startClockNearItsEnd() {
        now = Long.MAX_VALUE - SECOND;
    }

    private Policy<String> find(Flow flow) {
        return lookup.find(flow, now);
    }

    private static Flow first(int id) {
        return first(id, 443);
    }

    private static Flow first(int id, int port) {
        return TestPacket.of("10.0.0.1", "10.0.0.2")
                .fragment(id, 0, true)
                .tcp(1, port)
                .flow();
    }

    private static Flow later(int id, int offset) {
        return TestPacket.of("10.0.0.1", "10.0.0.2")
                .fragment(id, offset, false)
                .tcp(0, 0)
                .flow();
    }

    private static Flow later6(int id, int offset) {
        return TestPacket.of("::1", "::2").fragment(id, offset, false).tcp(0, 0).flow();
    }

    @Test
    @DisplayName("R52 an SA with ANY ports carries first and later fragments (RFC 4301 7.1)")
    void shouldCarryAllFragmentsOnAnyPorts() {
        Policy<String> all = Policy.protect("all", "SA", TCP);
        database.update(none -> List.of(all));
        assertSame(all, find(first(1)));
        assertSame(all, find(later(1, 1480)));
        assertTrue(check.accepts(first(1), TCP, false, "SA", now));
        assertTrue(check.accepts(later(2, 8), TCP, false, "SA", now));
        assertTrue(check.accepts(later6(2, 8), TCP, false, "SA", now));
    }

    @Test
    @DisplayName("R52 an SA with OPAQUE ports carries later fragments alone (RFC 4301 7.2)")
    void shouldCarryLaterFragmentsOnOpaquePorts() {
        Policy<String> web = Policy.protect("web", "SA 1", WEB);
        Policy<String> rest = Policy.protect("later", "SA 2", TCP_LATER);
        database.update(none -> List.of(web, rest));
        assertSame(web, find(first(1)));
        assertSame(rest, find(later(1, 1480)));
        assertFalse(check.accepts(first(1), TCP_LATER, false, "SA 2", now));
        assertFalse(
                check.accepts(TestPacket.of("10.0.0.1", "10.0.0.2").tcp(1, 443).flow(), TCP_LATER, false, "SA 2", now));
        assertTrue(check.accepts(later(1, 1480), TCP_LATER, false, "SA 2", now));
    }

    @Test
    @DisplayName("R52 on an SA with OPAQUE ports, IPv4 fragments below the minimum offset are refused (RFC 4301 7.2)")
    void shouldCheckTheMinimumOffset() {
        assertFalse(check.accepts(later(1, 8), TCP_LATER, false, "SA", now));
        assertTrue(check.accepts(later(1, 16), TCP_LATER, false, "SA", now));
        SelectorCheck<String> strict = new SelectorCheck<>(64, true);
        assertFalse(strict.accepts(later(1, 56), TCP_LATER, false, "SA", now));
        assertTrue(strict.accepts(later(1, 64), TCP_LATER, false, "SA", now));
    }

    @Test
    @DisplayName("R52 on an SA with OPAQUE ports, IPv6 fragments are refused unless allowed (RFC 4301 7.2)")
    void shouldRefuseIpv6OnOpaquePortsUnlessAllowed() {
        assertFalse(check.accepts(later6(1, 1480), TCP_LATER, false, "SA", now));
        assertTrue(new SelectorCheck<String>(64, true).accepts(later6(1, 8), TCP_LATER, false, "SA", now));
    }

    @Test
    @DisplayName("R52 without agreement, an SA with ports neither sends nor takes later fragments (RFC 4301 7.3)")
    void shouldNotCarryLaterFragmentsOnPortsWithoutAgreement() {
        database.update(none -> List.of(Policy.protect("web", "SA", WEB)));
        find(first(1));
        assertEquals("unmatched", find(later(1, 1480)).name());
        assertTrue(check.accepts(first(1), WEB, false, "SA", now));
        assertFalse(check.accepts(later(1, 1480), WEB, false, "SA", now));
    }

    @Test
    @DisplayName("R52 with agreement, later fragments go the way of the first one (RFC 4301 7.3)")
    void shouldCarryLaterFragmentsAfterTheFirstWithAgreement() {
        Policy<String> web = Policy.protect("web", "SA", WEB).withLaterFragments();
        database.update(none -> List.of(web, Policy.bypass("rest", Selector.ANY)));
        assertEquals("rest", find(later(1, 1480)).name(), "the first one is not known yet");
        assertSame(web, find(first(1)));
        assertSame(web, find(later(1, 1480)));
        assertEquals("rest", find(later(2, 1480)).name(), "another datagram");

        assertFalse(check.accepts(later(1, 1480), WEB, true, "SA", now));
        assertTrue(check.accepts(first(1), WEB, true, "SA", now));
        assertTrue(check.accepts(later(1, 1480), WEB, true, "SA", now));
        assertFalse(check.accepts(later(1, 1480), WEB, true, "other SA", now), "came through another SA");
    }

    @Test
    @DisplayName("R52 a first fragment that failed the check lets no later one in (RFC 4301 7.3)")
    void shouldNotRememberFirstFragmentsThatFailed() {
        assertFalse(check.accepts(first(1, 80), WEB, true, "SA", now));
        assertFalse(check.accepts(later(1, 1480), WEB, true, "SA", now));
    }

    @Test
    @DisplayName("R52 BYPASS and DISCARD of a port hold for the later fragments too (RFC 4301 7.4)")
    void shouldTreatLaterFragmentsOfBypassAndDiscardAsTheFirst() {
        Policy<String> bypass = Policy.bypass("web", WEB);
        database.update(none -> List.of(bypass));
        assertEquals("unmatched", find(later(1, 1480)).name());
        find(first(1));
        assertSame(bypass, find(later(1, 1480)));

        Policy<String> discard = Policy.discard("web", WEB);
        database.update(none -> List.of(discard, Policy.bypass("rest", Selector.ANY)));
        assertEquals("rest", find(later(1, 1480)).name(), "forgotten when policies change");
        find(first(1));
        assertSame(discard, find(later(1, 1480)));
    }

    @Test
    @DisplayName("R52 fragments of IPv6 datagrams find their first one, whatever their Fragment header is followed by")
    void shouldFollowIpv6Fragments() {
        Policy<String> web = Policy.bypass("web", WEB);
        database.update(none -> List.of(web));
        find(TestPacket.of("::1", "::2")
                .fragment(0x8000_0001, 0, true)
                .extension(60, 1)
                .tcp(1, 443)
                .flow());
        assertSame(
                web,
                find(TestPacket.of("::1", "::2")
                        .fragment(0x8000_0001, 16, false)
                        .extension(60, 1)
                        .tcp(0, 0)
                        .flow()));
        assertEquals("unmatched", find(later6(1, 16)).name());
    }

    @Test
    @DisplayName("R52 what was decided on a first fragment is forgotten after 15 s")
    void shouldForgetFirstFragments() {
        Policy<String> web = Policy.bypass("web", WEB);
        database.update(none -> List.of(web));
        find(first(1));
        now += 15 * SECOND - 1;
        assertSame(web, find(later(1, 1480)));
        now += 1;
        assertEquals("unmatched", find(later(1, 1480)).name());
    }

    @Test
    @DisplayName(
            "R52 where an identification is used again, later fragments go the new datagram's way: none leaves in clear")
    void shouldForgetADatagramWhoseNameIsUsedAgain() {
        Policy<String> bypass = Policy.bypass("web", WEB);
        Policy<String> rest = Policy.protect("rest", "SA", Selector.ANY);
        database.update(none -> List.of(bypass, rest));
        assertSame(bypass, find(first(7)));
        assertSame(rest, find(first(7, 80)));
        assertSame(rest, find(later(7, 1480)));

        assertTrue(check.accepts(first(7), WEB, true, "SA", now));
        assertFalse(check.accepts(first(7, 80), WEB, true, "SA", now));
        assertFalse(check.accepts(later(7, 1480), WEB, true, "SA", now));
    }

    @Test
    @DisplayName("R52 a policy that matches without its ports too leaves later fragments to the search")
    void shouldNotRememberWhatPortsDidNotDecide() {
        Policy<String> rest = Policy.protect("later", "SA", TCP_LATER);
        Policy<String> all = Policy.bypass("all", WEB, TCP);
        database.update(none -> List.of(rest, all));
        assertSame(all, find(first(1)));
        assertSame(rest, find(later(1, 1480)));
    }
}
