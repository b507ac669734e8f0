package io.esp4j.replay;

import static io.esp4j.replay.ReplayVerdict.ACCEPTED;
import static io.esp4j.replay.ReplayVerdict.REPLAYED;
import static io.esp4j.replay.ReplayVerdict.TOO_OLD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class ReplayWindowPropertyTest {
    @Provide
    Arbitrary<ReplayWindow> windows() {
        Arbitrary<Integer> sizes =
                Arbitraries.integers().between(1, 3000).edgeCases(edges -> edges.add(32, 64, 249, 250));
        return sizes.flatMap(size -> Arbitraries.longs()
                .flatMap(top -> Arbitraries.of(
                        ReplayWindow.singleOwner(size, true, top), ReplayWindow.lockFree(size, true, top))));
    }

    @Property
    @Label("R21 R23 a number is never accepted twice, whatever came in between")
    void shouldAcceptOnce(
            @ForAll("windows") ReplayWindow window, @ForAll List<@IntRange(min = -300, max = 300) Integer> moves) {
        long start = window.top();
        window.commit(start + 1);
        for (int move : moves) {
            window.commit(window.top() + move);
        }

        assertNotEquals(ACCEPTED, window.commit(start + 1));
    }

    @Property
    @Label("R22 commit gives what check said just before, and receives what it accepts")
    void shouldJudgeAlike(
            @ForAll("windows") ReplayWindow window, @ForAll @IntRange(min = -4000, max = 4000) int offset) {
        long number = window.top() + offset;

        ReplayVerdict checked = window.check(number);

        assertEquals(checked, window.commit(number));
        assertEquals(checked == TOO_OLD ? TOO_OLD : REPLAYED, window.commit(number));
    }

    @Property
    @Label("R23 top is the highest number accepted, and never goes back")
    void shouldKeepTheHighest(@ForAll("windows") ReplayWindow window, @ForAll long number) {
        long before = window.top();

        window.commit(number);

        assertEquals(SequenceNumbers.isAbove(number, before) ? number : before, window.top());
    }

    @Property
    @Label(
            "R27 the inferred number has the low half that was sent, and is less than 2^32 from the bottom of the window")
    void shouldInferWithinReach(@ForAll("windows") ReplayWindow window, @ForAll int low32) {
        long inferred = window.infer(low32);

        if (inferred != SequenceNumbers.NONE) {
            assertEquals(low32, SequenceNumbers.lowHalf(inferred));
            long bottom = window.top() - window.windowPackets() + 1;
            assertTrue(Long.compareUnsigned(inferred - bottom, SequenceNumbers.MAX_32_BIT) <= 0);
            assertTrue(!SequenceNumbers.isLeftOfWindow(inferred, window.top(), window.windowPackets()));
        }
    }
}
