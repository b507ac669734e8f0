package io.esp4j.io.udp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Thread-safe in this way: each counter has one writing thread, and any thread may read. */
final class UdpCounters {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] counts = new long[UdpCounter.values().length];

    void add(UdpCounter counter, long amount) {
        int index = counter.ordinal();
        COUNT.setOpaque(counts, index, counts[index] + amount);
    }

    long count(UdpCounter counter) {
        return (long) COUNT.getOpaque(counts, counter.ordinal());
    }
}
