package io.esp4j.dataplane;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The open workers of a dataplane, each with a small number that no other one has. Threads: thread-safe. */
final class Workers {
    private final List<Worker> open = new CopyOnWriteArrayList<>();
    private final BitSet numbers = new BitSet();

    /** Numbers a worker, which is then one of them. */
    synchronized Worker add(Worker worker) {
        int number = numbers.nextClearBit(0);
        numbers.set(number);
        worker.number(number);
        open.add(worker);
        return worker;
    }

    /** Its number is free again; nothing happens if it was removed before. */
    synchronized void remove(Worker worker) {
        if (open.remove(worker)) {
            numbers.clear(worker.number());
        }
    }

    /** Whether the calling thread is in the middle of a burst: in a hook, a sink or a listener. */
    boolean areCalling() {
        for (Worker worker : open) {
            if (worker.isCalling()) {
                return true;
            }
        }
        return false;
    }

    /** Returns when no burst is under way that began before the call. */
    void awaitEndOfBursts() {
        for (Worker worker : open) {
            worker.awaitEndOfBurst();
        }
    }
}
