package io.esp4j.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

class SegmenterPropertyTest {

    @Property(tries = 1_000)
    @Label("a TCP super-packet is cut as the RFCs have it, none above the size asked for")
    void shouldCutTcpAsTheOracle(@ForAll long seed) {
        Random random = new Random(seed);
        TcpPacket packet = TcpPacket.random(random);
        agree(packet.build(), 1 + random.nextInt(1500), random);
    }

    @Property(tries = 300)
    @Label("a UDP super-packet is cut as the RFCs have it, none above the size asked for")
    void shouldCutUdpAsTheOracle(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] payload = Packets.random(random, random.nextInt(3000));
        boolean v6 = random.nextBoolean();
        byte[] source = Packets.address(v6 ? "2001:db8:1::1" : "10.1.0.1");
        byte[] destination = Packets.address(v6 ? "2001:db8:2::2" : "10.2.0.2");
        byte[] udp = Packets.udp(source, destination, 4000, 53, payload);
        byte[] whole;
        if (v6) {
            whole = Ipv6Packet.v6()
                    .addresses("2001:db8:1::1", "2001:db8:2::2")
                    .payload(udp)
                    .build();
        } else {
            TcpPacket like = TcpPacket.random(random);
            whole = Ipv4Packet.v4()
                    .addresses("10.1.0.1", "10.2.0.2")
                    .identification(like.identification)
                    .payload(udp)
                    .build();
        }
        agree(whole, 1 + random.nextInt(1500), random);
    }

    private static void agree(byte[] whole, int maxPayload, Random random) {
        boolean same = random.nextBoolean();
        List<byte[]> expected = SlowSegmentation.of(whole, maxPayload, same);
        List<byte[]> found = Cut.segments(whole, maxPayload, same, random.nextBoolean());
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), found.get(i), "segment " + i);
        }
    }

    /** Any octets: what is planned can be written, and nothing throws. */
    @Property(tries = 2_000)
    void shouldSurviveAnyOctets(@ForAll byte[] octets, @ForAll long seed) {
        Random random = new Random(seed);
        byte[] packet = random.nextBoolean() ? octets : TcpPacket.random(random).build();
        for (int flips = random.nextInt(4); flips > 0 && packet.length > 0; flips--) {
            packet = Packets.flip(packet, random.nextInt(Math.min(packet.length * 8, 480)));
        }
        Segmenter segmenter = new Segmenter();
        segmenter.plan(Memory.of(packet), 0, packet.length, 1 + random.nextInt(1500));
        int payload = 0;
        for (int i = 0; i < segmenter.segments(); i++) {
            byte[] exact = new byte[segmenter.octets(i)];
            segmenter.write(i, Memory.of(exact), 0);
            payload += segmenter.payloadOctets(i);
        }
        if (segmenter.segments() > 0) {
            assertEquals(packet.length, segmenter.headerOctets() + payload);
        }
    }
}
