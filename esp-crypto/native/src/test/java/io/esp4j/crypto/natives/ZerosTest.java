package io.esp4j.crypto.natives;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.esp4j.memory.Memory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zeros where they shall be, and nowhere else. */
class ZerosTest {
    private static final int OCTETS = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 68, 127, 128, 129, 2047, 2048, 2049, 4096, 4097, 9000})
    void shouldWriteExactlyTheRange(int count) {
        byte[] expected = new byte[OCTETS];
        Arrays.fill(expected, (byte) 0x5a);
        for (Memory memory : List.of(Memory.allocateDirect(OCTETS), Memory.of(new byte[OCTETS]))) {
            memory.write(0, expected, 0, OCTETS);
            Zeros.write(memory, 13, count);
            byte[] zeroed = expected.clone();
            Arrays.fill(zeroed, 13, 13 + count, (byte) 0);
            byte[] found = new byte[OCTETS];
            memory.read(0, found, 0, OCTETS);
            assertArrayEquals(zeroed, found);
        }
    }
}
