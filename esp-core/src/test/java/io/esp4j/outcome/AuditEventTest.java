package io.esp4j.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.esp4j.wire.IpAddress;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class AuditEventTest {
    private final AuditEvent event = new AuditEvent();

    @Test
    @DisplayName("R26 an event over IPv6 tells SPI, time, addresses, number and flow label")
    void shouldTellEverythingOverIpv6() {
        IpAddress source = IpAddress.parse("2001:db8:8000::1");
        IpAddress destination = IpAddress.parse("2001:db8::ffff:ffff:ffff:ffff");
        event.begin(InboundOutcome.REPLAYED, 1_700_000_000_000L, 0xfedc_ba98, 0x1_0000_0002L, 3);
        event.v6(source.high(), source.low(), destination.high(), destination.low(), 0xfffff);

        assertEquals(InboundOutcome.REPLAYED, event.outcome());
        assertEquals(1_700_000_000_000L, event.epochMillis());
        assertEquals(0xfedc_ba98, event.spi());
        assertEquals(0x1_0000_0002L, event.sequence());
        assertEquals(source, event.source());
        assertEquals(destination, event.destination());
        assertEquals(0xfffff, event.flowLabel());
        assertEquals(3, event.suppressed());
        assertEquals(
                "2023-11-14T22:13:20Z REPLAYED spi=0xfedcba98 sequence=0x100000002 source=2001:db8:8000::1"
                        + " destination=2001:db8::ffff:ffff:ffff:ffff flowLabel=1048575 suppressed=3",
                event.toString());
    }

    @Test
    @DisplayName("R26 nothing of the event before shows in the next one")
    void shouldForgetTheEventBefore() {
        event.begin(InboundOutcome.REPLAYED, 1, 2, 3, 4);
        event.v6(1, 2, 3, 4, 5);
        event.begin(OutboundOutcome.SEQUENCE_EXHAUSTED, 5, 6, 7, 0);
        assertNull(event.source());
        assertNull(event.destination());
        assertEquals(0, event.flowLabel());
        event.v4(0xc000_0201, 0x0a00_0001);
        assertEquals(IpAddress.parse("192.0.2.1"), event.source());
        assertEquals(IpAddress.parse("10.0.0.1"), event.destination());
        assertEquals(0, event.flowLabel());
    }
}
