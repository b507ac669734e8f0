package io.esp4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.memory.Memory;
import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoalescerTest {
    private final List<Cut.Delivered> delivered = new ArrayList<>();
    private final Coalescer coalescer =
            new Coalescer(Memory.of(new byte[8 * 2000]), 8, 2000, packet -> delivered.add(Cut.Delivered.of(packet)));

    private void offer(byte[] packet, int origin) {
        coalescer.offer(Memory.of(packet), 0, packet.length, origin);
    }

    private static TcpPacket second(TcpPacket first) {
        first.sequence += first.payload.length;
        first.identification++;
        return first;
    }

    @Test
    void shouldMergeTwoSegments() {
        TcpPacket packet = TcpPacket.v4();
        packet.payload = Packets.slice(Packets.count(200), 0, 101);
        offer(packet.build(), 0);
        second(packet).payload = Packets.slice(Packets.count(200), 101, 200);
        packet.flags |= TcpPacket.PSH;
        offer(packet.build(), 0);

        assertEquals(1, delivered.size(), "complete before any flush");
        TcpPacket whole = TcpPacket.v4();
        whole.payload = Packets.count(200);
        whole.flags |= TcpPacket.PSH;
        assertArrayEquals(whole.build(), delivered.get(0).octets());
        assertEquals(2, delivered.get(0).segments());
        assertEquals(101, delivered.get(0).segmentOctets());
    }

    @Test
    void shouldHoldUntilFlush() {
        offer(TcpPacket.v4().build(), 0);
        assertEquals(1, coalescer.held());
        assertEquals(List.of(), delivered);
        coalescer.flush();
        assertArrayEquals(TcpPacket.v4().build(), delivered.get(0).octets());
        assertEquals(0, coalescer.held());
    }

    /** O2 is shown with real SAs elsewhere; this is the rule that it rests on. */
    @Test
    void shouldNotMergeAcrossOrigins() {
        TcpPacket packet = TcpPacket.v6();
        offer(packet.build(), 1);
        offer(second(packet).build(), 2);
        offer(second(packet).build(), 2);
        offer(second(packet).build(), 0);
        coalescer.flush();
        assertEquals(
                List.of(1, 2, 0), delivered.stream().map(Cut.Delivered::origin).toList());
        assertEquals(
                List.of(1, 2, 1),
                delivered.stream().map(Cut.Delivered::segments).toList());
    }

    @Test
    void shouldNeverMergeEsp() {
        byte[] esp = Ipv4Packet.v4().protocol(50).payload(Packets.count(80)).build();
        offer(esp, 0);
        offer(esp, 0);
        assertEquals(2, delivered.size());
        assertEquals(0, coalescer.held());
        assertArrayEquals(esp, delivered.get(1).octets());
    }

    @Test
    void shouldDeliverWhatIsHeldBeforePacketsOfTheConnectionThatPass() {
        TcpPacket packet = TcpPacket.v4();
        byte[] first = packet.build();
        List<byte[]> passing = new ArrayList<>();
        packet.flags = TcpPacket.RST;
        passing.add(packet.build());
        packet.flags = TcpPacket.ACK;
        packet.payload = new byte[0];
        passing.add(packet.build());
        passing.add(Ipv4Packet.v4().protocol(6).fragmentation(0x2001).build());
        passing.add(Ipv4Packet.v4().protocol(6).options(new byte[4]).build());
        passing.add(Ipv4Packet.v4().protocol(6).payload(new byte[19]).build());
        passing.add(Packets.join(first, new byte[6])); // padding of Ethernet: longer than its length
        for (byte[] pass : passing) {
            delivered.clear();
            offer(first, 0);
            offer(pass, 0);
            assertEquals(2, delivered.size());
            assertArrayEquals(first, delivered.get(0).octets());
            assertArrayEquals(pass, delivered.get(1).octets());
        }
    }

    @Test
    void shouldLeaveOtherConnectionsHeld() {
        offer(TcpPacket.v4().build(), 0);
        TcpPacket other = TcpPacket.v4();
        other.destinationPort++;
        other.flags = TcpPacket.SYN;
        offer(other.build(), 0);
        offer(Ipv4Packet.v4().build(), 0); // UDP between the same hosts
        offer(Ipv6Packet.v6().protocol(6).fragment(8, true, 1).build(), 0);
        assertEquals(1, coalescer.held());
        assertEquals(3, delivered.size());
    }

    @Test
    void shouldEvictTheOldestWhenFull() {
        TcpPacket packet = TcpPacket.v6();
        for (int i = 0; i < 9; i++) {
            packet.sourcePort = 1000 + i;
            offer(packet.build(), 0);
        }
        assertEquals(8, coalescer.held());
        assertEquals(1000, Packets.int16(delivered.get(0).octets(), 40));
        coalescer.flush();
        for (int i = 0; i < 9; i++) {
            assertEquals(1000 + i, Packets.int16(delivered.get(i).octets(), 40), "oldest first");
        }
    }

    @Test
    void shouldNotMergeTheOtherZeroOfAChecksum() {
        TcpPacket packet = TcpPacket.v4();
        packet.payload = new byte[100];
        byte[] octets = packet.build();
        int complement = Packets.int16(octets, 36); // adding it to the sum makes the sum ffff and the checksum 0
        Packets.int16(packet.payload, 0, complement);
        octets = packet.build();
        assertEquals(0, Packets.int16(octets, 36));
        offer(octets, 0);
        assertEquals(1, coalescer.held());
        byte[] other = octets.clone();
        Packets.int16(other, 36, 0xffff);
        offer(other, 0);
        assertEquals(0, coalescer.held());
        assertEquals(2, delivered.size());
    }

    @Test
    void shouldThrowForMisuse() {
        Memory memory = Memory.of(new byte[1000]);
        CoalescedSink sink = packet -> {};
        assertThrows(IllegalArgumentException.class, () -> new Coalescer(memory, 0, 100, sink));
        assertThrows(IllegalArgumentException.class, () -> new Coalescer(memory, 1, 59, sink));
        assertThrows(IllegalArgumentException.class, () -> new Coalescer(memory, 1, 1001, sink));
        assertThrows(IllegalArgumentException.class, () -> new Coalescer(memory, 65_536, 65_535, sink));
        assertThrows(IllegalArgumentException.class, () -> new Coalescer(Memory.of(new byte[70_000]), 1, 65_536, sink));
        assertThrows(IndexOutOfBoundsException.class, () -> coalescer.offer(memory, 990, 11, 0));
        assertSame(0, coalescer.held());
    }

    @Test
    void shouldNotChangeWhatIsOffered() {
        TcpPacket packet = TcpPacket.v4();
        byte[] first = packet.build();
        byte[] copy = first.clone();
        offer(first, 0);
        offer(second(packet).build(), 0);
        coalescer.flush();
        assertEquals(Arrays.toString(copy), Arrays.toString(first));
    }
}
