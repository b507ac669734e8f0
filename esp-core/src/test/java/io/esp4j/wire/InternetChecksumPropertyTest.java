package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.esp4j.memory.Memory;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InternetChecksumPropertyTest {

    @Property(tries = 500)
    void shouldAgreeWithPlainSumForAnyOctets(
            @ForAll @Size(max = 300) byte[] octets, @ForAll @IntRange(max = 9) int from, @ForAll boolean direct) {
        int at = Math.min(from, octets.length);
        Memory memory = direct ? Memory.allocateDirect(octets.length) : Memory.of(octets);
        memory.write(0, octets, 0, octets.length);

        int checksum = ~InternetChecksum.fold(InternetChecksum.sum(memory, at, octets.length - at)) & 0xffff;

        // 0 and ffff are both zero in one's complement; only a region of zeros sums to 0.
        assertEquals(Packets.checksum(Arrays.copyOfRange(octets, at, octets.length)) % 0xffff, checksum % 0xffff);
    }

    @Property(tries = 500)
    void shouldStayCorrectWhenFieldIsUpdated(
            @ForAll @Size(min = 22, max = 60) byte[] octets, @ForAll @IntRange(max = 65535) int after) {
        byte[] packet = octets.clone();
        packet[0] |= 1; // all zeros have two checksums
        Packets.int16(packet, 10, 0);
        Packets.int16(packet, 10, Packets.checksum(packet));
        int before = Packets.int16(packet, 4);

        int updated = InternetChecksum.update(Packets.int16(packet, 10), before, after);
        Packets.int16(packet, 4, after);
        Packets.int16(packet, 10, updated);

        assertEquals(0, Packets.checksum(packet) % 0xffff);
    }

    @Property(tries = 500)
    void shouldStayWrongByTheSameWhenFieldIsUpdated(
            @ForAll @IntRange(max = 65535) int checksum,
            @ForAll @IntRange(max = 65535) int before,
            @ForAll @IntRange(max = 65535) int after) {
        int updated = InternetChecksum.update(checksum, before, after);
        int back = InternetChecksum.update(updated, after, before);
        assertEquals(checksum % 0xffff, back % 0xffff);
    }

    @Test
    @DisplayName("R13 the largest sums fold without loss")
    void shouldFoldLargestSums() {
        byte[] ones = new byte[65535];
        Arrays.fill(ones, (byte) 0xff);
        assertEquals(
                ~Packets.checksum(ones) & 0xffff,
                InternetChecksum.fold(InternetChecksum.sum(Memory.of(ones), 0, 65535)));
        assertEquals(0xffff, InternetChecksum.fold(0xffff_ffff_ffffL));
        assertEquals(1, InternetChecksum.fold(0x1_0000_0000L));
    }

    /** RFC 1624 §4: the example that the older equation gets wrong. */
    @Test
    @DisplayName("R13 the example of RFC 1624 §4 updates to 0000")
    void shouldUpdateAsRfc1624() {
        assertEquals(0x0000, InternetChecksum.update(0xdd2f, 0x5555, 0x3285));
    }
}
