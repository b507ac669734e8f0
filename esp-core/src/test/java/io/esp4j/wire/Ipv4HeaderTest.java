package io.esp4j.wire;

import static io.esp4j.wire.Ipv4Packet.v4;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Ipv4HeaderTest {
    /** The wire in full: DSCP 46, ECN 1, DF, options, a total of 32. */
    private static final byte[] PACKET =
            Packets.hex("46b9 0020 beef 4000 3d11 0000 0a010001 0a020002 94040000 0011223344556677");

    @Test
    @DisplayName("R13 every field is read where RFC 791 puts it")
    void shouldReadFields() {
        Memory memory = Memory.of(Packets.join(new byte[3], PACKET));
        assertEquals(24, Ipv4Header.headerOctets(memory, 3));
        assertEquals(0xb9, Ipv4Header.trafficClass(memory, 3));
        assertEquals(32, Ipv4Header.totalOctets(memory, 3));
        assertEquals(17, Ipv4Header.protocol(memory, 3));
        assertTrue(Ipv4Header.dontFragment(memory, 3));
        assertFalse(Ipv4Header.isFragment(memory, 3));
        assertTrue(Ipv4Header.isValid(memory, 3, 32));
    }

    @Test
    @DisplayName("R25 a header is valid only whole, and with lengths that lie within each other")
    void shouldRejectEveryTruncation() {
        Memory memory = Memory.of(PACKET);
        for (int available = 0; available < PACKET.length; available++) {
            assertFalse(Ipv4Header.isValid(memory, 0, available), available + " octets");
        }
        assertTrue(Ipv4Header.isValid(memory, 0, PACKET.length));
    }

    @Test
    @DisplayName("R25 any version, header length and total length is judged as RFC 791 §3.1 has it")
    void shouldJudgeEveryVersionAndLength() {
        for (int first = 0; first < 256; first++) {
            for (int total = 0; total < 100; total++) {
                byte[] packet = new byte[64];
                packet[0] = (byte) first;
                Packets.int16(packet, 2, total);
                int header = (first % 16) * 4;
                boolean valid = first / 16 == 4 && header >= 20 && total >= header && total <= 64;
                assertEquals(valid, Ipv4Header.isValid(Memory.of(packet), 0, 64), first + ", total " + total);
            }
        }
    }

    @Test
    @DisplayName("R18 a fragment has MF or an offset; DF and the reserved bit make none")
    void shouldTellFragments() {
        for (int field = 0; field < 65536; field++) {
            byte[] packet = v4().fragmentation(field).build();
            Memory memory = Memory.of(packet);
            boolean more = (field >>> 13) % 2 == 1;
            int offset = field % 8192;
            assertEquals(more || offset != 0, Ipv4Header.isFragment(memory, 0));
            assertEquals(offset * 8, Ipv4Header.fragmentOffset(memory, 0));
            assertEquals((field >>> 14) % 2 == 1, Ipv4Header.dontFragment(memory, 0));
        }
    }

    @Test
    @DisplayName("R13 protocol and total length are rewritten, the checksum stays right, all else stays")
    void shouldRewriteProtocolAndLength() {
        long seed = System.nanoTime();
        System.out.println("IPv4 rewrites, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Ipv4Packet packet = v4().trafficClass(random.nextInt(256))
                    .identification(random.nextInt(65536))
                    .hops(random.nextInt(256))
                    .options(Packets.random(random, 4 * random.nextInt(11)))
                    .payload(Packets.random(random, random.nextInt(30)));
            int protocol = random.nextInt(256);
            byte[] before = packet.protocol(random.nextInt(256)).build();
            byte[] after = packet.protocol(protocol).payload(new byte[100]).build();
            int header = (before[0] & 15) * 4;

            Ipv4Header.rewrite(Memory.of(before), 0, protocol, after.length);

            assertArrayEquals(Packets.slice(after, 0, header), Packets.slice(before, 0, header));
        }
    }

    @Test
    @DisplayName("R13 a checksum that was wrong stays wrong")
    void shouldKeepWrongChecksumWrong() {
        byte[] packet = v4().build();
        Packets.int16(packet, 10, Packets.int16(packet, 10) ^ 0x0100);
        Ipv4Header.rewrite(Memory.of(packet), 0, 50, 60);
        assertFalse(Packets.checksum(Packets.slice(packet, 0, 20)) == 0);
    }

    @Test
    @DisplayName("R45 every change of DSCP and ECN keeps the checksum right")
    void shouldChangeTrafficClass() {
        for (int before = 0; before < 256; before++) {
            for (int after = 0; after < 256; after += 5) {
                byte[] packet = v4().trafficClass(before).build();
                Ipv4Header.trafficClass(Memory.of(packet), 0, after);
                assertArrayEquals(v4().trafficClass(after).build(), packet);
            }
        }
    }

    @Test
    @DisplayName("R58 the checksum over a header with options is computed anew")
    void shouldComputeChecksum() {
        byte[] expected = v4().options(Packets.hex("0101010794040000"))
                .payload(new byte[3])
                .build();
        byte[] packet = expected.clone();
        Packets.int16(packet, 10, 0xdead);
        Ipv4Header.writeChecksum(Memory.of(packet), 0);
        assertArrayEquals(expected, packet);
    }
}
