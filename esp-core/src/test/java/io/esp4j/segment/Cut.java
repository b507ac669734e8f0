package io.esp4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.esp4j.memory.Memory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs segmenter and coalescer over packets that lie between guard octets. Stateless. */
final class Cut {
    private static final int GUARD = 7;

    private Cut() {}

    static Memory guarded(byte[] packet, boolean direct) {
        Memory memory = region(packet.length, direct);
        memory.write(GUARD, packet, 0, packet.length);
        return memory;
    }

    private static Memory region(int octets, boolean direct) {
        byte[] guards = new byte[octets + 2 * GUARD];
        Arrays.fill(guards, (byte) 0xa5);
        Memory memory = direct ? Memory.allocateDirect(guards.length) : Memory.of(guards);
        memory.write(0, guards, 0, guards.length);
        return memory;
    }

    static SegmentationVerdict plan(Segmenter segmenter, byte[] packet, int maxPayload) {
        return segmenter.plan(guarded(packet, false), GUARD, packet.length, maxPayload);
    }

    static List<byte[]> segments(byte[] whole, int maxPayload, boolean same, boolean direct) {
        Segmenter segmenter = new Segmenter();
        Memory source = guarded(whole, direct);
        assertSame(SegmentationVerdict.PLANNED, segmenter.plan(source, GUARD, whole.length, maxPayload, same));
        List<byte[]> segments = new ArrayList<>();
        for (int i = 0; i < segmenter.segments(); i++) {
            Memory target = region(segmenter.octets(i), direct);
            int octets = segmenter.write(i, target, GUARD);
            assertEquals(target.length() - 2 * GUARD, octets);
            for (int guard = 0; guard < GUARD; guard++) {
                assertEquals(0xa5, target.octet(guard));
                assertEquals(0xa5, target.octet(GUARD + octets + guard));
            }
            byte[] segment = new byte[octets];
            target.read(GUARD, segment, 0, octets);
            segments.add(segment);
        }
        byte[] after = new byte[whole.length];
        source.read(GUARD, after, 0, after.length);
        assertEquals(Arrays.toString(whole), Arrays.toString(after), "the source is not changed");
        return segments;
    }

    /** What came out of a coalescer. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Delivered(byte[] octets, int origin, int segments, int segmentOctets, boolean same) {
        static Delivered of(CoalescedPacket packet) {
            byte[] octets = new byte[packet.octets()];
            packet.memory().read(packet.at(), octets, 0, octets.length);
            return new Delivered(
                    octets, packet.origin(), packet.segments(), packet.segmentOctets(), packet.sameIdentification());
        }

        /** The packets that it stands for. */
        List<byte[]> cut() {
            return segments == 1 ? List.of(octets) : SlowSegmentation.of(octets, segmentOctets, same);
        }
    }

    static List<Delivered> coalesce(List<byte[]> packets, int maxFlows, int maxOctets, boolean direct) {
        List<Delivered> delivered = new ArrayList<>();
        int octets = maxFlows * maxOctets;
        Memory memory = direct ? Memory.allocateDirect(octets) : Memory.of(new byte[octets]);
        Coalescer coalescer = new Coalescer(memory, maxFlows, maxOctets, packet -> delivered.add(Delivered.of(packet)));
        for (byte[] packet : packets) {
            coalescer.offer(guarded(packet, direct), GUARD, packet.length, 0);
        }
        coalescer.flush();
        assertEquals(0, coalescer.held());
        return delivered;
    }
}
