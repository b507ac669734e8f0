package io.esp4j.io.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepaliveTimerTest {
    private static final long SECOND = 1_000_000_000;

    @ParameterizedTest
    @DisplayName("R42 A keepalive is due when nothing was sent for the interval, 20 seconds by default")
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void shouldBeDueAfterTheIntervalOfSilence(long start) {
        KeepaliveTimer timer = new KeepaliveTimer(KeepaliveTimer.DEFAULT_INTERVAL_NANOS, start);
        assertEquals(20 * SECOND, KeepaliveTimer.DEFAULT_INTERVAL_NANOS);
        assertFalse(timer.due(start));
        assertFalse(timer.due(start + 20 * SECOND - 1));
        assertTrue(timer.due(start + 20 * SECOND));
        timer.sent(start + 15 * SECOND);
        assertFalse(timer.due(start + 20 * SECOND));
        assertTrue(timer.due(start + 35 * SECOND));
    }

    @Test
    void shouldRefuseIntervalsThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> new KeepaliveTimer(0, 0));
    }
}
