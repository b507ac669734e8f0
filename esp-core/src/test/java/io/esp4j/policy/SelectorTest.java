package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.wire.IpAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static final String A = "10.0.0.1";
    private static final String B = "10.0.0.2";

    @Test
    @DisplayName("R47 ANY includes fields that a packet does not show, a range does not, OPAQUE is those alone")
    void shouldTellAnyFromOpaqueFromRanges() {
        Selector any = Selector.builder().protocol("tcp").build();
        Selector all =
                Selector.builder().protocol("tcp").destinationPorts("0-65535").build();
        Selector opaque = Selector.builder().protocol("tcp").opaque().build();
        Flow whole = TestPacket.of(A, B).tcp(1, 2).flow();
        Flow later = TestPacket.of(A, B).fragment(1, 8, false).tcp(1, 2).flow();

        assertTrue(any.matches(whole) && any.matches(later));
        assertTrue(all.matches(whole) && !all.matches(later));
        assertTrue(!opaque.matches(whole) && opaque.matches(later));
        assertTrue(any.ignoresPorts() && !any.isOpaque());
        assertTrue(opaque.isOpaque() && !opaque.ignoresPorts());
    }

    @Test
    @DisplayName("R47 a range of ICMP messages holds those with first <= type * 256 + code <= last")
    void shouldCompareIcmpTypeAndCodeAsOneNumber() {
        Selector selector = Selector.builder()
                .protocol("icmp")
                .icmp(ValueSet.icmp(3, 4, 5, 1))
                .build();
        assertFalse(selector.matches(TestPacket.of(A, B).icmp(3, 3).flow()));
        assertTrue(selector.matches(TestPacket.of(A, B).icmp(3, 4).flow()));
        assertTrue(selector.matches(TestPacket.of(A, B).icmp(4, 200).flow()));
        assertTrue(selector.matches(TestPacket.of(A, B).icmp(5, 1).flow()));
        assertFalse(selector.matches(TestPacket.of(A, B).icmp(5, 2).flow()));
    }

    @Test
    @DisplayName("R47 Mobility Header types are selected by range")
    void shouldSelectMobilityTypes() {
        Selector selector = Selector.builder()
                .protocol("mh")
                .mobility(ValueSet.mobilityTypes(5, 6))
                .build();
        for (int type = 0; type < 256; type++) {
            Flow flow = TestPacket.of("::1", "::2").mobility(type).flow();
            assertEquals(type == 5 || type == 6, selector.matches(flow), "type " + type);
        }
    }

    @Test
    @DisplayName("R47 0.0.0.0/0 is IPv4 only, no addresses mean both families")
    void shouldKeepFamiliesApart() {
        Selector four = Selector.builder().destination("0.0.0.0/0").build();
        Flow six = TestPacket.of("::1", "::2").udp(1, 2).flow();
        assertTrue(four.matches(TestPacket.of(A, B).udp(1, 2).flow()));
        assertFalse(four.matches(six));
        assertTrue(Selector.ANY.matches(six));
        assertTrue(Selector.builder().source("::/0").build().matches(six));
    }

    @Test
    void shouldExchangeAddressesAndPortsButNotIcmpWhenReversed() {
        Selector selector = Selector.builder()
                .source(A)
                .protocol("tcp")
                .sourcePorts("1")
                .destinationPorts("2")
                .build();
        assertTrue(selector.matchesReversed(TestPacket.of(B, A).tcp(2, 1).flow()));
        assertFalse(selector.matchesReversed(TestPacket.of(A, B).tcp(1, 2).flow()));

        Selector echo = Selector.builder()
                .source(A)
                .protocol("icmp")
                .icmp(ValueSet.icmpType(8))
                .build();
        assertTrue(echo.matchesReversed(TestPacket.of(B, A).icmp(8, 0).flow()));
        assertFalse(echo.matchesReversed(TestPacket.of(B, A).icmp(0, 0).flow()));
    }

    @Test
    void shouldTakeListsOfEverything() {
        Selector selector = Selector.builder()
                .source("10.0.0.0/24")
                .source("10.0.2.0/24")
                .protocol(6)
                .protocol(17)
                .destinationPorts(ValueSet.of(80).and(ValueSet.of(443)))
                .build();
        assertTrue(selector.matches(TestPacket.of("10.0.2.255", B).udp(1, 443).flow()));
        assertFalse(selector.matches(TestPacket.of("10.0.1.0", B).udp(1, 443).flow()));
        assertFalse(selector.matches(TestPacket.of("10.0.2.255", B).udp(1, 81).flow()));
        assertFalse(selector.matches(
                TestPacket.of("10.0.2.255", B).ports(132, 1, 443).flow()));
    }

    @Test
    @DisplayName("R47 ports need a protocol that has ports")
    void shouldRefuseFieldsThatTheProtocolDoesNotHave() {
        assertRefused("any", Selector.builder().destinationPorts("443"));
        assertRefused("gre", Selector.builder().protocol("gre").destinationPorts("443"));
        assertRefused("icmp", Selector.builder().protocol(6).protocol(1).sourcePorts("1"));
        assertRefused("tcp", Selector.builder().protocol("tcp").icmp(ValueSet.icmpType(8)));
        assertRefused("tcp", Selector.builder().protocol("tcp").mobility(ValueSet.mobilityTypes(1, 1)));
        assertRefused("opaque", Selector.builder().opaqueProtocol().sourcePorts("1"));
        assertRefused("any", Selector.builder().opaque());
        assertRefused("family", Selector.builder().source(A).destination("::1"));
    }

    @Test
    void shouldSayWhichSingleAddressesItHas() {
        Selector selector = Selector.builder().source(A).build();
        assertTrue(selector.sources().get(0).isSingle());
        assertEquals(IpAddress.parse(A), selector.sources().get(0).first());
        assertTrue(selector.destinations().isEmpty());
    }

    @Test
    void shouldCompareByContent() {
        SelectorBuilder builder =
                Selector.builder().source("10.0.0.0/8").protocol("udp").sourcePorts("53");
        Selector same = Selector.builder()
                .source("10.0.0.0/8")
                .protocol("17")
                .sourcePorts("53-53")
                .build();
        assertEquals(same, builder.build());
        assertEquals(same.hashCode(), builder.build().hashCode());
        assertNotEquals(same, Selector.builder().source("10.0.0.0/8").build());
        assertEquals("10.0.0.0/8 -> any, protocol 17, 53 -> any", same.toString());
    }

    private static void assertRefused(String part, SelectorBuilder builder) {
        String message =
                assertThrows(IllegalArgumentException.class, builder::build).getMessage();
        assertTrue(message.contains(part), message);
    }
}
