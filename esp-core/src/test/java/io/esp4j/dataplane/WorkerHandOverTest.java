package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerHandOverTest {
    private static final int HAND_OVERS = 20_000;

    private final AtomicInteger turns = new AtomicInteger();

    private static void journey(Worker worker) {
        Burst burst = Volley.burst();
        worker.encapsulate(burst);
    }

    @Test
    void shouldNotTakeAThreadThatHasHandedItsWorkerOnForOneInAJourney() throws InterruptedException {
        try (Dataplane dataplane = Dataplane.builder().provider(Gateways.JDK).build();
                Worker worker = dataplane.newWorker()) {
            Thread other = new Thread(() -> {
                for (int turn = 1; turn < 2 * HAND_OVERS; turn += 2) {
                    await(turn);
                    journey(worker);
                    turns.incrementAndGet();
                }
            });
            other.setDaemon(true);
            other.start();
            for (int turn = 0; turn < 2 * HAND_OVERS; turn += 2) {
                await(turn);
                journey(worker);
                turns.incrementAndGet();
                boolean calling = false;
                while (turns.get() == turn + 1) {
                    calling |= worker.isCalling();
                }
                assertFalse(calling, "in hand-over " + turn / 2);
            }
            other.join();
        }
    }

    private void await(int turn) {
        while (turns.get() != turn) {
            Thread.onSpinWait();
        }
    }
}
