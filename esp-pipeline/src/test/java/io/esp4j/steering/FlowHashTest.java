package io.esp4j.steering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.dataplane.Framing;
import io.esp4j.memory.Memory;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Packets are written octet by octet here, from RFC 791, 8200, 768, 4303 and 3948. */
class FlowHashTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ESP = 50;
    private static final int OSPF = 89;
    private static final int AT = 40;

    private final FlowHash hash = new FlowHash(1);
    private final Random random = new Random(7);

    /** An IPv4 packet of 60 octets, all but what is given at random; its checksum is wrong. */
    private byte[] v4(int protocol, int lastOfSource, int lastOfDestination, int... words) {
        byte[] packet = randomOctets(60);
        Memory memory = Memory.of(packet);
        memory.int32(0, 0x4500_003c);
        memory.int16(6, 0x4000);
        packet[9] = (byte) protocol;
        memory.int32(12, 0x0a00_0000 | lastOfSource);
        memory.int32(16, 0x0a01_0000 | lastOfDestination);
        return with(packet, 20, words);
    }

    private byte[] v6(int protocol, int lastOfSource, int... words) {
        byte[] packet = randomOctets(80);
        Memory memory = Memory.of(packet);
        memory.octet(0, 0x60);
        memory.int16(4, 40);
        packet[6] = (byte) protocol;
        memory.int64(8, 0x2001_0db8_0000_0001L);
        memory.int64(16, lastOfSource);
        memory.int64(24, 0x2001_0db8_0000_0002L);
        memory.int64(32, 2);
        return with(packet, 40, words);
    }

    private byte[] randomOctets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] with(byte[] packet, int at, int... words) {
        Memory memory = Memory.of(packet);
        for (int i = 0; i < words.length; i++) {
            memory.int32(at + 4 * i, words[i]);
        }
        return packet;
    }

    private static Memory placed(byte[] packet) {
        Memory memory = Memory.of(new byte[AT + packet.length]);
        memory.write(AT, packet, 0, packet.length);
        return memory;
    }

    private int received(byte[] packet) {
        return hash.received(placed(packet), AT, packet.length, Framing.IP);
    }

    private int inner(byte[] packet) {
        return hash.ofInner(placed(packet), AT, packet.length);
    }

    @Test
    @DisplayName("ESP is hashed by its SPI alone, whatever else the packet holds and wherever it comes from")
    void shouldHashEspBySpi() {
        int first = received(v4(ESP, 1, 1, 0x1000, 1));
        assertEquals(first, received(v4(ESP, 1, 1, 0x1000, 2)));
        assertEquals(first, received(v4(ESP, 9, 1, 0x1000, 3)), "a peer that moved");
        assertEquals(first, received(v6(ESP, 1, 0x1000, 4)));
        assertNotEquals(first, received(v4(ESP, 1, 1, 0x1001, 1)));
        byte[] behindOptions = v6(60, 1, ESP << 24, 0, 0x1000, 5);
        assertEquals(first, received(behindOptions));
    }

    @Test
    @DisplayName("ESP in UDP is hashed by SPI and ports")
    void shouldHashEspInUdpBySpiAndPorts() {
        int ports = 33000 << 16 | 4500;
        int first = received(v4(UDP, 1, 1, ports, 40 << 16, 0x1000, 1));
        assertEquals(first, received(v4(UDP, 1, 1, ports, 40 << 16, 0x1000, 2)));
        assertNotEquals(first, received(v4(UDP, 1, 1, ports, 40 << 16, 0x1001, 1)));
        assertNotEquals(first, received(v4(UDP, 1, 1, 33001 << 16 | 4500, 40 << 16, 0x1000, 1)));
        // Without the SPI it is UDP: other ports, and the non-ESP marker.
        int other = 33000 << 16 | 4501;
        assertEquals(
                received(v4(UDP, 1, 1, other, 40 << 16, 0x1000)), received(v4(UDP, 1, 1, other, 40 << 16, 0x2000)));
        assertEquals(received(v4(UDP, 1, 1, ports, 40 << 16, 0)), received(v4(UDP, 1, 1, ports, 40 << 16, 0, 99)));
        FlowHash elsewhere = new FlowHash(1, 4501);
        byte[] packet = v4(UDP, 1, 1, other, 40 << 16, 0x1000, 1);
        assertNotEquals(received(packet), elsewhere.received(placed(packet), AT, packet.length, Framing.IP));
    }

    @Test
    @DisplayName("what a UDP socket delivers is hashed by its SPI")
    void shouldHashPayloadOfSocket() {
        Memory memory = Memory.of(randomOctets(100));
        memory.int32(AT, 0x1000);
        int first = hash.received(memory, AT, 60, Framing.UDP_PAYLOAD);
        memory.int32(AT + 4, 77);
        assertEquals(first, hash.received(memory, AT, 60, Framing.UDP_PAYLOAD));
        memory.int32(AT, 0x1001);
        assertNotEquals(first, hash.received(memory, AT, 60, Framing.UDP_PAYLOAD));
        assertEquals(0, hash.received(memory, AT, 1, Framing.UDP_PAYLOAD));
    }

    @Test
    @DisplayName("an inner flow is hashed by addresses, protocol and ports")
    void shouldHashInnerFlow() {
        int ports = 33000 << 16 | 443;
        int first = inner(v4(TCP, 1, 2, ports, 5));
        assertEquals(first, inner(v4(TCP, 1, 2, ports, 6)));
        assertNotEquals(first, inner(v4(UDP, 1, 2, ports, 5)));
        assertNotEquals(first, inner(v4(TCP, 2, 1, ports, 5)));
        assertNotEquals(first, inner(v4(TCP, 3, 2, ports, 5)));
        assertNotEquals(first, inner(v4(TCP, 1, 2, ports + 1, 5)));
        assertEquals(inner(v4(OSPF, 1, 2, 1)), inner(v4(OSPF, 1, 2, 2)), "no ports there");
        int sixth = inner(v6(TCP, 1, ports, 5));
        assertEquals(sixth, inner(v6(TCP, 1, ports, 6)));
        assertNotEquals(sixth, inner(v6(TCP, 2, ports, 5)));
        // ESP inside is a flow of its peers, not just an SPI.
        assertNotEquals(inner(v4(ESP, 1, 2, 0x1000)), inner(v4(ESP, 3, 2, 0x1000)));
    }

    @Test
    @DisplayName("the fragments of a packet have one hash, though only the first shows ports")
    void shouldKeepFragmentsTogether() {
        byte[] first = v4(UDP, 1, 2, 33000 << 16 | 443, 5);
        Memory.of(first).int16(6, 0x2000);
        byte[] later = v4(UDP, 1, 2, 12345, 6);
        Memory.of(later).int16(6, 0x0010);
        assertEquals(inner(first), inner(later));
        byte[] sixthFirst = v6(44, 1, TCP << 24 | 1, 7, 33000 << 16 | 443);
        byte[] sixthLater = v6(44, 1, TCP << 24 | 0x10, 7, 12345);
        assertEquals(inner(sixthFirst), inner(sixthLater));
    }

    @Test
    @DisplayName("no octets make it throw, and a packet that is cut short reads nothing behind its end")
    void shouldHashAnything() {
        for (int octets = 0; octets <= 80; octets++) {
            for (int run = 0; run < 200; run++) {
                byte[] noise = randomOctets(octets);
                if (octets > 0 && run % 2 == 0) {
                    noise[0] = (byte) (run % 4 == 0 ? 0x45 : 0x60);
                }
                if (octets > 5 && run % 3 == 0) {
                    Memory.of(noise).int16(run % 4 == 0 ? 2 : 4, run % 4 == 0 ? octets : octets - 40);
                }
                received(noise);
                inner(noise);
            }
        }
        assertEquals(0, received(new byte[0]));
        assertEquals(0, inner(randomOctets(19)));
    }

    @Test
    @DisplayName("SPIs that follow one another fill the buckets evenly, under any seed, and seeds differ")
    void shouldSpreadSpis() {
        for (long seed = 0; seed < 5; seed++) {
            FlowHash seeded = new FlowHash(seed);
            int[] flows = new int[128];
            for (int spi = 0; spi < 12_800; spi++) {
                byte[] packet = v4(ESP, 1, 1, 0xc000_0000 + spi);
                flows[seeded.received(placed(packet), AT, packet.length, Framing.IP) & 127]++;
            }
            for (int bucket = 0; bucket < 128; bucket++) {
                int count = flows[bucket];
                assertTrue(count > 50 && count < 150, () -> count + " of 12,800 flows in one of 128 buckets");
            }
        }
        byte[] packet = v4(ESP, 1, 1, 0x1000);
        assertNotEquals(received(packet), new FlowHash(2).received(placed(packet), AT, packet.length, Framing.IP));
    }
}
