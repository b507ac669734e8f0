package io.esp4j.segment;

import io.esp4j.wire.Packets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the RFCs say of a byte stream's segments, one octet at a time with nothing of the code under test: RFC 9293 §3.1 and §3.4
 * (numbers count octets, the checksum covers a pseudo-header), RFC 791 §3.1, RFC 8200 §3 and §8.1, RFC 768, RFC 3168 §6.1.2.
 * Only for correct packets without IP options or extension headers.
 */
final class SlowSegmentation {
    private SlowSegmentation() {}

    static List<byte[]> of(byte[] whole, int maxPayload, boolean sameIdentification) {
        boolean v6 = whole[0] >> 4 == 6;
        int ip = v6 ? 40 : 20;
        boolean tcp = whole[v6 ? 6 : 9] == 6;
        int header = ip + (tcp ? (whole[ip + 12] & 0xf0) / 4 : 8);
        List<byte[]> segments = new ArrayList<>();
        for (int from = header; from < whole.length || segments.isEmpty(); from += maxPayload) {
            int to = Math.min(whole.length, from + maxPayload);
            byte[] segment = Packets.join(Packets.slice(whole, 0, header), Packets.slice(whole, from, to));
            if (tcp) {
                long sequence = Packets.int32(whole, ip + 4) + (from - header);
                System.arraycopy(Packets.int32(sequence), 0, segment, ip + 4, 4);
                if (from > header) {
                    segment[ip + 13] &= 0x7f;
                }
                if (to < whole.length) {
                    segment[ip + 13] &= (byte) 0xf6;
                }
            } else {
                Packets.int16(segment, ip + 4, segment.length - ip);
            }
            int identification = v6 ? 0 : Packets.int16(whole, 4) + (sameIdentification ? 0 : segments.size());
            finish(segment, v6, ip, tcp, identification);
            segments.add(segment);
        }
        return segments;
    }

    private static void finish(byte[] segment, boolean v6, int ip, boolean tcp, int identification) {
        if (v6) {
            Packets.int16(segment, 4, segment.length - 40);
        } else {
            Packets.int16(segment, 2, segment.length);
            Packets.int16(segment, 4, identification);
            Packets.int16(segment, 10, 0);
            Packets.int16(segment, 10, Packets.checksum(Packets.slice(segment, 0, 20)));
        }
        int checksumAt = ip + (tcp ? 16 : 6);
        if (!tcp && !v6 && Packets.int16(segment, checksumAt) == 0) {
            return;
        }
        Packets.int16(segment, checksumAt, 0);
        byte[] source = Arrays.copyOfRange(segment, v6 ? 8 : 12, v6 ? 24 : 16);
        byte[] destination = Arrays.copyOfRange(segment, v6 ? 24 : 16, v6 ? 40 : 20);
        byte[] upper = Arrays.copyOfRange(segment, ip, segment.length);
        int checksum = Packets.upperChecksum(source, destination, tcp ? 6 : 17, upper);
        Packets.int16(segment, checksumAt, !tcp && checksum == 0 ? 0xffff : checksum);
    }
}
