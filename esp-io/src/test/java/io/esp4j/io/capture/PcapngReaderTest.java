package io.esp4j.io.capture;

import static io.esp4j.io.capture.CaptureOctets.filled;
import static io.esp4j.io.capture.CaptureOctets.octets;
import static io.esp4j.io.capture.CaptureOctets.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.io.capture.CaptureOctets.Seen;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PcapngReaderTest {
    private static final long SECOND = 1_000_000_000;

    private static CaptureOctets big() {
        return new CaptureOctets(ByteOrder.BIG_ENDIAN);
    }

    private static String message(CaptureOctets file) {
        return message(file.toByteArray());
    }

    private static String message(byte[] file) {
        return assertThrows(CaptureException.class, () -> read(file)).getMessage();
    }

    @Test
    void shouldReadEveryPacketBlockFromItsOctetsInBothByteOrders() throws IOException {
        String bigEndian = "0a0d0d0a 0000001c 1a2b3c4d 0001 0000 ffffffffffffffff 0000001c"
                + "00000001 00000014 0065 0000 00000003 00000014"
                + "00000006 00000024 00000000 00000001 00000002 00000003 00000007 45aabb00 00000024"
                + "00000002 00000024 0000 0009 00000001 00000002 00000002 00000002 60aa0000 00000024"
                + "00000003 00000014 00000004 45010200 00000014";
        String littleEndian = "0a0d0d0a 1c000000 4d3c2b1a 0100 0000 ffffffffffffffff 1c000000"
                + "01000000 14000000 6500 0000 03000000 14000000"
                + "06000000 24000000 00000000 01000000 02000000 03000000 07000000 45aabb00 24000000"
                + "02000000 24000000 0000 0900 01000000 02000000 02000000 02000000 60aa0000 24000000"
                + "03000000 14000000 04000000 45010200 14000000";
        long timeNanos = ((1L << 32) + 2) * 1_000;
        List<Seen> expected = List.of(
                new Seen(1, timeNanos, LinkType.RAW, 7, true, 0, "45aabb"),
                new Seen(2, timeNanos, LinkType.RAW, 2, false, 0, "60aa"),
                new Seen(3, 0, LinkType.RAW, 4, true, 0, "450102"));
        assertEquals(expected, read(octets(bigEndian)));
        assertEquals(expected, read(octets(littleEndian)));
    }

    @Test
    void shouldKeepInterfacesOfASectionApart() throws IOException {
        CaptureOctets file = big().section();
        file.describeInterface(1, 0, file.body());
        file.describeInterface(
                101,
                0,
                file.body()
                        .option(2, "eth0".getBytes(StandardCharsets.UTF_8))
                        .option(9, (byte) 9)
                        .option(0));
        file.describeInterface(276, 0, file.body().option(9, (byte) 0x8a).option64(14, -3));
        file.enhancedPacket(2, 5 * 1024 + 512, 1, (byte) 1);
        file.enhancedPacket(1, 123_456_789, 1, (byte) 0x45);
        file.enhancedPacket(0, 123_456, 1, (byte) 1);
        assertEquals(
                List.of(
                        new Seen(1, 2 * SECOND + SECOND / 2, LinkType.LINUX_COOKED_2, 1, false, -1, "01"),
                        new Seen(2, 123_456_789, LinkType.RAW, 1, false, 0, "45"),
                        new Seen(3, 123_456_000, LinkType.ETHERNET, 1, false, -1, "01")),
                read(file.toByteArray()));
    }

    @Test
    void shouldForgetInterfacesAndByteOrderAtEachSection() throws IOException {
        CaptureOctets file = big().section();
        file.describeInterface(1, 0, file.body()).enhancedPacket(0, 1, 1, (byte) 1);
        file.order(ByteOrder.LITTLE_ENDIAN).section();
        file.describeInterface(101, 0, file.body()).enhancedPacket(0, 2, 1, (byte) 0x45);
        file.order(ByteOrder.BIG_ENDIAN).section();
        int at = file.size();
        assertEquals(
                List.of(LinkType.ETHERNET, LinkType.RAW),
                read(file.toByteArray()).stream().map(Seen::linkType).toList());

        file.enhancedPacket(0, 3, 1, (byte) 1);
        assertEquals(
                "test.cap: record 3 at octet " + at + " belongs to interface 0, but its section describes 0",
                message(file));
    }

    @Test
    void shouldSkipBlocksItDoesNotKnowAndOptionsOfPackets() throws IOException {
        CaptureOctets file = big().section();
        file.block(5, file.body().raw(new byte[200_000]))
                .describeInterface(101, 0, file.body())
                .block(0x0000_0bad, file.body().raw("custom__".getBytes(StandardCharsets.UTF_8)))
                .block(0x8000_0001L, file.body())
                .block(
                        6,
                        file.body()
                                .u32(0)
                                .i64(1)
                                .u32(1)
                                .u32(1)
                                .padded((byte) 0x45)
                                .option(1, "a comment".getBytes(StandardCharsets.UTF_8))
                                .option(0))
                .block(4, file.body().raw(new byte[8]));
        assertEquals(List.of(new Seen(1, 1_000, LinkType.RAW, 1, false, 0, "45")), read(file.toByteArray()));
    }

    @Test
    void shouldLetSectionAndInterfacePassWithoutPackets() throws IOException {
        CaptureOctets file = big().section();
        assertEquals(List.of(), read(file.toByteArray()));
        assertEquals(List.of(), read(file.describeInterface(189, 0, file.body()).toByteArray()));
    }

    @Test
    void shouldGiveTheRecordsBeforeEveryTruncationAndThenSaySo() throws IOException {
        CaptureOctets file = big();
        List<Integer> boundaries = new ArrayList<>();
        List<Integer> recordEnds = new ArrayList<>();
        boundaries.add(file.section().size());
        boundaries.add(
                file.describeInterface(101, 0, file.body().option(9, (byte) 9)).size());
        for (int i = 1; i <= 3; i++) {
            recordEnds.add(file.enhancedPacket(0, i, 5L * i, filled(5 * i, i)).size());
            boundaries.add(file.block(77, file.body().raw(new byte[4 * i])).size());
        }
        boundaries.addAll(recordEnds);
        List<Seen> whole = read(file.toByteArray());
        for (int length = 0; length <= file.size(); length++) {
            byte[] cut = Arrays.copyOf(file.toByteArray(), length);
            List<Seen> seen = new ArrayList<>();
            if (boundaries.contains(length)) {
                CaptureOctets.readInto(seen, cut);
            } else {
                assertThrows(CaptureException.class, () -> CaptureOctets.readInto(seen, cut), "length " + length);
            }
            int at = length;
            long complete = recordEnds.stream().filter(end -> end <= at).count();
            assertEquals(whole.subList(0, (int) complete), seen, "length " + length);
        }
    }

    @Test
    void shouldSayWhatIsWrongInABlock() {
        CaptureOctets start = big().section();
        assertEquals(
                "test.cap: the block at octet 0 breaks off after 27 of 28 octets",
                message(Arrays.copyOf(start.toByteArray(), 27)));
        assertEquals(
                "test.cap: the block at octet 0 is a section header with byte-order magic 1a2b3c4e, 1a2b3c4d was"
                        + " expected in either order",
                message(big().block(0x0a0d0d0a, big().u32(0x1a2b3c4e).u32(0).i64(0))));
        assertEquals(
                "test.cap: the block at octet 0 begins a section of pcapng version 2.1, version 1 was expected",
                message(big().block(
                                0x0a0d0d0a, big().u32(0x1a2b3c4d).u16(2).u16(1).i64(0))));
        assertEquals(
                "test.cap: the block at octet 28 breaks off after 7 of 8 octets",
                message(big().section().raw(new byte[7])));
        assertEquals(
                "test.cap: the block at octet 28 claims a total length of 14, a multiple of 4 from 12 was expected",
                message(big().section().u32(77).u32(14).raw(new byte[6])));
        assertEquals(
                "test.cap: the block at octet 28 claims a total length of 16, a multiple of 4 from 20 was expected",
                message(big().section().block(1, big().u32(0))));
        assertEquals(
                "test.cap: the block at octet 28 breaks off after 20 of 4294967292 octets",
                message(big().section().u32(77).u32(-4).raw(new byte[12])));
        assertEquals(
                "test.cap: the block at octet 28 ends with a total length of 20, 16 was expected as at its start",
                message(big().section().u32(77).u32(16).u32(0).u32(20)));
        assertEquals(
                "test.cap: the block at octet 28 claims a total length of 1048580, at most 1048576 was expected",
                message(big().section().u32(1).u32(1_048_580)));
    }

    @Test
    void shouldSayWhatIsWrongInAnInterfaceDescription() {
        assertEquals(
                "test.cap: the block at octet 28 has an option if_tsresol of 2 octets, 1 was expected",
                message(big().section().describeInterface(1, 0, big().option(9, new byte[2]))));
        assertEquals(
                "test.cap: the block at octet 28 has an option if_tsoffset of 4 octets, 8 was expected",
                message(big().section().describeInterface(1, 0, big().option(14, new byte[4]))));
        assertEquals(
                "test.cap: the block at octet 28 has an option of 5 octets, at most 4 were expected",
                message(big().section()
                        .describeInterface(1, 0, big().u16(2).u16(5).u32(0))));
        CaptureOctets many = big().section();
        for (int i = 0; i < 65_536; i++) {
            many.describeInterface(1, 0, big());
        }
        int at = many.size();
        assertEquals(
                "test.cap: the block at octet " + at
                        + " describes one interface more than the 65536 that were expected at most",
                message(many.describeInterface(1, 0, big())));
    }

    @Test
    void shouldSayWhatIsWrongInAPacket() {
        CaptureOctets file = big().section();
        byte[] start = file.describeInterface(101, 0, file.body())
                .describeInterface(127, 0, file.body())
                .toByteArray();
        assertEquals(
                "test.cap: record 1 at octet 68 belongs to interface 2, but its section describes 2",
                message(big().raw(start).enhancedPacket(2, 0, 0)));
        assertTrue(message(big().raw(start).enhancedPacket(1, 0, 0))
                .startsWith("test.cap: record 1 at octet 68 has link type 127, one of 1 (Ethernet), "));
        assertEquals(
                "test.cap: record 1 at octet 68 claims 5 captured octets, but its block has room for 4",
                message(big().raw(start)
                        .block(6, big().u32(0).i64(0).u32(5).u32(5).u32(0))));
        assertEquals(
                "test.cap: record 1 at octet 68 claims 4294967295 captured octets, at most 262144 were expected",
                message(big().raw(start)
                        .block(6, big().u32(0).i64(0).u32(-1).u32(5).u32(0))));
        assertEquals(
                "test.cap: record 1 at octet 68 claims 9 captured octets, but its block has room for 8",
                message(big().raw(start).block(3, big().u32(9).i64(0))));
        assertEquals(
                "test.cap: record 1 at octet 68 claims a total length of 28, a multiple of 4 from 32 was expected",
                message(big().raw(start).block(6, big().u32(0).i64(0).u32(0))));
        assertEquals(
                "test.cap: record 1 at octet 68 ends with a total length of 36, 32 was expected as at its start",
                message(big().raw(start).u32(6).u32(32).u32(0).i64(0).i64(0).u32(36)));
        assertEquals(
                "test.cap: record 1 at octet 68 has a time outside the years 1678 to 2261",
                message(big().raw(start).enhancedPacket(0, -1, 0)));
    }
}
