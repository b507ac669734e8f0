package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import java.util.ArrayList;
import java.util.List;

/** Several packets as one burst, each in a slot with room. Threads: single owner thread. */
final class Volley {
    private static final int ROOM = 128;

    private Volley() {}

    static Burst burst(List<byte[]> packets) {
        return burst(packets.toArray(new byte[0][]));
    }

    static Burst burst(byte[]... packets) {
        int octets = 0;
        for (byte[] packet : packets) {
            octets += ROOM + packet.length + ROOM;
        }
        Burst burst = new Burst(packets.length);
        burst.reset(Memory.of(new byte[octets]));
        int at = 0;
        for (byte[] packet : packets) {
            int end = at + ROOM + packet.length + ROOM;
            burst.memory().write(at + ROOM, packet, 0, packet.length);
            burst.add(at + ROOM, packet.length, at, end);
            at = end;
        }
        return burst;
    }

    static List<InboundOutcome> receive(Worker worker, byte[]... wires) {
        Burst burst = burst(wires);
        worker.decapsulate(burst);
        return inbound(burst);
    }

    static List<InboundOutcome> inbound(Burst burst) {
        List<InboundOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < burst.size(); i++) {
            outcomes.add(burst.inbound(i));
        }
        return outcomes;
    }

    static List<OutboundOutcome> outbound(Burst burst) {
        List<OutboundOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < burst.size(); i++) {
            outcomes.add(burst.outbound(i));
        }
        return outcomes;
    }

    /** The ESP packets of so many copies of a packet, sent one by one. */
    static List<byte[]> seal(Gateways gateways, byte[] packet, int count) {
        List<byte[]> wires = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            wires.add(gateways.seal(packet));
        }
        return wires;
    }
}
