package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a call allocates, so that no input makes it allocate without bound. Stateless. */
final class Allocation {
    private static final int RUNS = 5;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocation() {}

    /**
     * Runs an action and holds it to a bound. A run that exceeds it is repeated: the first may load classes, and a fuzzer's
     * instrumentation may allocate when it sees something new.
     */
    static void assertAtMost(long octets, Runnable action) {
        long least = Long.MAX_VALUE;
        for (int run = 0; run < RUNS && least > octets; run++) {
            least = Math.min(least, allocatedBy(action));
        }
        long allocated = least;
        assertTrue(allocated <= octets, () -> "allocated " + allocated + " octets in each of " + RUNS + " runs");
    }

    private static long allocatedBy(Runnable action) {
        long thread = Thread.currentThread().getId();
        long before = THREADS.getThreadAllocatedBytes(thread);
        action.run();
        return THREADS.getThreadAllocatedBytes(thread) - before;
    }
}
