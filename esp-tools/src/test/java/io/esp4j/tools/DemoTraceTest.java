package io.esp4j.tools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.io.capture.CaptureReader;
import io.esp4j.io.capture.CaptureRecord;
import io.esp4j.io.capture.LinkLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The trace holds what its README promises: enough of each kind, whole frames, right checksums. */
class DemoTraceTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int IPV6_FRAGMENT = 44;
    private static final int ICMPV6 = 58;

    private final Map<String, Integer> counts = new TreeMap<>();

    private void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private static ByteBuffer packet(CaptureRecord record) {
        int at = record.offset() + record.ipOffset();
        int end = record.offset() + record.capturedLength();
        return ByteBuffer.wrap(Arrays.copyOfRange(record.array(), at, end));
    }

    @Test
    void shouldHoldWholePacketsOfEveryKindWithRightChecksums() throws IOException {
        try (CaptureReader reader =
                CaptureReader.open(DemoTraceTest.class.getResourceAsStream("demo-trace.pcap"), "demo-trace.pcap")) {
            while (reader.next()) {
                CaptureRecord record = reader.record();
                assertFalse(record.isCut(), () -> "record " + record.number());
                assertTrue(record.capturedLength() <= 1514, () -> "record " + record.number());
                count("frames");
                if (record.ipOffset() == LinkLayer.NOT_IP) {
                    count("not IP");
                } else {
                    packet(packet(record), record.number());
                }
            }
        }
        assertAtLeast("frames", 3_000);
        assertAtLeast("IPv4", 1_000);
        assertAtLeast("IPv6", 1_000);
        assertAtLeast("not IP", 1);
        assertAtLeast("IPv4 fragment", 100);
        assertAtLeast("IPv6 fragment", 100);
        assertAtLeast("IPv4 options", 4);
        assertAtLeast("IPv6 hop-by-hop", 1);
        assertAtLeast("TCP", 1_000);
        assertAtLeast("UDP", 500);
        assertAtLeast("DNS", 50);
        assertAtLeast("HTTP", 500);
        assertAtLeast("ICMP", 100);
        assertAtLeast("ICMPv6", 100);
        for (int ecn = 0; ecn < 4; ecn++) {
            assertAtLeast("ECN " + ecn, 6);
        }
        for (int dscp : new int[] {0, 8, 10, 18, 34, 46, 48}) {
            assertAtLeast("DSCP " + dscp, 6);
        }
    }

    private void assertAtLeast(String what, int expected) {
        assertTrue(counts.getOrDefault(what, 0) >= expected, () -> what + " of " + counts);
    }

    private void packet(ByteBuffer packet, long number) {
        boolean ipv4 = packet.get(0) >>> 4 == 4;
        int trafficClass = ipv4 ? packet.get(1) & 0xff : packet.getShort(0) >>> 4 & 0xff;
        count("DSCP " + (trafficClass >>> 2));
        count("ECN " + (trafficClass & 3));
        count(ipv4 ? "IPv4" : "IPv6");
        int total = ipv4 ? packet.getShort(2) & 0xffff : 40 + (packet.getShort(4) & 0xffff);
        assertTrue(total <= packet.capacity(), () -> "record " + number + " is shorter than its IP length");
        packet.limit(total);
        if (ipv4) {
            ipv4(packet, number);
        } else {
            ipv6(packet, number);
        }
    }

    private void ipv4(ByteBuffer packet, long number) {
        int header = (packet.get(0) & 15) * 4;
        assertEquals(0xffff, sum(packet, 0, header, 0), () -> "IPv4 header checksum of record " + number);
        if (header > 20) {
            count("IPv4 options");
        }
        if ((packet.getShort(6) & 0x3fff) != 0) {
            count("IPv4 fragment");
            return;
        }
        upper(packet, number, packet.get(9) & 0xff, header, sum(packet, 12, 20, 0));
    }

    private void ipv6(ByteBuffer packet, long number) {
        int next = packet.get(6) & 0xff;
        int at = 40;
        if (next == 0) {
            count("IPv6 hop-by-hop");
            next = packet.get(at) & 0xff;
            at += 8 + 8 * packet.get(at + 1);
        }
        if (next == IPV6_FRAGMENT) {
            count("IPv6 fragment");
            return;
        }
        upper(packet, number, next, at, sum(packet, 8, 40, 0));
    }

    private void upper(ByteBuffer packet, long number, int protocol, int at, int addresses) {
        int pseudo = protocol == ICMP ? 0 : addresses + protocol + packet.limit() - at;
        assertEquals(0xffff, sum(packet, at, packet.limit(), pseudo), () -> "checksum of record " + number);
        switch (protocol) {
            case TCP -> {
                count("TCP");
                countIfPort(packet, at, 80, "HTTP");
            }
            case UDP -> {
                count("UDP");
                countIfPort(packet, at, 53, "DNS");
            }
            case ICMP -> count("ICMP");
            case ICMPV6 -> count("ICMPv6");
            default -> throw new AssertionError("record " + number + " is of protocol " + protocol);
        }
    }

    private void countIfPort(ByteBuffer packet, int at, int port, String what) {
        if (packet.getShort(at) == port || packet.getShort(at + 2) == port) {
            count(what);
        }
    }

    /** RFC 1071: 0xffff where a checksum that is right was part of the sum. */
    private static int sum(ByteBuffer packet, int from, int to, int initial) {
        int sum = initial;
        for (int at = from; at < to; at += 2) {
            sum += (packet.get(at) & 0xff) << 8 | (at + 1 < to ? packet.get(at + 1) & 0xff : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return sum;
    }
}
