package io.esp4j.sa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SaValuesTest {
    @Test
    @DisplayName("R51 a soft limit lies at or before the hard one, of each kind; 0 is none")
    void shouldRefuseSoftBeyondHard() {
        new Lifetime(5, 5, 5, 5, 5, 5);
        new Lifetime(5, 0, 5, 0, 5, 0);
        new Lifetime(0, 5, 0, 5, 0, 5);
        assertRefused("packets", 6, 5, 0, 0, 0, 0);
        assertRefused("octets", 0, 0, 6, 5, 0, 0);
        assertRefused("seconds", 0, 0, 0, 0, 6, 5);
        assertRefused("packets", -1, 0, 0, 0, 0, 0);
        assertRefused("octets", 0, 0, 0, -1, 0, 0);
        assertRefused("seconds", 0, 0, 0, 0, 0, -1);
    }

    private static void assertRefused(String unit, long sp, long hp, long so, long ho, long ss, long hs) {
        String message = assertThrows(IllegalArgumentException.class, () -> new Lifetime(sp, hp, so, ho, ss, hs))
                .getMessage();
        assertTrue(message.contains(unit), message);
    }

    @Test
    @DisplayName("R12 traffic flow padding is none, fixed, random in a range, or to the path MTU")
    void shouldTakeRangesOfTrafficFlowPadding() {
        assertEquals(new TrafficFlowPadding(0, 0), TrafficFlowPadding.NONE);
        assertEquals(new TrafficFlowPadding(500, 500), TrafficFlowPadding.to(500));
        assertEquals(65535, TrafficFlowPadding.toPathMtu().minimumOctets());
        assertThrows(IllegalArgumentException.class, () -> new TrafficFlowPadding(-1, 0));
        assertThrows(IllegalArgumentException.class, () -> new TrafficFlowPadding(10, 9));
        assertThrows(IllegalArgumentException.class, () -> new TrafficFlowPadding(0, 65536));
    }

    @Test
    @DisplayName("R40 ports are 1 to 65535")
    void shouldRefusePortsOutOfRange() {
        new UdpEncapsulation(1, 65535);
        for (int port : new int[] {0, -1, 65536}) {
            assertThrows(IllegalArgumentException.class, () -> new UdpEncapsulation(port, 4500));
            assertThrows(IllegalArgumentException.class, () -> new UdpEncapsulation(4500, port));
        }
    }
}
