package io.esp4j.segment;

import io.esp4j.wire.Ipv4Packet;
import io.esp4j.wire.Ipv6Packet;
import io.esp4j.wire.Packets;
import java.util.Random;

/** A TCP packet of either family for tests, RFC 9293 §3.1, with every field settable. Threads: single owner thread. */
final class TcpPacket {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int URG = 0x20;
    static final int ECE = 0x40;
    static final int CWR = 0x80;

    boolean v6;
    boolean dontFragment = true;
    int identification = 0x1234;
    int trafficClass;
    int hops = 61;
    int flowLabel = 0x12345;
    int sourcePort = 40_000;
    int destinationPort = 443;
    long sequence = 1_000;
    long acknowledgement = 77;
    int flags = ACK;
    int window = 8192;
    int urgentPointer;
    byte[] options = {};
    byte[] payload = Packets.count(100);
    String source;
    String destination;

    static TcpPacket v4() {
        TcpPacket packet = new TcpPacket();
        packet.source = "10.1.0.1";
        packet.destination = "10.2.0.2";
        return packet;
    }

    static TcpPacket v6() {
        TcpPacket packet = new TcpPacket();
        packet.v6 = true;
        packet.source = "2001:db8:1::1";
        packet.destination = "2001:db8:2::2";
        return packet;
    }

    static TcpPacket random(Random random) {
        TcpPacket packet = random.nextBoolean() ? v4() : v6();
        packet.dontFragment = random.nextBoolean();
        packet.identification = random.nextInt(4) == 0 ? 0xfffe : random.nextInt(0x10000);
        packet.trafficClass = random.nextInt(256);
        packet.hops = 1 + random.nextInt(255);
        packet.sequence = random.nextInt(4) == 0 ? 0xffff_ff00L : random.nextInt() & 0xffff_ffffL;
        packet.acknowledgement = random.nextInt() & 0xffff_ffffL;
        packet.flags = ACK | (random.nextInt(256) & (FIN | PSH | ECE | CWR));
        packet.window = random.nextInt(0x10000);
        packet.options = Packets.random(random, 4 * random.nextInt(11));
        packet.payload = Packets.random(random, random.nextInt(3000));
        return packet;
    }

    byte[] build() {
        byte[] tcp = Packets.join(
                new byte[4], Packets.int32(sequence), Packets.int32(acknowledgement), new byte[8], options, payload);
        Packets.int16(tcp, 0, sourcePort);
        Packets.int16(tcp, 2, destinationPort);
        Packets.int16(tcp, 12, ((20 + options.length) / 4) << 12 | flags);
        Packets.int16(tcp, 14, window);
        Packets.int16(tcp, 18, urgentPointer);
        Packets.int16(tcp, 16, Packets.upperChecksum(Packets.address(source), Packets.address(destination), 6, tcp));
        return v6 ? ipv6(tcp) : ipv4(tcp);
    }

    private byte[] ipv6(byte[] tcp) {
        return Ipv6Packet.v6()
                .trafficClass(trafficClass)
                .flowLabel(flowLabel)
                .hops(hops)
                .addresses(source, destination)
                .protocol(6)
                .payload(tcp)
                .build();
    }

    private byte[] ipv4(byte[] tcp) {
        return Ipv4Packet.v4()
                .trafficClass(trafficClass)
                .identification(identification)
                .fragmentation(dontFragment ? 0x4000 : 0)
                .hops(hops)
                .addresses(source, destination)
                .protocol(6)
                .payload(tcp)
                .build();
    }
}
