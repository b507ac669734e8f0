package io.esp4j.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class OrderRingTest {
    private static final int THREADS = 4;
    private static final int PER_THREAD = 100_000;

    private final List<String> released = new ArrayList<>();

    @Test
    void shouldReleaseInOrderOfTickets() {
        OrderRing<String> ring = new OrderRing<>(4);
        long a = ring.take();
        long b = ring.take();
        long c = ring.take();
        assertTrue(ring.complete(c, "c"));
        assertEquals(0, ring.drain(released::add));
        assertTrue(ring.complete(a, "a"));
        assertEquals(1, ring.drain(released::add));
        assertTrue(ring.complete(b, "b"));
        assertEquals(2, ring.drain(released::add));
        assertEquals(List.of("a", "b", "c"), released);
        assertEquals(0, ring.outstanding());
    }

    @Test
    void shouldReportWhenThereIsNoRoom() {
        OrderRing<String> ring = new OrderRing<>(2);
        long a = ring.take();
        long b = ring.take();
        assertEquals(OrderRing.FULL, ring.take());
        ring.complete(b, "b");
        assertEquals(OrderRing.FULL, ring.take(), "b waits for a");
        assertNull(ring.poll());
        assertEquals(2, ring.refused());
        ring.complete(a, "a");
        assertEquals(OrderRing.FULL, ring.take(), "nothing was released yet");
        assertEquals("a", ring.poll());
        long c = ring.take();
        assertTrue(c > b);
        assertEquals(OrderRing.FULL, ring.take());
        assertEquals("b", ring.poll());
        assertNull(ring.poll());
        assertEquals(1, ring.outstanding());
    }

    @Test
    void shouldNotWaitForAbandonedTickets() {
        OrderRing<String> ring = new OrderRing<>(4);
        long a = ring.take();
        long b = ring.take();
        long c = ring.take();
        ring.complete(c, "c");
        ring.abandon(b);
        assertEquals(0, ring.drain(released::add));
        ring.abandon(a);
        assertEquals(1, ring.drain(released::add));
        assertEquals(List.of("c"), released);
        assertEquals(0, ring.outstanding());
    }

    @Test
    void shouldGoOnWithoutOneThatIsStuckAndTellItThatItIsLate() {
        OrderRing<String> ring = new OrderRing<>(2);
        assertFalse(ring.overtake(), "nobody to overtake");
        long stuck = ring.take();
        long b = ring.take();
        ring.complete(b, "b");
        assertTrue(ring.overtake());
        ring.drain(released::add);
        // The slot of the stuck one is another's now, twice over.
        for (String next : List.of("c", "d", "e", "f")) {
            long ticket = ring.take();
            assertFalse(ring.complete(stuck, "stuck"));
            assertTrue(ring.complete(ticket, next));
            ring.drain(released::add);
        }
        assertFalse(ring.complete(stuck, "stuck"));
        assertEquals(List.of("b", "c", "d", "e", "f"), released);
        assertEquals(5, ring.late());
        assertFalse(ring.overtake(), "everything was handed in");
    }

    @Test
    void shouldNotOvertakeWhatWasHandedIn() {
        OrderRing<String> ring = new OrderRing<>(2);
        ring.complete(ring.take(), "a");
        assertFalse(ring.overtake());
        assertEquals("a", ring.poll());
    }

    @Test
    void shouldRefuseTicketsThatWereNotGivenOut() {
        OrderRing<String> ring = new OrderRing<>(2);
        assertThrows(IllegalArgumentException.class, () -> ring.complete(0, "a"));
        assertThrows(IllegalArgumentException.class, () -> ring.abandon(OrderRing.FULL));
        assertThrows(IllegalArgumentException.class, () -> new OrderRing<>(0));
        assertThrows(IllegalArgumentException.class, () -> new OrderRing<>(OrderRing.MAX_CAPACITY + 1));
    }

    @Test
    void shouldRoundCapacityUp() {
        assertEquals(1, new OrderRing<>(1).capacity());
        assertEquals(2, new OrderRing<>(2).capacity());
        assertEquals(8, new OrderRing<>(5).capacity());
    }

    @Test
    void shouldKeepOrderForThreadsThatDrainForEachOther() throws Exception {
        OrderRing<Long> ring = new OrderRing<>(64);
        long[] next = {0};
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            Callable<Void> work = () -> {
                for (int i = 0; i < PER_THREAD; ) {
                    long ticket = ring.take();
                    if (ticket == OrderRing.FULL) {
                        LockSupport.parkNanos(1000);
                        continue;
                    }
                    ring.complete(ticket, ticket);
                    // Only one releases at a time, so what it changes needs no lock.
                    ring.drain(item -> next[0] = item == next[0] ? item + 1 : Long.MIN_VALUE);
                    i++;
                }
                return null;
            };
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                done.get();
            }
        } finally {
            threads.shutdown();
        }
        assertEquals(THREADS * PER_THREAD, next[0]);
        assertEquals(0, ring.outstanding());
    }

    @Test
    void shouldAllocateNothing() {
        OrderRing<String> ring = new OrderRing<>(8);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 20 && least != 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                long a = ring.take();
                ring.complete(ring.take(), "b");
                ring.complete(a, "a");
                ring.poll();
                ring.poll();
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
    }
}
