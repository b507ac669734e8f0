package io.esp4j.wire;

import static io.esp4j.wire.Ipv6Packet.v6;
import static io.esp4j.wire.NextHeader.DESTINATION_OPTIONS;
import static io.esp4j.wire.NextHeader.HOP_BY_HOP;
import static io.esp4j.wire.NextHeader.ROUTING;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class Ipv6ExtensionsTest {
    private final Ipv6Extensions chain = new Ipv6Extensions();

    private boolean walk(byte[] packet) {
        return chain.walk(Memory.of(packet), 0, packet.length);
    }

    private void assertEsp(int at, int nextHeaderAt) {
        assertEquals(at, chain.espAt(), "ESP");
        assertEquals(nextHeaderAt, chain.espNextHeaderAt(), "the field that names it");
    }

    private void assertUpperLayer(int protocol, int at, int nextHeaderAt) {
        assertEquals(protocol, chain.upperLayer());
        assertEquals(at, chain.upperLayerAt());
        assertEquals(nextHeaderAt, chain.upperLayerNextHeaderAt());
    }

    @Test
    @DisplayName("R13 without extension headers ESP follows the fixed header")
    void shouldPutEspBehindFixedHeader() {
        assertTrue(walk(v6().build()));
        assertEsp(40, 6);
        assertUpperLayer(17, 40, 6);
    }

    @Test
    @DisplayName("R13 ESP follows hop-by-hop, routing and what precedes routing; later destination options go inside")
    void shouldPutEspBehindRouting() {
        byte[] packet = v6().extension(HOP_BY_HOP, 8)
                .extension(DESTINATION_OPTIONS, 16)
                .extension(ROUTING, 24)
                .extension(DESTINATION_OPTIONS, 8)
                .protocol(6)
                .build();
        assertTrue(walk(packet));
        assertEsp(88, 64);
        assertUpperLayer(6, 96, 88);
    }

    @Test
    @DisplayName("R13 destination options alone go inside")
    void shouldPutLoneDestinationOptionsInside() {
        assertTrue(walk(v6().extension(DESTINATION_OPTIONS, 8).build()));
        assertEsp(40, 6);
        assertUpperLayer(17, 48, 40);
    }

    @Test
    @DisplayName("R13 ESP follows the header of an atomic fragment (RFC 4303 §3.1.1)")
    void shouldPutEspBehindAtomicFragment() {
        byte[] packet = v6().extension(HOP_BY_HOP, 8)
                .fragment(0, false, 9)
                .extension(DESTINATION_OPTIONS, 8)
                .build();
        assertTrue(walk(packet));
        assertEsp(56, 48);
        assertFalse(chain.isFragment(Memory.of(packet)));
    }

    @Test
    @DisplayName("R18 an offset or More Fragments makes a fragment; an atomic one (RFC 6946) is whole")
    void shouldTellFragments() {
        for (int field = 0; field < 65536; field++) {
            byte[] packet = v6().fragment(field & 0xfff8, (field & 1) != 0, 1).build();
            packet[43] |= (byte) (field & 0b110); // reserved
            Memory memory = Memory.of(packet);
            assertTrue(walk(packet));
            assertEquals((field & 0xfff9) != 0, chain.isFragment(memory));
            assertEquals(field & 0xfff8, chain.fragmentOffset(memory));
        }
        byte[] whole = v6().build();
        assertTrue(walk(whole));
        assertFalse(chain.isFragment(Memory.of(whole)));
        assertEquals(0, chain.fragmentOffset(Memory.of(whole)));
    }

    @Test
    @DisplayName("R18 a second fragment header, which would hide the first, is refused (RFC 8200 §4.1)")
    void shouldRefuseSecondFragmentHeader() {
        assertFalse(walk(v6().fragment(0, true, 1).fragment(0, false, 2).build()));
    }

    @Test
    @DisplayName("R18 the payload of a later fragment is data, whatever protocol it is named")
    void shouldNotWalkIntoLaterFragment() {
        assertTrue(walk(v6().fragment(8, false, 1)
                .protocol(HOP_BY_HOP)
                .payload(new byte[0])
                .build()));
        assertUpperLayer(HOP_BY_HOP, 48, 40);
    }

    @Test
    @DisplayName("R13 the length of an AH counts words of 4 octets and goes inside")
    void shouldStepOverAuthenticationHeader() {
        byte[] header = new byte[24];
        header[1] = 4;
        assertTrue(walk(v6().extension(51, header).protocol(6).build()));
        assertEsp(40, 6);
        assertUpperLayer(6, 64, 40);
    }

    @Test
    @DisplayName("R25 a chain that the end of the packet cuts is refused at every length")
    void shouldRefuseEveryTruncation() {
        byte[] packet = v6().extension(HOP_BY_HOP, 16)
                .extension(ROUTING, 24)
                .fragment(0, false, 1)
                .extension(DESTINATION_OPTIONS, 8)
                .payload(new byte[0])
                .build();
        for (int octets = 40; octets < packet.length; octets++) {
            assertFalse(chain.walk(Memory.of(packet), 0, octets), octets + " octets");
        }
        assertTrue(walk(packet));
    }

    @Test
    @DisplayName("R13 any chain is walked to the end that a plain list of its headers gives")
    void shouldAgreeWithListOfHeaders() {
        long seed = System.nanoTime();
        System.out.println("IPv6 chains, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 5000; i++) {
            Ipv6Packet packet = v6().payload(new byte[random.nextInt(3)]);
            List<Integer> starts = new ArrayList<>(List.of(40));
            List<Integer> fields = new ArrayList<>(List.of(6));
            int behindOutside = 0;
            for (int header = 0; header < random.nextInt(5); header++) {
                int type = new int[] {HOP_BY_HOP, ROUTING, DESTINATION_OPTIONS}[random.nextInt(3)];
                int octets = 8 + 8 * random.nextInt(4);
                packet.extension(type, octets);
                int start = starts.get(starts.size() - 1);
                starts.add(start + octets);
                fields.add(start);
                if (type != DESTINATION_OPTIONS) {
                    behindOutside = starts.size() - 1;
                }
            }
            int upper = new int[] {6, 17, 50, 58, 59, 4, 41, 200}[random.nextInt(8)];
            assertTrue(walk(packet.protocol(upper).build()), "seed " + seed);
            assertUpperLayer(upper, starts.get(starts.size() - 1), fields.get(fields.size() - 1));
            assertEsp(starts.get(behindOutside), fields.get(behindOutside));
        }
    }
}
