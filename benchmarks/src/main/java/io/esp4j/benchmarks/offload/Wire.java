package io.esp4j.benchmarks.offload;

import io.esp4j.memory.Memory;

/** Packets on their way from one host to the other, a slot each, with room for ESP around them. Threads: single owner thread. */
final class Wire {
    /** What a NIC is polled for at a time, 64 packets as in Linux (NAPI_POLL_WEIGHT). */
    static final int BURST = 64;

    static final int HEADROOM = 64;
    static final int SLOT = 2048;

    final Memory memory;
    final int[] at;
    final int[] octets;
    int packets;

    Wire(int slots) {
        memory = Memory.allocateDirect(slots * SLOT);
        at = new int[slots];
        octets = new int[slots];
    }

    int slot(int packet) {
        return packet * SLOT;
    }

    void put(int packetAt, int packetOctets) {
        at[packets] = packetAt;
        octets[packets] = packetOctets;
        packets++;
    }
}
