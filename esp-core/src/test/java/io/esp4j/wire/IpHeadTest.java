package io.esp4j.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.esp4j.memory.Memory;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class IpHeadTest {
    private static long head(byte[] packet) {
        return Memory.of(packet).int64(0);
    }

    @Test
    @DisplayName("R13 R46 the fields of any IPv4 header are found in its first eight octets")
    void shouldFindFieldsOfIpv4() {
        long seed = System.nanoTime();
        System.out.println("IPv4 heads, seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            int trafficClass = random.nextInt(256);
            int identification = random.nextInt(65536);
            int fragmentation = random.nextInt(65536);
            int options = 4 * random.nextInt(11);
            byte[] packet = Ipv4Packet.v4()
                    .trafficClass(trafficClass)
                    .identification(identification)
                    .fragmentation(fragmentation)
                    .options(new byte[options])
                    .payload(new byte[random.nextInt(400)])
                    .build();
            long head = head(packet);
            assertEquals(4, IpHead.version(head));
            assertFalse(IpHead.isV6(head));
            assertEquals(trafficClass, IpHead.trafficClass(head));
            assertEquals(packet.length, IpHead.totalOctets(head));
            assertEquals(20 + options, IpHead.v4HeaderOctets(head));
            assertEquals(identification, IpHead.v4Identification(head));
            assertEquals(fragmentation / 0x4000 % 2 == 1, IpHead.v4DontFragment(head));
            assertEquals(fragmentation % 0x4000 != 0, IpHead.v4IsFragment(head));
            assertEquals(fragmentation % 0x2000 != 0, IpHead.v4IsLaterFragment(head));
        }
    }

    @Test
    @DisplayName("R13 R46 the fields of any IPv6 header are found in its first eight octets")
    void shouldFindFieldsOfIpv6() {
        for (int trafficClass = 0; trafficClass < 256; trafficClass++) {
            byte[] packet = Ipv6Packet.v6()
                    .trafficClass(trafficClass)
                    .flowLabel(0xfffff)
                    .protocol(255)
                    .hops(255)
                    .payload(new byte[trafficClass * 250])
                    .build();
            long head = head(packet);
            assertEquals(6, IpHead.version(head));
            assertTrue(IpHead.isV6(head));
            assertEquals(trafficClass, IpHead.trafficClass(head));
            assertEquals(packet.length, IpHead.totalOctets(head));
            assertFalse(IpHead.v4DontFragment(head));
        }
        byte[] longest = Ipv6Packet.v6().payload(new byte[65535]).build();
        assertEquals(40 + 65535, IpHead.totalOctets(head(longest)));
    }

    @Test
    @DisplayName("R25 any version, header length and total length is judged as RFC 791 §3.1 and RFC 8200 §3 have it")
    void shouldJudgeEveryVersionAndLength() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 100; second++) {
                byte[] octets = new byte[8];
                octets[0] = (byte) first;
                boolean valid;
                if (first / 16 == 6) {
                    Packets.int16(octets, 4, second);
                    valid = 40 + second <= 64;
                } else {
                    Packets.int16(octets, 2, second);
                    int header = (first % 16) * 4;
                    valid = first / 16 == 4 && header >= 20 && second >= header && second <= 64;
                }
                assertEquals(valid, IpHead.isValid(head(octets), 64), first + ", " + second);
            }
        }
    }

    @Test
    @DisplayName("R25 a header is valid only with all that it names")
    void shouldRejectEveryTruncation() {
        byte[][] packets = {
            Ipv4Packet.v4().options(new byte[8]).build(),
            Ipv6Packet.v6().build(),
            Ipv6Packet.v6().payload(new byte[0]).build(),
        };
        for (byte[] packet : packets) {
            for (int available = 0; available <= packet.length + 2; available++) {
                assertEquals(available >= packet.length, IpHead.isValid(head(packet), available));
            }
        }
    }
}
