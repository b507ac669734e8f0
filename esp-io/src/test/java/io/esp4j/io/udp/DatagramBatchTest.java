package io.esp4j.io.udp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramBatchTest {
    @Test
    void shouldLayOutSlotsWithTheirRoom() {
        DatagramBatch batch = new DatagramBatch(3, 64, 1500, 40);
        assertEquals(3 * (64 + 1500 + 40), batch.region().capacity());
        assertEquals(3, batch.capacity());
        assertEquals(0, batch.size());
        assertEquals(1604, batch.slotStart(1));
        assertEquals(2 * 1604, batch.slotEnd(1));
        batch.add(null);
        assertEquals(1, batch.add(null));
        assertEquals(1604 + 64, batch.offset(1));
        assertEquals(0, batch.length(1));
        batch.place(1, 1604, 1604);
        assertEquals(1604, batch.length(1));
        batch.clear();
        assertThrows(IndexOutOfBoundsException.class, () -> batch.offset(0));
    }

    @Test
    void shouldHaveRoomForTheOctetThatShowsADatagramWasLonger() {
        DatagramBatch batch = new DatagramBatch(1, 4, 12, 0);
        assertEquals(17, batch.slotEnd(0));
        assertEquals(13, batch.nextSlot().remaining());
    }

    @Test
    void shouldRefuseDatagramsOutsideTheirSlot() {
        DatagramBatch batch = new DatagramBatch(2, 10, 100, 10);
        batch.add(null);
        assertThrows(IndexOutOfBoundsException.class, () -> batch.place(0, -1, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.place(0, 0, 121));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.place(0, 120, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.place(0, 0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.place(1, 130, 1));
        batch.add(null);
        assertThrows(IndexOutOfBoundsException.class, () -> batch.place(1, 119, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> batch.add(null));
    }

    @ParameterizedTest
    @CsvSource({"0,0,1,0", "1,-1,1,0", "1,0,0,0", "1,0,65536,0", "1,0,1,-1", "40000,0,65535,0", "1,2147483647,1,0"})
    void shouldRefuseImpossibleSlots(int slots, int headroom, int datagramOctets, int tailroom) {
        assertThrows(
                IllegalArgumentException.class, () -> new DatagramBatch(slots, headroom, datagramOctets, tailroom));
    }
}
