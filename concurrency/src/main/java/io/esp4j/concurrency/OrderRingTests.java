package io.esp4j.concurrency;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.esp4j.pipeline.OrderRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.L_Result;
import org.openjdk.jcstress.infra.results.ZL_Result;

/** The ring that restores order. */
final class OrderRingTests {
    private OrderRingTests() {}

    /** An item, whose content must be seen by whoever releases it. */
    private static final class Item {
        private String name;

        Item(String name) {
            this.name = name;
        }
    }

    /** Items in the order of their release; only one thread at a time releases, so nothing here needs to be atomic. */
    private static final class Wire {
        private String seen = "";

        void send(Item item) {
            seen += item.name;
        }
    }

    /** Two hand in and drain: both are released, in order, whoever does it. */
    @JCStressTest
    @Outcome(id = "ab", expect = ACCEPTABLE, desc = "in order")
    @Outcome(expect = FORBIDDEN, desc = "out of order, lost, or left in the ring by both threads")
    @State
    public static class Order {
        private final OrderRing<Item> ring = new OrderRing<>(2);
        private final Wire wire = new Wire();
        private final long first = ring.take();
        private final long second = ring.take();

        /** The first. */
        @Actor
        public void first() {
            ring.complete(first, new Item("a"));
            ring.drain(wire::send);
        }

        /** The second. */
        @Actor
        public void second() {
            ring.complete(second, new Item("b"));
            ring.drain(wire::send);
        }

        /** Afterwards. */
        @Arbiter
        public void after(L_Result r) {
            r.r1 = wire.seen;
        }
    }

    /** No place in the order is given out twice. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "one each")
    @Outcome(expect = FORBIDDEN, desc = "the same place, or none though there was room")
    @State
    public static class Tickets {
        private final OrderRing<Item> ring = new OrderRing<>(2);

        /** One. */
        @Actor
        public void first(JJ_Result r) {
            r.r1 = ring.take();
        }

        /** The other. */
        @Actor
        public void second(JJ_Result r) {
            r.r2 = ring.take();
        }
    }

    /** A place is free again only when it was released. */
    @JCStressTest
    @Outcome(
            id = {"a", "ab"},
            expect = ACCEPTABLE,
            desc = "full, or in order")
    @Outcome(expect = FORBIDDEN, desc = "the second took the place of the first")
    @State
    public static class Reuse {
        private final OrderRing<Item> ring = new OrderRing<>(1);
        private final Wire wire = new Wire();
        private final long first = ring.take();

        /** The first. */
        @Actor
        public void first() {
            ring.complete(first, new Item("a"));
            ring.drain(wire::send);
        }

        /** The second, if there is room. */
        @Actor
        public void second() {
            long second = ring.take();
            if (second != OrderRing.FULL) {
                ring.complete(second, new Item("b"));
                ring.drain(wire::send);
            }
        }

        /** Afterwards. */
        @Arbiter
        public void after(L_Result r) {
            r.r1 = wire.seen;
        }
    }

    /** The oldest is handed in at the moment at which it is overtaken, and its place is taken by the next. */
    @JCStressTest
    @Outcome(id = "true, ab", expect = ACCEPTABLE, desc = "in time, and there was room behind it")
    @Outcome(id = "true, a", expect = ACCEPTABLE, desc = "in time, and the ring was full when the other looked")
    @Outcome(id = "false, b", expect = ACCEPTABLE, desc = "too late, and its owner knows")
    @Outcome(id = "false, ", expect = ACCEPTABLE, desc = "too late, and the other looked before there was room again")
    @Outcome(expect = FORBIDDEN, desc = "released though late, lost though in time, or in the next one's place")
    @State
    public static class Overtaking {
        private final OrderRing<Item> ring = new OrderRing<>(1);
        private final Wire wire = new Wire();
        private final long first = ring.take();

        /** The slow one. */
        @Actor
        public void slow(ZL_Result r) {
            r.r1 = ring.complete(first, new Item("a"));
            ring.drain(wire::send);
        }

        /** The impatient one. */
        @Actor
        public void impatient() {
            ring.overtake();
            ring.drain(wire::send);
            long second = ring.take();
            if (second != OrderRing.FULL) {
                ring.complete(second, new Item("b"));
                ring.drain(wire::send);
            }
        }

        /** Afterwards. */
        @Arbiter
        public void after(ZL_Result r) {
            ring.drain(wire::send);
            r.r2 = wire.seen;
        }
    }
}
