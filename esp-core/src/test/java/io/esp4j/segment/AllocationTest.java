package io.esp4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.esp4j.memory.Memory;
import io.esp4j.wire.Packets;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Neither cutting nor merging allocates: the same packets again and again, counted by the JVM. */
class AllocationTest {
    private static final int ROUNDS = 2_000;
    private static final int MSS = 100;

    private long octets;

    @Test
    void shouldAllocateNothing() {
        TcpPacket packet = TcpPacket.v4();
        packet.payload = Packets.count(1000);
        byte[] whole = packet.build();
        Memory source = Memory.of(whole);
        Memory cut = Memory.allocateDirect(200);
        Segmenter segmenter = new Segmenter();
        Coalescer coalescer =
                new Coalescer(Memory.allocateDirect(2 * 2000), 2, 2000, delivered -> octets += delivered.octets());

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long before = 0;
        for (int round = 0; round < 2 * ROUNDS; round++) {
            if (round == ROUNDS) {
                before = threads.getThreadAllocatedBytes(self);
            }
            segmenter.plan(source, 0, whole.length, MSS);
            for (int i = 0; i < segmenter.segments(); i++) {
                int length = segmenter.write(i, cut, 0);
                coalescer.offer(cut, 0, length, 0);
            }
            coalescer.flush();
        }
        long allocated = threads.getThreadAllocatedBytes(self) - before;
        assertEquals(2L * ROUNDS * whole.length, octets);
        assertTrue(allocated < ROUNDS, allocated + " octets allocated");
    }
}
