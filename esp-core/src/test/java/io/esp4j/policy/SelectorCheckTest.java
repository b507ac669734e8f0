package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SelectorCheckTest {
    private static final Selector SELECTOR = Selector.builder()
            .source("10.1.0.0/16")
            .destination("10.2.0.0/16")
            .protocol("udp")
            .sourcePorts("53")
            .destinationPorts("1024-65535")
            .build();

    private final SelectorCheck<String> check = new SelectorCheck<>();

    private boolean accepts(TestPacket packet) {
        return check.accepts(packet.flow(), SELECTOR, false, "SA", 0);
    }

    @Test
    @DisplayName("R48 a packet that came out of an SA passes if every field is within the SA's selector")
    void shouldAcceptWhatTheSelectorHolds() {
        assertTrue(accepts(TestPacket.of("10.1.0.0", "10.2.255.255").udp(53, 1024)));
        assertTrue(accepts(TestPacket.of("10.1.255.255", "10.2.0.0").options(2).udp(53, 65_535)));
    }

    @Test
    @DisplayName("R48 a packet that came out of an SA is refused if one field is outside of the SA's selector")
    void shouldRefuseEachFieldOutsideOfTheSelector() {
        assertFalse(accepts(TestPacket.of("10.0.255.255", "10.2.0.1").udp(53, 1024)), "source");
        assertFalse(accepts(TestPacket.of("10.1.0.1", "10.3.0.0").udp(53, 1024)), "destination");
        assertFalse(accepts(TestPacket.of("10.1.0.1", "10.2.0.1").tcp(53, 1024)), "protocol");
        assertFalse(accepts(TestPacket.of("10.1.0.1", "10.2.0.1").udp(54, 1024)), "source port");
        assertFalse(accepts(TestPacket.of("10.1.0.1", "10.2.0.1").udp(53, 1023)), "destination port");
        assertFalse(accepts(TestPacket.of("10.1.0.1", "10.2.0.1").raw(17, (byte) 0, (byte) 53)), "no ports to see");
        assertFalse(accepts(TestPacket.of("::10.1.0.1", "::10.2.0.1").udp(53, 1024)), "family");
    }

    @Test
    @DisplayName("R48 the selector is compared in the direction of the SA")
    void shouldNotReverse() {
        assertFalse(accepts(TestPacket.of("10.2.0.1", "10.1.0.1").udp(1024, 53)));
    }
}
