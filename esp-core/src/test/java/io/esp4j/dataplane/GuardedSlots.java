package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;

/** Packets in slots with octets between them that nobody may touch. Threads: single owner thread. */
final class GuardedSlots {
    static final int HEADROOM = 160;
    static final int TAILROOM = 300;
    private static final int GUARD = 64;
    private static final int PATTERN = 0xa5;

    private final Memory memory;
    private final int[] start;
    private final int[] end;
    private int packets;
    private int position;

    GuardedSlots(Memory memory, int capacity) {
        this.memory = memory;
        start = new int[capacity];
        end = new int[capacity];
    }

    void reset(Burst burst, Framing framing) {
        packets = 0;
        position = 0;
        guard();
        burst.reset(memory, framing, 0);
    }

    boolean hasRoom(int octets) {
        return packets < start.length && octets <= memory.length() - position - HEADROOM - TAILROOM - GUARD;
    }

    void add(Burst burst, byte[] packet, int from, int octets) {
        start[packets] = position;
        int at = position + HEADROOM;
        memory.write(at, packet, from, octets);
        position = at + octets + TAILROOM;
        end[packets] = position;
        packets++;
        guard();
        burst.add(at, octets, start[packets - 1], end[packets - 1]);
    }

    /** Every packet is still within its slot, and what lies between slots is as it was. */
    void verify(Burst burst) {
        assertEquals(packets, burst.size());
        int guardAt = 0;
        for (int packet = 0; packet < packets; packet++) {
            verifyGuard(guardAt);
            int at = burst.offset(packet);
            assertTrue(at >= start[packet] && burst.length(packet) >= 0, "before its slot");
            assertTrue(at + burst.length(packet) <= end[packet], "beyond its slot");
            guardAt = end[packet];
        }
        verifyGuard(guardAt);
    }

    private void guard() {
        for (int i = 0; i < GUARD; i++) {
            memory.octet(position + i, PATTERN);
        }
        position += GUARD;
    }

    private void verifyGuard(int at) {
        for (int i = 0; i < GUARD; i++) {
            assertEquals(PATTERN, memory.octet(at + i), "octet outside every slot");
        }
    }
}
