package io.esp4j.wire;

import static io.esp4j.wire.Ipv6Packet.v6;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Ipv6HeaderTest {
    private static final byte[] PACKET = v6().trafficClass(0xb9)
            .flowLabel(0xabcde)
            .payload(Packets.count(24))
            .build();

    @Test
    @DisplayName("R26 every field is read where RFC 8200 puts it")
    void shouldReadFields() {
        Memory memory = Memory.of(Packets.join(new byte[3], PACKET));
        assertEquals(0xb9, Ipv6Header.trafficClass(memory, 3));
        assertEquals(0xabcde, Ipv6Header.flowLabel(memory, 3));
        assertEquals(64, Ipv6Header.totalOctets(memory, 3));
    }

    @Test
    @DisplayName("R25 a header is valid only with all of the payload that it names")
    void shouldRejectEveryTruncation() {
        for (int available = 0; available < PACKET.length; available++) {
            assertFalse(Ipv6Header.isValid(Memory.of(PACKET), 0, available), available + " octets");
        }
        assertTrue(Ipv6Header.isValid(Memory.of(PACKET), 0, PACKET.length));
        assertTrue(Ipv6Header.isValid(Memory.of(Packets.join(PACKET, new byte[9])), 0, PACKET.length + 9));
    }

    @Test
    @DisplayName("R25 any version and payload length is judged as RFC 8200 §3 has it")
    void shouldJudgeEveryVersionAndLength() {
        for (int version = 0; version < 16; version++) {
            for (int payload : new int[] {0, 1, 23, 24, 25, 255, 256, 32767, 32768, 65535}) {
                byte[] packet = PACKET.clone();
                packet[0] = (byte) (version << 4);
                Packets.int16(packet, 4, payload);
                assertEquals(version == 6 && payload <= 24, Ipv6Header.isValid(Memory.of(packet), 0, 64));
            }
        }
    }

    @Test
    @DisplayName("R45 DSCP and ECN change, version and flow label stay")
    void shouldChangeTrafficClass() {
        for (int after = 0; after < 256; after++) {
            byte[] packet = v6().trafficClass(255 - after).flowLabel(0xfffff).build();
            Ipv6Header.trafficClass(Memory.of(packet), 0, after);
            assertArrayEquals(v6().trafficClass(after).flowLabel(0xfffff).build(), packet);
        }
    }

    @Test
    @DisplayName("R13 the payload length is the total without 40")
    void shouldWriteLength() {
        byte[] packet = PACKET.clone();
        Ipv6Header.totalOctets(Memory.of(packet), 0, 40 + 65535);
        assertEquals(65535, Packets.int16(packet, 4));
    }
}
