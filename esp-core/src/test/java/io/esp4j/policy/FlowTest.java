package io.esp4j.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import io.esp4j.wire.IpAddress;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static TestPacket four() {
        return TestPacket.of("192.0.2.1", "203.0.113.255");
    }

    private static TestPacket six() {
        return TestPacket.of("2001:db8::1", "ff02::fb");
    }

    private static boolean parses(byte[] packet) {
        return new Flow().parse(Memory.of(packet), 0, packet.length);
    }

    @Test
    void shouldReadIpv4WithOptions() {
        Flow flow = four().options(3).dscp(46).tcp(65_535, 443).flow();

        assertFalse(flow.v6());
        assertEquals(IpAddress.parse("192.0.2.1"), flow.source());
        assertEquals(IpAddress.parse("203.0.113.255"), flow.destination());
        assertEquals(46, flow.dscp());
        assertEquals(6, flow.protocol());
        assertEquals(65_535, flow.sourcePort());
        assertEquals(443, flow.destinationPort());
        assertEquals(Flow.OPAQUE, flow.icmpTypeAndCode());
        assertEquals(Flow.OPAQUE, flow.mobilityType());
        assertFalse(flow.isFragment());
    }

    @Test
    @DisplayName("R47 the protocol is what comes after hop-by-hop, routing, fragment and destination options headers")
    void shouldLookBehindExtensionHeaders() {
        Flow flow = six().dscp(63)
                .extension(0, 1)
                .extension(43, 3)
                .fragment(7, 0, false)
                .extension(60, 32)
                .udp(1, 2)
                .flow();

        assertTrue(flow.v6());
        assertEquals(IpAddress.parse("ff02::fb"), flow.destination());
        assertEquals(63, flow.dscp());
        assertEquals(17, flow.protocol());
        assertEquals(1, flow.sourcePort());
        assertEquals(2, flow.destinationPort());
        assertFalse(flow.isFragment(), "an atomic fragment is whole");
        assertEquals(7, flow.identification());
    }

    @Test
    @DisplayName("R47 AH and ESP are next layer protocols, not headers to look behind")
    void shouldStopAtAhAndEsp() {
        Flow ah = six().extension(51, 2).tcp(1, 2).flow();
        assertEquals(51, ah.protocol());
        assertEquals(Flow.OPAQUE, ah.sourcePort());
        assertEquals(50, six().raw(50, new byte[16]).flow().protocol());
    }

    @Test
    @DisplayName("R47 which extension headers to look behind can be configured")
    void shouldLookBehindConfiguredHeadersOnly() {
        byte[] hip = six().extension(139, 1).tcp(1, 2).octets();
        byte[] destination = six().extension(60, 1).tcp(1, 2).octets();
        Flow flow = new Flow(139);

        assertTrue(flow.parse(Memory.of(hip), 0, hip.length));
        assertEquals(6, flow.protocol());
        assertTrue(flow.parse(Memory.of(destination), 0, destination.length));
        assertEquals(60, flow.protocol());
        assertThrows(IllegalArgumentException.class, () -> new Flow(51));
    }

    @Test
    @DisplayName("R47 ICMP type and code, and the Mobility Header type, are selector fields")
    void shouldReadTypes() {
        Flow echo = four().icmp(8, 3).flow();
        assertEquals(8 * 256 + 3, echo.icmpTypeAndCode());
        assertEquals(Flow.OPAQUE, echo.sourcePort());
        assertEquals(Flow.OPAQUE, echo.destinationPort());
        assertEquals(
                (255 << 8) + 254, six().extension(0, 1).icmp(255, 254).flow().icmpTypeAndCode());
        assertEquals(200, six().mobility(200).flow().mobilityType());
    }

    @Test
    @DisplayName("R52 the ports of fragments other than the first are OPAQUE")
    void shouldShowNoPortsInLaterFragments() {
        for (TestPacket packet : new TestPacket[] {four(), six()}) {
            Flow later = packet.fragment(99, 1480, true).tcp(1, 2).flow();
            assertEquals(6, later.protocol());
            assertEquals(Flow.OPAQUE, later.sourcePort());
            assertEquals(Flow.OPAQUE, later.destinationPort());
            assertEquals(1480, later.fragmentOffset());
            assertEquals(99, later.identification());
            assertTrue(later.isFragment() && later.isNonInitialFragment());
        }
        Flow first = four().fragment(99, 0, true).tcp(1, 2).flow();
        assertEquals(2, first.destinationPort());
        assertTrue(first.isFragment() && !first.isNonInitialFragment());
        assertEquals(
                0x1fff * 8,
                four().fragment(1, 0x1fff * 8, false).tcp(0, 0).flow().fragmentOffset());
    }

    @Test
    @DisplayName("R52 the protocol of a later IPv6 fragment is OPAQUE when its data began with extension headers")
    void shouldNotTakeFragmentDataForHeaders() {
        Flow hidden =
                six().fragment(99, 8, false).extension(60, 1).tcp(443, 443).flow();
        assertEquals(Flow.OPAQUE, hidden.protocol());
        assertEquals(Flow.OPAQUE, hidden.sourcePort());
    }

    @Test
    @DisplayName(
            "R52 a first fragment too short for its ports is malformed, a whole packet that short has OPAQUE ports")
    void shouldRefuseTinyFirstFragments() {
        for (int octets = 0; octets < 4; octets++) {
            assertFalse(
                    parses(four().fragment(1, 0, true).raw(6, new byte[octets]).octets()));
            Flow whole = four().raw(6, new byte[octets]).flow();
            assertEquals(Flow.OPAQUE, whole.sourcePort());
            assertEquals(Flow.OPAQUE, whole.destinationPort());
        }
        assertFalse(parses(four().fragment(1, 0, true).raw(1, (byte) 8).octets()));
        assertFalse(
                parses(six().fragment(1, 0, true).raw(135, (byte) 59, (byte) 0).octets()));
        assertTrue(parses(four().fragment(1, 0, true).raw(47).octets()), "nothing to hide");
    }

    @Test
    void shouldRefuseEveryTruncationOfHeadersAndTakeLongerBuffers() {
        for (byte[] packet : new byte[][] {
            four().options(1).tcp(1, 2).octets(),
            six().extension(0, 2).extension(60, 1).tcp(1, 2).octets()
        }) {
            for (int octets = 0; octets < packet.length; octets++) {
                byte[] cut = Arrays.copyOf(packet, octets);
                assertFalse(parses(cut), octets + " octets");
            }
            assertTrue(parses(Arrays.copyOf(packet, packet.length + 9)), "padding of the link");
        }
    }

    @Test
    @DisplayName("R47 a chain of extension headers that does not end within the packet is malformed")
    void shouldRefuseChainsWithoutEnd() {
        byte[] packet = six().extension(0, 2).extension(60, 2).raw(59).octets();
        for (int payload = 0; payload < 32; payload++) {
            byte[] shorter = packet.clone();
            shorter[5] = (byte) payload;
            assertFalse(parses(shorter), payload + " octets of payload");
        }
        assertTrue(parses(packet));
        assertFalse(
                parses(six().fragment(1, 0, false)
                        .fragment(1, 8, false)
                        .tcp(1, 2)
                        .octets()),
                "two Fragment headers");
    }

    @Test
    void shouldRefuseHeadersThatContradictThemselves() {
        byte[] packet = four().tcp(1, 2).octets();
        for (int version = 0; version < 16; version++) {
            packet[0] = (byte) (version << 4 | 5);
            assertEquals(version == 4, parses(packet), "version " + version);
        }
        for (int words = 0; words < 16; words++) {
            packet[0] = (byte) (4 << 4 | words);
            assertEquals(words >= 5 && words <= 7, parses(packet), words + " words of header");
        }
        packet[0] = 0x45;
        packet[3] = 19;
        assertFalse(parses(packet), "shorter than its header");
    }

    @Test
    void shouldReadAPacketAnywhereInMemory() {
        byte[] packet = six().udp(500, 4500).octets();
        byte[] memory = new byte[packet.length + 20];
        System.arraycopy(packet, 0, memory, 13, packet.length);
        Flow flow = new Flow();
        assertTrue(flow.parse(Memory.of(memory), 13, packet.length));
        assertEquals(4500, flow.destinationPort());
        assertFalse(flow.parse(Memory.of(memory), 13, packet.length - 1));
    }
}
