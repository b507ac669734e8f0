package io.esp4j.tools.demo;

import io.esp4j.io.capture.CaptureReader;
import io.esp4j.io.capture.CaptureRecord;
import io.esp4j.memory.Memory;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IP packets of the captured trace that comes with the command. Threads: immutable.
 *
 * @param packets the packets, without link layer and padding
 * @param notIp how many frames of the trace carry something else
 */
record Trace(List<byte[]> packets, int notIp) {
    private static final String RESOURCE = "/io/esp4j/tools/demo-trace.pcap";

    static Trace load() throws IOException {
        List<byte[]> packets = new ArrayList<>();
        int notIp = 0;
        try (CaptureReader reader = CaptureReader.open(Trace.class.getResourceAsStream(RESOURCE), "demo-trace.pcap")) {
            CaptureRecord record = reader.record();
            while (reader.next()) {
                if (record.ipOffset() < 0) {
                    notIp++;
                } else {
                    packets.add(packet(record));
                }
            }
        }
        return new Trace(List.copyOf(packets), notIp);
    }

    private static byte[] packet(CaptureRecord record) {
        int at = record.offset() + record.ipOffset();
        int end = record.offset() + record.capturedLength();
        Memory frame = Memory.of(record.array());
        int octets = isV6(record.array()[at]) ? Ipv6Header.totalOctets(frame, at) : Ipv4Header.totalOctets(frame, at);
        return Arrays.copyOfRange(record.array(), at, Math.min(at + octets, end));
    }

    private static boolean isV6(byte firstOctet) {
        return firstOctet >>> 4 == 6;
    }

    int size() {
        return packets.size();
    }

    /** {@return the packet that a sequence number carries; numbers begin with 1} */
    byte[] packet(long sequence) {
        return packets.get((int) Long.remainderUnsigned(sequence - 1, packets.size()));
    }

    int longestOctets() {
        return packets.stream().mapToInt(packet -> packet.length).max().orElse(0);
    }

    long v6Packets() {
        return packets.stream().filter(packet -> isV6(packet[0])).count();
    }
}
