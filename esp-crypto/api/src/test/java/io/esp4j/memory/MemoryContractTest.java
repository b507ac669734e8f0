package io.esp4j.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two kinds of memory do the same, octet for octet. */
class MemoryContractTest {
    private static final int OCTETS = 256;

    private static List<Memory> memories() {
        return List.of(Memory.of(new byte[OCTETS]), Memory.allocateDirect(OCTETS));
    }

    private static byte[] octets(Memory memory) {
        byte[] all = new byte[memory.length()];
        memory.read(0, all, 0, all.length);
        return all;
    }

    private static void filled(Consumer<Memory> test) {
        for (Memory memory : memories()) {
            byte[] random = new byte[OCTETS];
            new Random(1).nextBytes(random);
            memory.write(0, random, 0, OCTETS);
            test.accept(memory);
        }
    }

    @Test
    void shouldBeBigEndianAndUnsigned() {
        for (Memory memory : memories()) {
            memory.int64(1, 0xf1f2f3f4f5f6f7f8L);
            assertEquals(0xf1, memory.octet(1));
            assertEquals(0xf1f2, memory.int16(1));
            assertEquals(0xf1f2f3f4, memory.int32(1));
            assertEquals(0xf2f3f4f5f6f7f800L, memory.int64(2));
            memory.int32(20, 0x01020304);
            memory.int16(24, 0xabcd);
            memory.octet(26, 0x1ff);
            assertEquals(0x01020304abcdff00L, memory.int64(20));
            assertEquals(OCTETS, memory.length());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 4096})
    void shouldBeginAllocatedMemoryAtACacheLine(int octets) {
        for (int i = 0; i < 8; i++) { // one by itself may lie there by chance
            DirectMemory memory = Memory.allocateDirect(octets);
            assertEquals(octets, memory.length());
            assertEquals(0, memory.buffer().alignmentOffset(0, 64));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Memory.MAX_DIRECT_OCTETS + 1, Integer.MAX_VALUE})
    void shouldRefuseToAllocateLengthsThatNoMemoryHas(int octets) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Memory.allocateDirect(octets));
        assertEquals("expected 0 to 2147483584 octets, found " + octets, refusal.getMessage());
    }

    @Test
    void shouldReadEachOctet() {
        filled(memory -> {
            byte[] expected = octets(memory);
            for (int at = 0; at < OCTETS; at++) {
                assertEquals(Byte.toUnsignedInt(expected[at]), memory.octet(at), "at " + at);
            }
        });
        for (Memory single : List.of(Memory.of(new byte[] {-1}), Memory.of(ByteBuffer.allocateDirect(1)))) {
            single.octet(0, 0xff);
            assertEquals(0xff, single.octet(0));
        }
    }

    @Test
    void shouldReadWordsInTheMachinesOrder() {
        filled(memory -> {
            ByteBuffer expected = ByteBuffer.wrap(octets(memory)).order(ByteOrder.nativeOrder());
            for (int at = 0; at <= OCTETS - Long.BYTES; at++) {
                assertEquals(expected.getLong(at), memory.word(at), "at " + at);
            }
        });
    }

    @Test
    void shouldMoveOverlappingOctets() {
        filled(memory -> {
            byte[] before = octets(memory);
            memory.move(3, 7, 40);
            byte[] expected = before.clone();
            System.arraycopy(before, 3, expected, 7, 40);
            assertArrayEquals(expected, octets(memory));
            memory.move(7, 2, 40);
            System.arraycopy(expected.clone(), 7, expected, 2, 40);
            assertArrayEquals(expected, octets(memory));
        });
    }

    @Test
    void shouldZeroExactlyTheRange() {
        for (int length = 0; length <= OCTETS - 5; length++) {
            int count = length;
            filled(memory -> {
                byte[] expected = octets(memory);
                memory.zero(5, count);
                Arrays.fill(expected, 5, 5 + count, (byte) 0);
                assertArrayEquals(expected, octets(memory));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2048, 2049, 4096, 4097, 9000})
    void shouldZeroExactlyALongRange(int count) {
        for (Memory memory : List.of(Memory.allocateDirect(10_000), Memory.of(new byte[10_000]))) {
            byte[] expected = new byte[memory.length()];
            Arrays.fill(expected, (byte) 0x5a);
            memory.write(0, expected, 0, expected.length);
            memory.zero(13, count);
            Arrays.fill(expected, 13, 13 + count, (byte) 0);
            assertArrayEquals(expected, octets(memory));
        }
    }

    @Test
    void shouldCopyBetweenKinds() {
        filled(source -> {
            for (Memory target : memories()) {
                source.copyTo(10, target, 3, 33);
                byte[] expected = new byte[OCTETS];
                System.arraycopy(octets(source), 10, expected, 3, 33);
                assertArrayEquals(expected, octets(target));
            }
        });
    }

    @Test
    void shouldRefusePositionsOutside() {
        for (Memory memory : memories()) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.octet(-1));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.octet(OCTETS));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.int64(OCTETS - 7));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.int32(OCTETS - 3, 1));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.zero(OCTETS - 7, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.move(0, OCTETS - 7, 8));
            assertThrows(IndexOutOfBoundsException.class, () -> memory.read(OCTETS - 7, new byte[8], 0, 8));
        }
    }

    @Test
    void shouldCoverTheWholeBufferWithoutACopy() {
        ByteBuffer heap = ByteBuffer.allocate(16);
        assertSame(heap.array(), ((HeapMemory) Memory.of(heap)).array());
        ByteBuffer direct = ByteBuffer.allocateDirect(16).position(4).limit(8);
        Memory memory = Memory.of(direct);
        memory.int32(12, 7);
        assertEquals(7, direct.clear().getInt(12));
        assertEquals(0, ((DirectMemory) memory).buffer().position());
        assertThrows(
                IllegalArgumentException.class,
                () -> Memory.of(ByteBuffer.allocate(16).asReadOnlyBuffer()));
        ByteBuffer slice = ByteBuffer.allocate(16).position(4).slice();
        assertThrows(IllegalArgumentException.class, () -> Memory.of(slice));
    }

    @Test
    void shouldAskForTheAddressOfDirectMemoryOnce() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(16).position(4);
        DirectMemory memory = (DirectMemory) Memory.of(buffer);
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            assertEquals(0x1000, memory.address(whole -> {
                assertEquals(0, whole.position());
                asked.incrementAndGet();
                whole.limit(1);
                return 0x1000;
            }));
        }
        assertEquals(1, asked.get());
        memory.int32(12, 7);
        assertEquals(7, buffer.clear().getInt(12));
    }
}
