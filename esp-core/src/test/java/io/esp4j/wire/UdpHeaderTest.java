package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UdpHeaderTest {
    @Test
    @DisplayName("R40 ports, length and a checksum of 0 are written, and nothing else")
    void shouldWriteHeader() {
        byte[] region = Packets.hex("ffffffffffffffffffff");
        UdpHeader.write(Memory.of(region), 1, 4500 << 16 | 65535, 0xfedc);
        assertArrayEquals(Packets.hex("ff 1194 ffff fedc 0000 ff"), region);
    }

    @Test
    @DisplayName("R40 the fields are read where they lie")
    void shouldReadFields() {
        Memory memory = Memory.of(Packets.hex("00 0001 fffe 8000 9abc"));
        assertEquals(0xfffe, UdpHeader.destinationPort(memory, 1));
        assertEquals(0x8000, UdpHeader.totalOctets(memory, 1));
        assertEquals(0x9abc, UdpHeader.checksum(memory, 1));
    }

    @Test
    @DisplayName("R40 the checksum over IPv6 is that of RFC 768 with the pseudo-header of RFC 8200 §8.1")
    void shouldComputeChecksum() {
        long seed = System.nanoTime();
        System.out.println("UDP checksums, seed " + seed);
        Random random = new Random(seed);
        for (int octets = 0; octets < 120; octets++) {
            byte[] source = Packets.random(random, 16);
            byte[] destination = Packets.random(random, 16);
            byte[] expected = Packets.udp(source, destination, 4500, 4501, Packets.random(random, octets));
            byte[] datagram = expected.clone();
            Packets.int16(datagram, 6, random.nextInt(65536));
            Memory addresses = Memory.of(Packets.join(source, destination));

            UdpHeader.writeChecksum(Memory.of(datagram), 0, InternetChecksum.sum(addresses, 0, 32));

            assertArrayEquals(expected, datagram);
        }
    }

    @Test
    @DisplayName("R40 a checksum that comes out as 0 is sent as ffff")
    void shouldSendOnesForZero() {
        byte[] datagram = Packets.hex("0000 0000 0008 0000");
        // The pseudo-header adds 17 and 8; an address sum that completes it to ffff makes the checksum 0.
        UdpHeader.writeChecksum(Memory.of(datagram), 0, 0xffff - 17 - 8 - 8);
        assertEquals(0xffff, Packets.int16(datagram, 6));
    }
}
