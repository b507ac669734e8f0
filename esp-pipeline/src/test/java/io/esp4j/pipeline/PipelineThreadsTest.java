package io.esp4j.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.sun.management.ThreadMXBean;
import io.esp4j.dataplane.Burst;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Four threads on one SA, both directions. */
class PipelineThreadsTest {
    private static final int WORKERS = 4;
    private static final int BURST = 8;
    private static final int BURSTS = 4000;
    private static final int PARCELS = 32;

    private final Exchange exchange = new Exchange(new FreeProvider(), 4096);
    private final Pipeline sender = new Pipeline(exchange.sending, WORKERS, 64);
    private final Pipeline receiver = new Pipeline(exchange.receiving, WORKERS, 64);
    private final Queue<Parcel> idle = new ArrayDeque<>();
    private final Queue<Parcel> idleArrivals = new ArrayDeque<>();
    private final Queue<Memory> spare = new ArrayDeque<>();
    private final BitSet numbers = new BitSet();
    private long inOrder;
    private int taken;

    private void prepare() {
        for (int i = 0; i < PARCELS; i++) {
            Parcel parcel = Exchange.parcel(BURST);
            parcel.burst().reset(Exchange.memory(BURST));
            idle.add(parcel);
            idleArrivals.add(Exchange.parcel(BURST));
        }
    }

    /** One thread hands in and takes out at both ends; four and four others do the work. */
    private void run(Lane out, Lane in) {
        int handedIn = 0;
        while (taken < BURSTS) {
            if (handedIn < BURSTS && !idle.isEmpty()) {
                Parcel parcel = idle.peek();
                Memory memory = parcel.burst().memory();
                exchange.fill(parcel.burst(), memory, handedIn * BURST);
                if (out.encapsulate(parcel)) {
                    idle.remove();
                    handedIn++;
                }
            }
            Parcel sealed = idleArrivals.isEmpty() ? null : out.poll();
            if (sealed != null) {
                Parcel arrival = idleArrivals.remove();
                Exchange.receive(arrival.burst(), sealed.burst());
                idle.add(sealed);
                // The octets are the arrival's now; the parcel that made them gets others.
                sealed.burst().reset(swap(arrival.burst().memory()));
                while (!in.decapsulate(arrival)) {
                    Thread.onSpinWait();
                }
            }
            Parcel opened = in.poll();
            if (opened != null) {
                check(opened.burst());
                spare.add(opened.burst().memory());
                idleArrivals.add(opened);
                taken++;
            }
            if (sealed == null && opened == null) {
                LockSupport.parkNanos(1000);
            }
        }
    }

    private Memory swap(Memory given) {
        Memory other = spare.poll();
        return other != null && other != given ? other : Exchange.memory(BURST);
    }

    private void check(Burst burst) {
        for (int i = 0; i < burst.size(); i++) {
            assertEquals(InboundOutcome.ACCEPTED, burst.inbound(i));
            int number = (int) Exchange.number(burst, i);
            assertFalse(numbers.get(number), "twice: " + number);
            numbers.set(number);
            inOrder += number == taken * BURST + i ? 1 : 0;
        }
    }

    @Test
    @DisplayName("packets of one SA that four workers seal and four others open come out in the order they went in")
    void shouldKeepOrder() {
        prepare();
        PipelineThreads sealing = PipelineThreads.start(sender, Thread::new);
        PipelineThreads opening = PipelineThreads.start(receiver, Thread::new);
        try (sealing;
                opening) {
            run(sender.orderedLane(PARCELS), receiver.orderedLane(PARCELS));
        }
        assertEquals(BURSTS * BURST, numbers.cardinality());
        assertEquals(BURSTS * BURST, inOrder);
        assertEquals(BURSTS * BURST, exchange.in.count(InboundOutcome.ACCEPTED));
        exchange.close();
    }

    @Test
    @DisplayName("with order left off all packets come out, each once")
    void shouldLoseNothingWithoutOrder() {
        prepare();
        PipelineThreads sealing = PipelineThreads.start(sender, Thread::new);
        PipelineThreads opening = PipelineThreads.start(receiver, Thread::new);
        try (sealing;
                opening) {
            run(sender.unorderedLane(PARCELS), receiver.unorderedLane(PARCELS));
        }
        assertEquals(BURSTS * BURST, numbers.cardinality());
        exchange.close();
    }

    @Test
    @DisplayName("what was handed in before the threads are closed is worked on")
    void shouldFinishBeforeItEnds() {
        prepare();
        Lane lane = sender.orderedLane(PARCELS);
        int handedIn = 0;
        for (Parcel parcel : idle) {
            Memory memory = parcel.burst().memory();
            exchange.fill(parcel.burst(), memory, BURST * handedIn++);
            lane.encapsulate(parcel);
        }
        PipelineThreads.start(sender, Thread::new).close();
        for (Parcel parcel : idle) {
            assertEquals(parcel, lane.poll());
        }
        exchange.close();
    }

    @Test
    @DisplayName("handing in, working and taking out allocate nothing")
    void shouldAllocateNothing() {
        Pipeline pipeline = new Pipeline(exchange.sending, 1, 8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Memory memory = Exchange.memory(BURST);
        Parcel parcel = Exchange.parcel(BURST);
        for (Lane lane : new Lane[] {pipeline.orderedLane(4), pipeline.unorderedLane(4)}) {
            try (PipelineWorker worker = pipeline.newWorker(0)) {
                long least = Long.MAX_VALUE;
                for (int attempt = 0; attempt < 30 && least != 0; attempt++) {
                    long before = threads.getCurrentThreadAllocatedBytes();
                    for (int i = 0; i < 500; i++) {
                        exchange.fill(parcel.burst(), memory, 0);
                        lane.encapsulate(parcel);
                        worker.workOnce();
                        lane.poll();
                    }
                    least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
                }
                assertEquals(0, least, "octets, ordered: " + lane.isOrdered());
            }
        }
        exchange.close();
    }
}
