package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import org.junit.jupiter.api.Test;

class TcpHeaderTest {
    private final byte[] octets = Packets.hex("ff 1388 01bb 01020304 05060708 a0 c2 2000 beef 0000");
    private final Memory memory = Memory.of(octets);

    @Test
    void shouldReadFields() {
        assertEquals(0x1388_01bb, TcpHeader.ports(memory, 1));
        assertEquals(0x0102_0304, TcpHeader.sequence(memory, 1));
        assertEquals(0x0506_0708, memory.int32(1 + TcpHeader.ACKNOWLEDGEMENT_AT));
        assertEquals(40, TcpHeader.headerOctets(memory, 1));
        assertEquals(0xa0c2_2000, TcpHeader.flags(memory, 1));
        assertEquals(0xbeef, memory.int16(1 + TcpHeader.CHECKSUM_AT));
        assertEquals(0, memory.int16(1 + TcpHeader.URGENT_POINTER_AT));
    }

    @Test
    void shouldWriteFields() {
        TcpHeader.sequence(memory, 1, 0xffff_fffe);
        TcpHeader.flags(memory, 1, 0x5010_0000 | TcpHeader.FIN | 7);
        assertArrayEquals(Packets.hex("ff 1388 01bb fffffffe 05060708 50 11 0007 beef 0000"), octets);
    }

    /** RFC 9293 §3.1, from the left: CWR, ECE, URG, ACK, PSH, RST, SYN, FIN in octet 13. */
    @Test
    void shouldKnowFlagsByTheirBits() {
        int[] flags = {
            TcpHeader.FIN, TcpHeader.SYN, TcpHeader.RST, TcpHeader.PSH,
            TcpHeader.ACK, TcpHeader.URG, TcpHeader.ECE, TcpHeader.CWR
        };
        for (int bit = 0; bit < flags.length; bit++) {
            Memory header = Memory.of(new byte[TcpHeader.OCTETS]);
            header.octet(13, 1 << bit);
            assertEquals(flags[bit], TcpHeader.flags(header, 0));
        }
    }
}
