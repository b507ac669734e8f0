package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EspHeaderTest {
    @Test
    @DisplayName("R4 R6 SPI and the low half of the number are written in network order, and nothing else")
    void shouldWriteSpiAndLowHalf() {
        byte[] region = new byte[10];
        EspHeader.write(Memory.of(region), 1, 0xfedc_ba98, 0x1122_3344_f566_7788L);
        assertArrayEquals(Packets.hex("00 fedcba98 f5667788 00"), region);
    }

    @Test
    @DisplayName("R4 the fields are read where they lie")
    void shouldReadFields() {
        long header = Memory.of(Packets.hex("ff 80000001 ffffffff")).int64(1);
        assertEquals(0x8000_0001, EspHeader.spi(header));
        assertEquals(-1, EspHeader.sequenceLow(header));
    }
}
