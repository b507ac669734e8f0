package io.esp4j.segment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.memory.Memory;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SegmenterTest {
    private final Segmenter segmenter = new Segmenter();

    private SegmentationVerdict plan(byte[] packet) {
        SegmentationVerdict verdict = Cut.plan(segmenter, packet, 40);
        if (verdict != SegmentationVerdict.PLANNED) {
            assertEquals(0, segmenter.segments());
            assertThrows(IndexOutOfBoundsException.class, () -> segmenter.octets(0));
            assertThrows(IndexOutOfBoundsException.class, () -> segmenter.write(0, Memory.of(new byte[2000]), 0));
        }
        return verdict;
    }

    /** The fields that a reader of a trace looks at, by hand: 250 octets in segments of 100. */
    @Test
    void shouldCutIpv4SuperPacket() {
        TcpPacket whole = TcpPacket.v4();
        whole.identification = 0xffff;
        whole.sequence = 0xffff_ffc0L;
        whole.flags = TcpPacket.ACK | TcpPacket.PSH | TcpPacket.FIN | TcpPacket.ECE | TcpPacket.CWR;
        whole.payload = Packets.count(250);
        List<byte[]> segments = Cut.segments(whole.build(), 100, false, false);

        assertEquals(3, segments.size());
        int[] octets = {140, 140, 90};
        int[] identifications = {0xffff, 0, 1};
        long[] sequences = {0xffff_ffc0L, 0x24, 0x88};
        int[] flags = {0xd0, 0x50, 0x59};
        for (int i = 0; i < 3; i++) {
            byte[] segment = segments.get(i);
            assertEquals(octets[i], segment.length);
            assertEquals(octets[i], Packets.int16(segment, 2));
            assertEquals(identifications[i], Packets.int16(segment, 4));
            assertEquals(0, Packets.checksum(Packets.slice(segment, 0, 20)));
            assertEquals(sequences[i], Packets.int32(segment, 24));
            assertEquals(flags[i], segment[33] & 0xff);
            assertEquals(100 * i, segment[40] & 0xff);
            assertEquals(
                    0,
                    Packets.upperChecksum(
                            Packets.slice(segment, 12, 16),
                            Packets.slice(segment, 16, 20),
                            6,
                            Packets.slice(segment, 20, segment.length)));
        }
    }

    @Test
    void shouldKeepIdentificationWhenAsked() {
        TcpPacket whole = TcpPacket.v4();
        for (byte[] segment : Cut.segments(whole.build(), 30, true, false)) {
            assertEquals(whole.identification, Packets.int16(segment, 4));
        }
    }

    @Test
    void shouldNotReadTheSuperPacketsTcpChecksum() {
        byte[] whole = TcpPacket.v6().build();
        byte[] unfinished = whole.clone();
        Packets.int16(unfinished, 56, 0);
        List<byte[]> expected = Cut.segments(whole, 30, false, false);
        List<byte[]> found = Cut.segments(unfinished, 30, false, false);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(Packets.int16(expected.get(i), 56), Packets.int16(found.get(i), 56));
        }
    }

    @Test
    void shouldLeaveUdpChecksumOutWhereTheSuperPacketHasNone() {
        byte[] udp = Packets.udp(Packets.address("10.1.0.1"), Packets.address("10.2.0.2"), 1, 2, Packets.count(99));
        Packets.int16(udp, 6, 0);
        for (byte[] segment : Cut.segments(udpOver4(udp), 40, false, false)) {
            assertEquals(0, Packets.int16(segment, 26));
            assertEquals(segment.length - 20, Packets.int16(segment, 24));
        }
    }

    private static byte[] udpOver4(byte[] udp) {
        TcpPacket like = TcpPacket.v4();
        byte[] packet = Packets.join(Packets.slice(like.build(), 0, 20), udp);
        packet[9] = 17;
        Packets.int16(packet, 2, packet.length);
        Packets.int16(packet, 10, 0);
        Packets.int16(packet, 10, Packets.checksum(Packets.slice(packet, 0, 20)));
        return packet;
    }

    @Test
    void shouldMakeOneSegmentOfWhatFits() {
        TcpPacket whole = TcpPacket.v4();
        for (int payload : new int[] {0, 1, 100}) {
            whole.payload = Packets.count(payload);
            for (int max : new int[] {100, Integer.MAX_VALUE}) {
                List<byte[]> segments = Cut.segments(whole.build(), max, false, true);
                assertEquals(1, segments.size());
                assertEquals(
                        java.util.HexFormat.of().formatHex(whole.build()),
                        java.util.HexFormat.of().formatHex(segments.get(0)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"2, UNREPEATABLE_FLAGS", "4, UNREPEATABLE_FLAGS", "32, UNREPEATABLE_FLAGS", "217, PLANNED"})
    void shouldRefuseFlagsThatMeanOnePlace(int flags, SegmentationVerdict expected) {
        TcpPacket whole = TcpPacket.v6();
        whole.flags = flags;
        assertSame(expected, plan(whole.build()));
    }

    @Test
    void shouldRefuseFragments() {
        for (int field : new int[] {0x2000, 1, 0x8000}) { // more, an offset, and the reserved bit
            byte[] fragment = TcpPacket.v4().build();
            Packets.int16(fragment, 6, field);
            assertSame(SegmentationVerdict.FRAGMENT, plan(fragment));
        }
        byte[] v6 = Ipv6Packet.v6().protocol(6).fragment(0, true, 1).build();
        assertSame(SegmentationVerdict.FRAGMENT, plan(v6));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 43, 60})
    void shouldRefuseExtensionHeaders(int type) {
        assertSame(
                SegmentationVerdict.OPTIONS,
                plan(Ipv6Packet.v6().protocol(6).extension(type, 8).build()));
    }

    @Test
    void shouldRefuseIpv4Options() {
        byte[] plain = TcpPacket.v4().build();
        byte[] options = Packets.join(
                Packets.slice(plain, 0, 20), new byte[] {1, 1, 1, 0}, Packets.slice(plain, 20, plain.length));
        options[0] = 0x46;
        Packets.int16(options, 2, options.length);
        assertSame(SegmentationVerdict.OPTIONS, plan(options));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 41, 50, 51, 58, 132})
    void shouldRefuseWhatIsNeitherTcpNorUdp(int protocol) {
        byte[] v4 = TcpPacket.v4().build();
        v4[9] = (byte) protocol;
        assertSame(SegmentationVerdict.NOT_TCP_OR_UDP, plan(v4));
        assertSame(
                SegmentationVerdict.NOT_TCP_OR_UDP,
                plan(Ipv6Packet.v6().protocol(protocol).build()));
    }

    @Test
    void shouldRefuseEveryTruncation() {
        for (TcpPacket packet : List.of(TcpPacket.v4(), TcpPacket.v6())) {
            packet.options = new byte[12];
            byte[] whole = packet.build();
            for (int octets = 0; octets < whole.length; octets++) {
                assertSame(SegmentationVerdict.MALFORMED, plan(Packets.slice(whole, 0, octets)), octets + " octets");
            }
            assertSame(SegmentationVerdict.MALFORMED, plan(Packets.join(whole, new byte[1])), "padding behind it");
        }
    }

    @Test
    void shouldRefuseLengthsThatContradict() {
        byte[] shortOffset = TcpPacket.v4().build();
        shortOffset[32] = 0x40;
        assertSame(SegmentationVerdict.MALFORMED, plan(shortOffset));
        TcpPacket bare = TcpPacket.v6();
        bare.payload = new byte[0];
        byte[] longOffset = bare.build();
        longOffset[52] = 0x60;
        assertSame(SegmentationVerdict.MALFORMED, plan(longOffset));
        byte[] udp = Packets.udp(Packets.address("10.1.0.1"), Packets.address("10.2.0.2"), 1, 2, Packets.count(9));
        for (int length : new int[] {0, 7, 16, 18}) {
            Packets.int16(udp, 4, length);
            assertSame(SegmentationVerdict.MALFORMED, plan(udpOver4(udp)));
        }
        byte[] version = TcpPacket.v4().build();
        version[0] = 0x55;
        assertSame(SegmentationVerdict.MALFORMED, plan(version));
    }

    @Test
    void shouldThrowForMisuse() {
        byte[] whole = TcpPacket.v4().build();
        Memory memory = Memory.of(whole);
        assertThrows(IndexOutOfBoundsException.class, () -> segmenter.plan(memory, 1, whole.length, 10));
        assertThrows(IndexOutOfBoundsException.class, () -> segmenter.plan(memory, -1, whole.length, 10));
        assertThrows(IllegalArgumentException.class, () -> segmenter.plan(memory, 0, whole.length, 0));
        segmenter.plan(memory, 0, whole.length, 40);
        assertEquals(3, segmenter.segments());
        assertThrows(IndexOutOfBoundsException.class, () -> segmenter.write(3, Memory.of(new byte[200]), 0));
        byte[] room = new byte[79];
        assertThrows(IndexOutOfBoundsException.class, () -> segmenter.write(0, Memory.of(room), 0));
        assertEquals(0, room[0], "nothing is written");
    }
}
