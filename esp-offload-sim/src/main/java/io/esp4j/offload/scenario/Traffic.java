package io.esp4j.offload.scenario;

import io.esp4j.memory.Memory;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.TcpHeader;
import io.esp4j.wire.UdpHeader;
import java.util.HashMap;
import java.util.Map;

/** Makes the packets of flows: each goes on where the one before ended. Threads: single owner thread. */
final class Traffic {
    private static final int SOURCE_PORT = 40_000;
    private static final int DESTINATION_PORT = 5201;

    private final Map<String, int[]> flows = new HashMap<>();

    /** A packet; its payload tells packets apart. */
    byte[] next(IpAddress from, IpAddress to, Step.Send send) {
        int[] state = flows.computeIfAbsent(from + " " + to + " " + send.flow() + send.udp(), name -> new int[] {1, 1});
        int ip = from.v6() ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
        int transport = send.udp() ? UdpHeader.OCTETS : TcpHeader.OCTETS;
        byte[] octets = new byte[ip + transport + send.octets()];
        Memory memory = Memory.of(octets);
        for (int i = ip + transport; i < octets.length; i++) {
            octets[i] = (byte) (state[0] + i);
        }
        int protocol = send.udp() ? NextHeader.UDP : NextHeader.TCP;
        if (from.v6()) {
            memory.int32(0, 0x6000_0000 | send.dscp() << 22);
            Ipv6Header.totalOctets(memory, 0, octets.length);
            memory.int16(6, protocol << 8 | 64);
            from.write(memory, 8);
            to.write(memory, 24);
        } else {
            memory.int32(0, 0x4500_0000 | send.dscp() << 18 | octets.length);
            memory.int32(4, (state[1] & 0xffff) << 16 | (send.dontFragment() ? Ipv4Header.DONT_FRAGMENT : 0));
            memory.int16(8, 64 << 8 | protocol);
            from.write(memory, 12);
            to.write(memory, 16);
            Ipv4Header.writeChecksum(memory, 0);
        }
        memory.int16(ip, SOURCE_PORT + send.flow());
        memory.int16(ip + 2, DESTINATION_PORT);
        int addressOctets = 2 * from.octets();
        long addressSum = InternetChecksum.sum(memory, ip - addressOctets, addressOctets);
        if (send.udp()) {
            memory.int16(ip + 4, octets.length - ip);
            UdpHeader.writeChecksum(memory, ip, addressSum);
        } else {
            TcpHeader.sequence(memory, ip, state[0]);
            TcpHeader.flags(memory, ip, 0x5000_2000 | TcpHeader.ACK);
            long sum = InternetChecksum.pseudoHeader(addressSum, NextHeader.TCP, octets.length - ip)
                    + InternetChecksum.sum(memory, ip, octets.length - ip);
            memory.int16(ip + TcpHeader.CHECKSUM_AT, ~InternetChecksum.fold(sum));
        }
        state[0] += send.octets();
        state[1] += send.segmentOctets() == 0 ? 1 : (send.octets() - 1) / send.segmentOctets() + 1;
        return octets;
    }
}
