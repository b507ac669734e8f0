package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class LockFreeReplayWindowContractTest extends ReplayWindowContractTest {
    @Override
    ReplayWindow window(int windowPackets, boolean extended, long top) {
        return ReplayWindow.lockFree(windowPackets, extended, top);
    }

    @Test
    @DisplayName(
            "R21 R22 R23 a row of numbers is received up to the block of the first that is not new, and no further")
    void shouldCommitLeadingNumbers() {
        ReplayWindow window = window(64, true, 0);
        assertEquals(ReplayVerdict.ACCEPTED, window.commit(21));
        // Blocks begin at multiples of 8: the one with 21 is left to its numbers one by one.
        assertEquals(15, window.commitLeading(1, 32));
        assertEquals(21, window.top());
        for (int number = 1; number <= 15; number++) {
            assertEquals(ReplayVerdict.REPLAYED, window.check(number));
        }
        for (int number = 16; number <= 32; number++) {
            assertEquals(number == 21 ? ReplayVerdict.REPLAYED : ReplayVerdict.ACCEPTED, window.check(number));
        }
        assertEquals(32, window.commitLeading(22, 32));
        assertEquals(53, window.top());
        assertEquals(0, window.commitLeading(50, 8));
        assertEquals(0, window.commitLeading(0, 8), "number 0 is never new");
        assertEquals(8, window.commitLeading(1000, 8));
        assertEquals(0, window.commitLeading(900, 8), "left of the window");
        assertEquals(0, window.commitLeading(-4, 8), "beyond the last number there is");
        assertEquals(4, window.commitLeading(-4, 4));
        assertEquals(-1, window.top());
    }
}
