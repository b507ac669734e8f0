package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FragmentTrackerTest {
    private static Flow fragment(int id, int protocol) {
        return TestPacket.of("10.0.0.1", "10.0.0.2")
                .fragment(id, 8, false)
                .raw(protocol, new byte[8])
                .flow();
    }

    @Test
    void shouldStayBoundedAndKeepTheNewest() {
        FragmentTracker<Integer> tracker = new FragmentTracker<>(3, 1_000);
        for (int id = 0; id < 1_000; id++) {
            tracker.remember(fragment(id, 6), id, 0, id);
            assertEquals(id, tracker.find(fragment(id, 6), 0, id));
        }
        int kept = 0;
        for (int id = 0; id < 1_000; id++) {
            kept += tracker.find(fragment(id, 6), 0, 999) == null ? 0 : 1;
        }
        assertTrue(kept >= 4 && kept <= 8, kept + " kept");
    }

    @Test
    void shouldDisplaceTheOldestOfItsPlace() {
        FragmentTracker<Integer> tracker = new FragmentTracker<>(3, 1_000);
        tracker.remember(fragment(0, 6), 0, 0, 0);
        int forgotten = -1;
        for (int id = 1; forgotten < 0; id++) {
            tracker.remember(fragment(id, 6), id, 0, id);
            if (tracker.find(fragment(0, 6), 0, id) == null) {
                forgotten = id;
            }
        }
        assertTrue(forgotten >= 4, "the fifth of one place is the earliest that can displace, not number " + forgotten);
    }

    @Test
    void shouldTellDatagramsApart() {
        FragmentTracker<String> tracker = new FragmentTracker<>(8, 1_000);
        tracker.remember(fragment(1, 6), "tcp", 0, 0);
        assertNull(tracker.find(fragment(1, 17), 0, 0), "the protocol is part of an IPv4 datagram's name");
        assertNull(tracker.find(fragment(2, 6), 0, 0));
        assertNull(tracker.find(fragment(1, 6), 1, 0), "another generation");
    }

    @Test
    void shouldTakeTheLatestDecision() {
        FragmentTracker<String> tracker = new FragmentTracker<>(8, 1_000);
        tracker.remember(fragment(1, 6), "first", 0, 0);
        tracker.remember(fragment(1, 6), "second", 0, 500);
        assertEquals("second", tracker.find(fragment(1, 6), 0, 1_499));
        assertNull(tracker.find(fragment(1, 6), 0, 1_500));
    }

    @Test
    void shouldRefuseUselessSizes() {
        assertThrows(IllegalArgumentException.class, () -> new FragmentTracker<>(2, 1));
        assertThrows(IllegalArgumentException.class, () -> new FragmentTracker<>(8, 0));
    }
}
