package io.esp4j.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Exchange exchange = new Exchange(Exchange.JDK, 1024);

    private Parcel filled(int packets, int first) {
        Parcel parcel = Exchange.parcel(packets);
        exchange.fill(parcel.burst(), Exchange.memory(packets), first);
        return parcel;
    }

    private static int workOnAll(PipelineWorker worker) {
        int parcels = 0;
        while (worker.workOnce()) {
            parcels++;
        }
        return parcels;
    }

    @Test
    void shouldBringBurstsToWorkerAndBack() {
        Pipeline sender = new Pipeline(exchange.sending, 1, 8);
        Pipeline receiver = new Pipeline(exchange.receiving, 1, 8);
        Lane out = sender.orderedLane(4);
        Lane in = receiver.unorderedLane(4);
        try (PipelineWorker encapsulating = sender.newWorker(0);
                PipelineWorker decapsulating = receiver.newWorker(0)) {
            assertFalse(encapsulating.workOnce());
            Parcel parcel = filled(3, 10);
            assertTrue(out.encapsulate(parcel));
            assertEquals(1, out.underWay());
            assertNull(out.poll());
            assertTrue(encapsulating.workOnce());
            assertSame(parcel, out.poll());
            assertEquals(0, out.underWay());
            assertEquals(OutboundOutcome.ENCAPSULATED, parcel.burst().outbound(2));

            Parcel arrived = Exchange.parcel(3);
            Exchange.receive(arrived.burst(), parcel.burst());
            assertTrue(in.decapsulate(arrived));
            assertEquals(1, in.underWay());
            assertTrue(decapsulating.workOnce());
            assertSame(arrived, in.poll());
            assertNull(arrived.failure());
            assertFalse(arrived.isLate());
            for (int i = 0; i < 3; i++) {
                assertEquals(InboundOutcome.ACCEPTED, arrived.burst().inbound(i));
                assertEquals(10 + i, Exchange.number(arrived.burst(), i));
            }
            assertEquals(3, encapsulating.worker().count(OutboundOutcome.ENCAPSULATED));
            assertEquals(0, in.underWay());
        }
        exchange.close();
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndLeaveItToTheCaller() {
        Pipeline pipeline = new Pipeline(exchange.sending, 1, 2);
        for (Lane lane : new Lane[] {pipeline.orderedLane(2), pipeline.unorderedLane(2)}) {
            try (PipelineWorker worker = pipeline.newWorker(0)) {
                Parcel third = filled(1, 3);
                assertTrue(lane.encapsulate(filled(1, 1)));
                assertTrue(lane.encapsulate(filled(1, 2)));
                assertFalse(lane.encapsulate(third));
                assertEquals(1, lane.refused());
                assertEquals(2, lane.underWay());
                assertEquals(2, workOnAll(worker));
                assertFalse(lane.encapsulate(third), "finished parcels take room until they are taken out");
                lane.poll();
                assertTrue(lane.encapsulate(third));
                assertEquals(1, workOnAll(worker));
                lane.poll();
                assertSame(third, lane.poll());
            }
        }
        // The queue to the workers is full, though the lane is not: the place in the order is given back.
        Lane roomy = pipeline.orderedLane(16);
        roomy.encapsulate(filled(1, 1));
        roomy.encapsulate(filled(1, 2));
        Parcel refused = filled(1, 3);
        assertFalse(roomy.encapsulate(refused));
        assertEquals(1, roomy.refused());
        try (PipelineWorker worker = pipeline.newWorker(0)) {
            assertTrue(worker.workOnce());
            assertTrue(roomy.encapsulate(refused));
            assertTrue(worker.workOnce());
            assertTrue(worker.workOnce());
            roomy.poll();
            roomy.poll();
            assertSame(refused, roomy.poll());
            assertEquals(0, roomy.underWay());
        }
        exchange.close();
    }

    @Test
    void shouldSayWhyBurstMadeNoJourneyAndKeepItsPlace() {
        Pipeline pipeline = new Pipeline(exchange.sending, 1, 8);
        Lane lane = pipeline.orderedLane(4);
        try (PipelineWorker worker = pipeline.newWorker(0)) {
            Parcel used = filled(1, 1);
            worker.worker().encapsulate(used.burst());
            Parcel next = filled(1, 2);
            lane.encapsulate(used);
            lane.encapsulate(next);
            worker.workOnce();
            worker.workOnce();
            assertSame(used, lane.poll());
            assertInstanceOf(IllegalStateException.class, used.failure());
            assertSame(next, lane.poll());
            assertNull(next.failure());
        }
        exchange.close();
    }

    @Test
    void shouldSteerLaneToOneWorkerWhilePacketsFlowAndOvertakeOneThatIsStuck() {
        Pipeline pipeline = new Pipeline(exchange.sending, 2, 8);
        Lane lane = pipeline.orderedLane(4);
        try (PipelineWorker stuck = pipeline.newWorker(0);
                PipelineWorker well = pipeline.newWorker(1)) {
            Parcel first = filled(1, 1);
            Parcel second = filled(1, 2);
            lane.steerTo(0);
            lane.encapsulate(first);
            lane.steerTo(1);
            lane.encapsulate(second);
            assertTrue(well.workOnce());
            assertFalse(well.workOnce(), "the first is for the other worker alone");
            assertNull(lane.poll());
            assertTrue(lane.overtake());
            assertSame(second, lane.poll());
            assertFalse(second.isLate());
            assertTrue(stuck.workOnce());
            assertSame(first, lane.poll());
            assertTrue(first.isLate());
            assertEquals(OutboundOutcome.ENCAPSULATED, first.burst().outbound(0));

            lane.steerTo(Pipeline.ANY_WORKER);
            exchange.fill(first.burst(), Exchange.memory(1), 3);
            lane.encapsulate(first);
            assertTrue(stuck.workOnce());
            assertSame(first, lane.poll());
            assertFalse(first.isLate());
        }
        assertThrows(IllegalArgumentException.class, () -> lane.steerTo(2));
        assertThrows(IllegalArgumentException.class, () -> pipeline.newWorker(-2));
        exchange.close();
    }

    @Test
    void shouldRefuseImpossibleSizes() {
        assertThrows(IllegalArgumentException.class, () -> new Pipeline(exchange.sending, 0, 8));
        assertThrows(IllegalArgumentException.class, () -> new Pipeline(exchange.sending, 1, 1));
        Pipeline pipeline = new Pipeline(exchange.sending, 1, 2);
        assertThrows(IllegalArgumentException.class, () -> pipeline.unorderedLane(0));
        assertThrows(IllegalArgumentException.class, () -> pipeline.orderedLane(0));
        assertFalse(pipeline.unorderedLane(1).overtake());
        exchange.close();
    }
}
