package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.wire.IpAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectorTextTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
        "192.0.2.1, 192.0.2.1, 192.0.2.1",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.1",
        "192.0.2.2/31, 192.0.2.2, 192.0.2.3",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::/64, 2001:db8::, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::/65, 2001:db8::, 2001:db8::7fff:ffff:ffff:ffff",
        "2001:db8:0:0:8000::/65, 2001:db8:0:0:8000::, 2001:db8::ffff:ffff:ffff:ffff",
        "2001:db8::5, 2001:db8::5, 2001:db8::5",
        "2001:db8::4/127, 2001:db8::4, 2001:db8::5",
    })
    void shouldReadPrefixes(String text, String first, String last) {
        AddressRange range = IpPrefix.parse(text).range();
        assertEquals(IpAddress.parse(first), range.first());
        assertEquals(IpAddress.parse(last), range.last());
        assertTrue(range.contains(range.first()) && range.contains(range.last()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "10.0.0.0/08x",
                "10.0.0/8",
                "10.0.0.256",
                "10.0.0.1/8",
                "::/129",
                "2001:db8::1/32",
                "any",
                "localhost",
                "10.0.0.1-10.0.0.2",
                " 10.0.0.1"
            })
    void shouldSayWhatIsWrongWithAPrefix(String text) {
        assertOneLine(assertThrows(
                IllegalArgumentException.class, () -> Selector.builder().source(text)));
    }

    @Test
    void shouldSuggestThePrefixThatWasMeant() {
        String message = assertThrows(IllegalArgumentException.class, () -> IpPrefix.parse("10.1.2.3/8"))
                .getMessage();
        assertTrue(message.contains("10.0.0.0/8") && message.contains("10.1.2.3"), message);
        assertEquals(
                "10.0.0.0/8",
                IpPrefix.containing(IpAddress.parse("10.1.2.3"), 8).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "tcp, 6",
        "UDP, 17",
        "icmp, 1",
        "icmpv6, 58",
        "ipv6-icmp, 58",
        "sctp, 132",
        "esp, 50",
        "47, 47",
        "0, 0",
        "255, 255"
    })
    void shouldReadProtocols(String text, int number) {
        assertEquals(number, NextLayerProtocol.parse(text));
        assertEquals(
                ValueSet.of(number), Selector.builder().protocol(text).build().protocols());
    }

    @Test
    void shouldReadAnyProtocol() {
        assertTrue(Selector.builder().protocol("any").build().protocols().isAny());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "256", "-1", "tcpx", "6.0", "0x6", "tcp,udp", "999999999999"})
    void shouldSayWhatIsWrongWithAProtocol(String text) {
        assertOneLine(assertThrows(
                IllegalArgumentException.class, () -> Selector.builder().protocol(text)));
    }

    @ParameterizedTest
    @CsvSource({
        "443, 443, 443",
        "1000-2000, 1000, 2000",
        "0, 0, 0",
        "0-65535, 0, 65535",
        "65535, 65535, 65535",
        "7-7, 7, 7"
    })
    void shouldReadPorts(String text, int first, int last) {
        assertEquals(ValueSet.range(first, last), ValueSet.parsePorts(text));
        assertFalse(ValueSet.parsePorts(text).contains(Flow.OPAQUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "65536", "2000-1000", "-1", "1-", "1-2-3", "http", "80,443", "any", "1-65536", " 80"})
    void shouldSayWhatIsWrongWithPorts(String text) {
        assertOneLine(assertThrows(IllegalArgumentException.class, () -> ValueSet.parsePorts(text)));
    }

    @Test
    void shouldPrintRangesAsThePrefixTheyAre() {
        assertEquals("10.0.0.0/8", IpPrefix.parse("10.0.0.0/8").range().toString());
        assertEquals("2001:db8::/33", IpPrefix.parse("2001:db8::/33").range().toString());
        assertEquals("::1", AddressRange.of(IpAddress.parse("::1")).toString());
        assertEquals(
                "10.0.0.1-10.0.0.2",
                new AddressRange(IpAddress.parse("10.0.0.1"), IpAddress.parse("10.0.0.2")).toString());
    }

    @Test
    void shouldRefuseRangesOutOfOrder() {
        IpAddress low = IpAddress.parse("127.0.0.1");
        IpAddress high = IpAddress.parse("128.0.0.1");
        assertThrows(IllegalArgumentException.class, () -> new AddressRange(high, low));
        assertThrows(IllegalArgumentException.class, () -> new AddressRange(low, IpAddress.parse("::1")));
        assertTrue(new AddressRange(low, high).contains(high));
    }

    private static void assertOneLine(IllegalArgumentException error) {
        assertTrue(error.getMessage().contains("expected"), error.getMessage());
        assertFalse(error.getMessage().contains("\n"), error.getMessage());
    }
}
