package io.esp4j.dataplane;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaBuilder;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Headroom, tailroom and MTU. That nothing outside a slot changes is checked by {@link Bench} in every test. */
class RoomTest {
    private static final List<Transform> TRANSFORMS =
            List.of(Sas.GCM, Sas.CBC, Sas.NULL, Transform.named("aes256ccm8-iiv"));

    @Test
    @DisplayName("R13 R14 R58 one octet less than the room that is needed is NO_ROOM, and the packet is as it was")
    void shouldRefuseOneOctetLessRoom() {
        for (Transform transform : TRANSFORMS) {
            for (Shape shape : Shape.all()) {
                try (Gateways gateways = Gateways.of(shape.builder(transform))) {
                    for (int payload = 1; payload <= 17; payload++) {
                        verifyRoom(gateways, shape, shape.packet(payload), transform + " " + shape + " " + payload);
                    }
                }
            }
        }
    }

    private static void verifyRoom(Gateways gateways, Shape shape, byte[] packet, String what) {
        int replaced = shape.mode() == Mode.TUNNEL ? 0 : shape.innerV6() ? 40 : 20;
        int left = shape.espAt() + 8 + gateways.keys.transform().ivOctets() - replaced;
        // In BEET mode a packet with IPv4 options would need 8 octets more.
        int spare = shape.mode() == Mode.BEET && !shape.innerV6() ? 8 : 0;
        assertEquals(Math.max(0, left + spare), gateways.out.headroom(), what);
        int before = Math.max(0, left);
        int behind = gateways.out.overheadOctets(packet.length) - left;
        assertTrue(behind <= gateways.out.tailroom(), what);
        long last = gateways.out.lastSequence();
        if (before > 0) {
            refused(gateways, packet, before - 1, behind, what);
        }
        refused(gateways, packet, before, behind - 1, what);
        assertEquals(last, gateways.out.lastSequence(), what);
        OutboundOutcome outcome = gateways.bench.encapsulate(gateways.sender, gateways.out, packet, before, behind);
        assertEquals(OutboundOutcome.ENCAPSULATED, outcome, what);
    }

    private static void refused(Gateways gateways, byte[] packet, int before, int behind, String what) {
        assertEquals(
                OutboundOutcome.NO_ROOM,
                gateways.bench.encapsulate(gateways.sender, gateways.out, packet, before, behind),
                what);
        assertArrayEquals(packet, gateways.bench.packet(), what);
    }

    @Test
    @DisplayName("R17 a packet of innerMtu fits the MTU, one octet more is too big and uses no number")
    void shouldRefuseWhatExceedsMtu() {
        for (Transform transform : TRANSFORMS) {
            for (Shape shape : Shape.all()) {
                for (int mtu = 576; mtu < 594; mtu++) {
                    try (Gateways gateways =
                            Gateways.of(shape.builder(transform).mtu(mtu))) {
                        int largest = gateways.out.innerMtu(mtu);
                        int header = shape.innerV6() ? 40 : 20;
                        String what = transform + " " + shape + " " + mtu;
                        assertEquals(
                                OutboundOutcome.PACKET_TOO_BIG,
                                gateways.trySeal(shape.packet(largest + 1 - header)),
                                what);
                        assertArrayEquals(shape.packet(largest + 1 - header), gateways.bench.packet());
                        assertEquals(0, gateways.out.lastSequence(), what);
                        byte[] wire = gateways.seal(shape.packet(largest - header));
                        assertTrue(wire.length <= mtu, what);
                        assertTrue(wire.length > mtu - transform.alignment(), what);
                        assertEquals(1, gateways.out.count(OutboundOutcome.PACKET_TOO_BIG));
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("R17 headers that a socket makes count for the MTU too")
    void shouldCountHeadersOfSocket() {
        for (Shape shape : Shape.all()) {
            if (shape.mode() != Mode.TUNNEL) {
                continue;
            }
            SaBuilder whole = shape.builder(Sas.GCM).mtu(1400);
            try (Gateways ours = Gateways.of(whole);
                    Gateways sockets = Gateways.of(whole.carriedBySocket(true))) {
                int largest = ours.out.innerMtu(1400);
                int header = shape.innerV6() ? 40 : 20;
                assertEquals(largest, sockets.out.innerMtu(1400));
                byte[] wire = ours.seal(shape.packet(largest - header));
                byte[] esp = sockets.seal(shape.packet(largest - header));
                assertEquals(wire.length - shape.espAt(), esp.length);
                assertEquals(OutboundOutcome.PACKET_TOO_BIG, sockets.trySeal(shape.packet(largest + 1 - header)));
            }
        }
    }

    @Test
    @DisplayName("R58 an inner header of BEET that is longer than what it replaces needs room before the packet")
    void shouldReportMissingRoomForInnerHeader() {
        try (Gateways gateways = Gateways.of(Sas.beet(Sas.GCM, false, true))) {
            Shape shape = new Shape(Mode.BEET, false, true, false);
            byte[] wire = gateways.seal(shape.packet(30));
            // 40 octets of IPv6 in the place of 20 of IPv4 and 16 of ESP
            InboundOutcome outcome = gateways.bench.decapsulate(gateways.receiver, wire, 3, Framing.IP, 0);
            assertEquals(InboundOutcome.NO_ROOM, outcome);
            byte[] next = gateways.seal(shape.packet(30));
            assertEquals(
                    InboundOutcome.ACCEPTED, gateways.bench.decapsulate(gateways.receiver, next, 4, Framing.IP, 0));
            assertArrayEquals(shape.packet(30), gateways.bench.packet());
        }
    }

    @Test
    @DisplayName("R13 R14 packets side by side in one region leave each other alone, there and back")
    void shouldLeaveNeighboursAlone() {
        int count = 16;
        for (Memory memory : new Memory[] {Memory.of(new byte[8000]), Memory.allocateDirect(8000)}) {
            for (Shape shape : Shape.all()) {
                try (Gateways gateways = Gateways.of(shape.builder(Sas.CBC))) {
                    Burst burst = new Burst(count);
                    burst.reset(memory);
                    int[] slot = new int[count + 1];
                    for (int i = 0; i < count; i++) {
                        byte[] packet = shape.packet(40 + i);
                        int at = slot[i] + Math.max(gateways.out.headroom(), 4);
                        slot[i + 1] = at + packet.length + gateways.out.tailroom();
                        memory.write(at, packet, 0, packet.length);
                        burst.add(at, packet.length, slot[i], slot[i + 1]);
                    }
                    gateways.sender.encapsulate(burst, gateways.out);
                    Burst arrived = new Burst(count);
                    arrived.reset(memory);
                    for (int i = 0; i < count; i++) {
                        assertEquals(OutboundOutcome.ENCAPSULATED, burst.outbound(i));
                        assertEquals(i + 1, burst.sequence(i));
                        arrived.add(burst.offset(i), burst.length(i), slot[i], slot[i + 1]);
                    }
                    gateways.receiver.decapsulate(arrived);
                    for (int i = 0; i < count; i++) {
                        assertEquals(InboundOutcome.ACCEPTED, arrived.inbound(i), shape.toString());
                        assertArrayEquals(shape.packet(40 + i), arrived.octets(i), shape.toString());
                    }
                }
            }
        }
    }

    @Test
    void shouldRefusePacketsThatDoNotLieInSlotAndRegion() {
        Burst burst = new Burst(1);
        burst.reset(Memory.of(new byte[100]));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(-1, 10, -1, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(5, 10, 6, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(5, -1, 0, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(5, 10, 0, 14));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(5, 10, 0, 101));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(5, Integer.MAX_VALUE, 0, 100));
        assertEquals(0, burst.size());
        assertEquals(0, burst.add(0, 100));
        assertThrows(IndexOutOfBoundsException.class, () -> burst.add(0, 100));
        assertEquals(1, burst.size());
    }
}
