package io.esp4j.dataplane;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** What one worker has carried with one SA. Threads: one writes, any may read. */
final class WorkerTally {
    private static final VarHandle PACKETS;
    private static final VarHandle OCTETS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            PACKETS = lookup.findVarHandle(WorkerTally.class, "packets", long.class);
            OCTETS = lookup.findVarHandle(WorkerTally.class, "octets", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long packets;
    private long octets;

    void count(int morePackets, long moreOctets) {
        PACKETS.setOpaque(this, packets + morePackets);
        OCTETS.setOpaque(this, octets + moreOctets);
    }

    long packets() {
        return (long) PACKETS.getOpaque(this);
    }

    long octets() {
        return (long) OCTETS.getOpaque(this);
    }
}
