package io.esp4j.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.esp4j.replay.SequenceCounter;
import io.esp4j.replay.SequenceNumbers;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The outbound sequence counter. */
final class CounterTests {
    private CounterTests() {}

    /** Two ranges have no number in common and leave none out. */
    @JCStressTest
    @Outcome(id = "1, 4, 8", expect = ACCEPTABLE, desc = "three, then five")
    @Outcome(id = "6, 1, 8", expect = ACCEPTABLE, desc = "five, then three")
    @Outcome(expect = FORBIDDEN, desc = "a number given out twice, or lost")
    @State
    public static class Ranges {
        private final SequenceCounter counter = new SequenceCounter(true, 0, 0);

        /** Three. */
        @Actor
        public void three(JJJ_Result r) {
            r.r1 = counter.reserve(3);
        }

        /** Five. */
        @Actor
        public void five(JJJ_Result r) {
            r.r2 = counter.reserve(5);
        }

        /** Afterwards. */
        @Arbiter
        public void after(JJJ_Result r) {
            r.r3 = counter.last();
        }
    }

    /** Two want the last numbers: one has them, and the counter does not cycle. */
    @JCStressTest
    @Outcome(id = "4294967293, 0, 4294967295", expect = ACCEPTABLE, desc = "the first has them")
    @Outcome(id = "0, 4294967293, 4294967295", expect = ACCEPTABLE, desc = "the second has them")
    @Outcome(expect = FORBIDDEN, desc = "the counter cycled, or nobody has them")
    @State
    public static class LastNumbers {
        private final SequenceCounter counter = new SequenceCounter(false, SequenceNumbers.MAX_32_BIT - 3, 0);

        /** One. */
        @Actor
        public void first(JJJ_Result r) {
            r.r1 = counter.reserve(3);
        }

        /** The other. */
        @Actor
        public void second(JJJ_Result r) {
            r.r2 = counter.reserve(3);
        }

        /** Afterwards. */
        @Arbiter
        public void after(JJJ_Result r) {
            r.r3 = counter.last();
        }
    }

    /** The moment to ask for a new SA is told once. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "told to one")
    @Outcome(expect = FORBIDDEN, desc = "told to both or to nobody")
    @State
    public static class SoftThreshold {
        private final SequenceCounter counter = new SequenceCounter(true, 0, 4);

        private long reserve() {
            return counter.crossesSoftThreshold(counter.reserve(3), 3) ? 1 : 0;
        }

        /** One. */
        @Actor
        public void first(JJ_Result r) {
            r.r1 = reserve();
        }

        /** The other. */
        @Actor
        public void second(JJ_Result r) {
            r.r2 = reserve();
        }
    }
}
