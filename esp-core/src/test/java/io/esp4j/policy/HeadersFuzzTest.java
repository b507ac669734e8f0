package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.esp4j.memory.Memory;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Extensions;
import io.esp4j.wire.Ipv6Header;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * Any octets as an IP packet that ends where its memory ends, so that reading beyond it throws; and as the text of addresses,
 * prefixes, protocols and ports.
 */
class HeadersFuzzTest {
    private static final Flow FLOW = new Flow();
    private static final Ipv6Extensions CHAIN = new Ipv6Extensions();
    private static final Selector SELECTOR = Selector.builder()
            .source("10.0.0.0/8")
            .source("2001:db8::/32")
            .protocol("tcp")
            .destinationPorts("1-1024")
            .build();

    @FuzzTest(maxDuration = "30s")
    void shouldReadAnyHeaders(byte[] octets) {
        Memory memory = Memory.of(octets);
        if (FLOW.parse(memory, 0, octets.length)) {
            SELECTOR.matches(FLOW);
            SELECTOR.matchesReversed(FLOW);
            assertTrue(FLOW.fragmentOffset() >= 0 && FLOW.protocol() <= 255);
        }
        if (Ipv4Header.isValid(memory, 0, octets.length)) {
            assertTrue(Ipv4Header.headerOctets(memory, 0) <= Ipv4Header.totalOctets(memory, 0));
            assertTrue(Ipv4Header.totalOctets(memory, 0) <= octets.length);
        }
        if (Ipv6Header.isValid(memory, 0, octets.length)) {
            int total = Ipv6Header.totalOctets(memory, 0);
            assertTrue(total <= octets.length);
            if (CHAIN.walk(memory, 0, total)) {
                assertTrue(CHAIN.espAt() <= CHAIN.upperLayerAt() && CHAIN.upperLayerAt() <= total);
                assertEquals(CHAIN.fragmentOffset(memory) & 7, 0);
            }
        }
        readAnyText(new String(octets, StandardCharsets.ISO_8859_1));
    }

    private static void readAnyText(String text) {
        IpAddress address = parse(IpAddress::parse, text);
        if (address != null) {
            assertEquals(address, IpAddress.parse(address.toString()));
        }
        IpPrefix prefix = parse(IpPrefix::parse, text);
        if (prefix != null) {
            assertEquals(prefix, IpPrefix.parse(prefix.toString()));
        }
        parse(NextLayerProtocol::parse, text);
        parse(ValueSet::parsePorts, text);
    }

    private static <T> T parse(Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException expected) {
            return null;
        }
    }
}
