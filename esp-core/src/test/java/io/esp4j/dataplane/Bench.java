package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import java.util.Arrays;

/**
 * One packet at a time in a slot of a region, which is otherwise full of canaries; after each journey all of them must
 * still be there. Threads: single owner thread.
 */
final class Bench {
    private static final byte CANARY = (byte) 0xa5;
    private static final int PACKET_AT = 300;

    final Memory memory;
    final Burst burst = new Burst(1);
    private final byte[] canaries;
    private final byte[] seen;

    Bench(Memory memory) {
        this.memory = memory;
        canaries = new byte[memory.length()];
        seen = new byte[memory.length()];
        Arrays.fill(canaries, CANARY);
    }

    static Bench heap() {
        return new Bench(Memory.of(new byte[4096]));
    }

    static Bench direct() {
        return new Bench(Memory.allocateDirect(4096));
    }

    /** Room for the largest packets. */
    static Bench large() {
        return new Bench(Memory.of(new byte[70_000]));
    }

    /** With exactly the room that the SA asks for. */
    OutboundOutcome encapsulate(Worker worker, OutboundSa sa, byte[] packet) {
        return encapsulate(worker, sa, packet, sa.headroom(), sa.tailroom());
    }

    OutboundOutcome encapsulate(Worker worker, OutboundSa sa, byte[] packet, int headroom, int tailroom) {
        put(packet, headroom, tailroom, Framing.IP, 0);
        worker.encapsulate(burst, sa);
        verifyCanaries(headroom, packet.length + tailroom);
        return burst.outbound(0);
    }

    OutboundOutcome dummy(Worker worker, OutboundSa sa, int octets) {
        memory.write(0, canaries, 0, canaries.length);
        burst.reset(memory);
        int slotFrom = PACKET_AT - sa.headroom();
        int slotTo = PACKET_AT + octets + sa.tailroom();
        burst.addDummy(PACKET_AT, octets, slotFrom, slotTo);
        worker.encapsulate(burst, sa);
        verifyCanaries(sa.headroom(), octets + sa.tailroom());
        return burst.outbound(0);
    }

    /** In a slot that is the packet itself: coming out, it needs no room but for BEET. */
    InboundOutcome decapsulate(Worker worker, byte[] packet) {
        return decapsulate(worker, packet, 0, Framing.IP, 0);
    }

    InboundOutcome decapsulate(Worker worker, byte[] packet, int headroom, Framing framing, int domain) {
        put(packet, headroom, 0, framing, domain);
        worker.decapsulate(burst);
        verifyCanaries(headroom, packet.length);
        return burst.inbound(0);
    }

    private void put(byte[] packet, int headroom, int tailroom, Framing framing, int domain) {
        memory.write(0, canaries, 0, canaries.length);
        memory.write(PACKET_AT, packet, 0, packet.length);
        burst.reset(memory, framing, domain);
        burst.add(PACKET_AT, packet.length, PACKET_AT - headroom, PACKET_AT + packet.length + tailroom);
    }

    private void verifyCanaries(int headroom, int octets) {
        memory.read(0, seen, 0, seen.length);
        int from = PACKET_AT - headroom;
        int to = PACKET_AT + octets;
        int before = Arrays.mismatch(seen, 0, from, canaries, 0, from);
        int after = Arrays.mismatch(seen, to, seen.length, canaries, to, seen.length);
        assertEquals(-1, before, () -> "the octet " + (from - before) + " before the slot was changed");
        assertEquals(-1, after, () -> "the octet " + after + " behind the slot was changed");
    }

    /** The packet as the burst shows it. */
    byte[] packet() {
        return burst.octets(0);
    }

    /** What lies now where the packet of so many octets was put. */
    byte[] octets(int count) {
        byte[] octets = new byte[count];
        memory.read(PACKET_AT, octets, 0, count);
        return octets;
    }
}
