package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SingleOwnerReplayWindowContractTest extends ReplayWindowContractTest {
    @Override
    ReplayWindow window(int windowPackets, boolean extended, long top) {
        return ReplayWindow.singleOwner(windowPackets, extended, top);
    }

    @Test
    @DisplayName("R21 R23 numbers in a row above top, as many as the window has, are received in one step")
    void shouldCommitRowInOneStep() {
        ReplayWindow window = window(100, true, 0xffff_fff0L);

        assertEquals(100, window.commitLeading(0xffff_fff5L, 100));

        assertEquals(0x1_0000_0058L, window.top());
        for (long number = 0xffff_fff5L; number <= window.top(); number++) {
            assertEquals(ReplayVerdict.REPLAYED, window.commit(number));
        }
    }

    @Test
    @DisplayName("R21 R23 a row that is not all new, or longer than the window, changes nothing")
    void shouldRefuseOtherRows() {
        ReplayWindow window = window(100, true, 50);

        assertEquals(0, window.commitLeading(50, 2));
        assertEquals(0, window.commitLeading(51, 101));
        assertEquals(0, window.commitLeading(-1, 2), "beyond the last number there is");

        assertEquals(50, window.top());
        assertEquals(ReplayVerdict.ACCEPTED, window.check(51));
    }
}
