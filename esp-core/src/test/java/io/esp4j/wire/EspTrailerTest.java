package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspTrailerTest {

    /** Source: RUB-NDS IPsec-StateMachineExtractor, ESPMessageTest (addRFC2406Padding): facts. */
    @ParameterizedTest(name = "{displayName} [{index}]")
    @DisplayName("R7 R8 published padding to a block of 16")
    @CsvSource({
        "ffffffffffff, ffffffffffff01020304050607080800",
        "ff, ff0102030405060708090a0b0c0d0d00",
        "'', 0102030405060708090a0b0c0d0e0e00",
        "ffffffffffffffffffffffffffffff, ffffffffffffffffffffffffffffff0102030405060708090a0b0c0d0e0f0f00",
    })
    void shouldPadAsPublished(String payload, String padded) {
        byte[] octets = Packets.hex(payload);
        byte[] expected = Packets.hex(padded);
        byte[] region = Packets.join(octets, new byte[expected.length - octets.length]);

        int padLength = EspTrailer.padding(octets.length, 16);
        EspTrailer.write(Memory.of(region), octets.length, padLength, 0);

        assertArrayEquals(expected, region);
    }

    @Test
    @DisplayName("R7 padding is the least that ends pad length and next header on the boundary")
    void shouldPadLeastThatReachesBoundary() {
        for (int alignment : new int[] {4, 16}) {
            for (int payload = 0; payload < 200; payload++) {
                int least = 0;
                while ((payload + least + 2) % alignment != 0) {
                    least++;
                }
                assertEquals(least, EspTrailer.padding(payload, alignment), payload + " to " + alignment);
            }
        }
    }

    @Test
    @DisplayName(
            "R8 0 to 255 octets of padding are 1, 2, 3 …, with pad length and next header behind, and nothing else")
    void shouldWriteEveryPadLength() {
        for (int padLength = 0; padLength <= 255; padLength++) {
            byte[] region = new byte[300];
            java.util.Arrays.fill(region, (byte) 0xee);

            EspTrailer.write(Memory.of(region), 10, padLength, 41);

            byte[] expected = new byte[300];
            java.util.Arrays.fill(expected, (byte) 0xee);
            for (int i = 0; i < padLength; i++) {
                expected[10 + i] = (byte) (i + 1);
            }
            expected[10 + padLength] = (byte) padLength;
            expected[11 + padLength] = 41;
            assertArrayEquals(expected, region, "pad length " + padLength);
            assertTrue(isSequential(region, 10 + padLength));
        }
    }

    @Test
    @DisplayName("R9 every changed octet of padding is seen")
    void shouldSeeEveryChangedOctet() {
        for (int padLength : new int[] {1, 2, 3, 4, 5, 6, 7, 15, 255}) {
            byte[] region = new byte[8 + padLength + 2];
            EspTrailer.write(Memory.of(region), 8, padLength, 4);
            assertTrue(isSequential(region, 8 + padLength));
            for (int bit = 8 * 8; bit < (8 + padLength) * 8; bit++) {
                assertFalse(isSequential(Packets.flip(region, bit), 8 + padLength), "bit " + bit + " of " + padLength);
            }
            for (int bit = 0; bit < 8 * 8; bit++) {
                assertTrue(isSequential(Packets.flip(region, bit), 8 + padLength), "bit " + bit + " before padding");
            }
        }
    }

    @Test
    @DisplayName("R8 zeros are not the default padding, no padding at all is")
    void shouldTellZerosFromDefault() {
        assertFalse(isSequential(new byte[] {9, 9, 9, 9, 0, 0, 2, 4}, 6));
        assertTrue(isSequential(new byte[] {9, 9, 9, 9, 9, 9, 0, 4}, 6));
    }

    private static boolean isSequential(byte[] region, int padLengthAt) {
        Memory memory = Memory.of(region);
        return EspTrailer.isSequential(memory, padLengthAt, EspTrailer.end(memory, padLengthAt));
    }
}
