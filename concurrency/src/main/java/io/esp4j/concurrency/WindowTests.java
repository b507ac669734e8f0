package io.esp4j.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.esp4j.replay.ReplayVerdict;
import io.esp4j.replay.ReplayWindow;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.LLJ_Result;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The lock-free replay window. */
final class WindowTests {
    private static final int PACKETS = 64;

    private WindowTests() {}

    private static ReplayWindow window() {
        return ReplayWindow.lockFree(PACKETS, true, 0);
    }

    /** Two copies of one packet. */
    @JCStressTest
    @Outcome(id = "ACCEPTED, REPLAYED, 5", expect = ACCEPTABLE, desc = "the first thread's copy was first")
    @Outcome(id = "REPLAYED, ACCEPTED, 5", expect = ACCEPTABLE, desc = "the second thread's copy was first")
    @Outcome(expect = FORBIDDEN, desc = "accepted twice, never, or top is wrong")
    @State
    public static class Copies {
        private final ReplayWindow window = window();

        /** One copy. */
        @Actor
        public void first(LLJ_Result r) {
            r.r1 = window.commit(5);
        }

        /** The other. */
        @Actor
        public void second(LLJ_Result r) {
            r.r2 = window.commit(5);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LLJ_Result r) {
            r.r3 = window.top();
        }
    }

    /** Two numbers whose bits lie in one word: neither update is lost. */
    @JCStressTest
    @Outcome(id = "REPLAYED, REPLAYED, 10", expect = ACCEPTABLE, desc = "both are marked")
    @Outcome(expect = FORBIDDEN, desc = "a mark or the top was lost")
    @State
    public static class Neighbours {
        private final ReplayWindow window = window();

        /** The upper one. */
        @Actor
        public void upper() {
            window.commit(10);
        }

        /** The lower one. */
        @Actor
        public void lower() {
            window.commit(9);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LLJ_Result r) {
            r.r1 = window.check(10);
            r.r2 = window.check(9);
            r.r3 = window.top();
        }
    }

    /** A number and the one that it pushes out of the window. */
    @JCStressTest
    @Outcome(id = "ACCEPTED, ACCEPTED, 69", expect = ACCEPTABLE, desc = "the old one came first")
    @Outcome(id = "ACCEPTED, TOO_OLD, 69", expect = ACCEPTABLE, desc = "the new one came first")
    @Outcome(expect = FORBIDDEN, desc = "a packet inside the window was refused, or the top is wrong")
    @State
    public static class PushedOut {
        private final ReplayWindow window = window();

        /** The new one. */
        @Actor
        public void newer(LLJ_Result r) {
            r.r1 = window.commit(5 + PACKETS);
        }

        /** The old one. */
        @Actor
        public void older(LLJ_Result r) {
            r.r2 = window.commit(5);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LLJ_Result r) {
            r.r3 = window.top();
        }
    }

    /** Who was told that a number is received knows that the window has moved with it. */
    @JCStressTest
    @Outcome(id = "ACCEPTED, TOO_OLD", expect = ACCEPTABLE, desc = "before it: 69 was new; then 5 is too old")
    @Outcome(id = "REPLAYED, TOO_OLD", expect = ACCEPTABLE, desc = "after it")
    @Outcome(expect = FORBIDDEN, desc = "69 was received and yet 5 was inside the window")
    @State
    public static class SeenMark {
        private final ReplayWindow window = window();

        /** Moves the window. */
        @Actor
        public void move() {
            window.commit(5 + PACKETS);
        }

        /** Sees that, and then tries the number that fell out. */
        @Actor
        public void see(LL_Result r) {
            r.r1 = window.check(5 + PACKETS);
            r.r2 = r.r1 == ReplayVerdict.REPLAYED ? window.commit(5) : ReplayVerdict.TOO_OLD;
        }
    }

    /** A row of numbers beside a copy of one of them. */
    @JCStressTest
    @Outcome(id = "12, REPLAYED, 12", expect = ACCEPTABLE, desc = "the row was first")
    @Outcome(id = "7, ACCEPTED, 9", expect = ACCEPTABLE, desc = "the copy was first: the row ends before its block")
    @Outcome(expect = FORBIDDEN, desc = "accepted twice or never, or the top is wrong")
    @State
    public static class Row {
        private final ReplayWindow window = window();

        /** The row, in two blocks. */
        @Actor
        public void row(LLJ_Result r) {
            r.r1 = window.commitLeading(1, 12);
        }

        /** The copy. */
        @Actor
        public void copy(LLJ_Result r) {
            r.r2 = window.commit(9);
        }

        /** Afterwards. */
        @Arbiter
        public void after(LLJ_Result r) {
            r.r3 = window.top();
        }
    }

    /** The top never goes back. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 7", "0, 900", "7, 7", "7, 900", "900, 900"},
            expect = ACCEPTABLE,
            desc = "it rises")
    @Outcome(expect = FORBIDDEN, desc = "it fell")
    @State
    public static class Top {
        private final ReplayWindow window = window();

        /** Moves it twice. */
        @Actor
        public void move() {
            window.commit(7);
            window.commit(900);
        }

        /** Looks twice. */
        @Actor
        public void look(JJ_Result r) {
            r.r1 = window.top();
            r.r2 = window.top();
        }
    }
}
