package io.esp4j.segment;

import io.esp4j.wire.Packets;
import java.util.Random;

/** Segments of three connections, in order but for now and then a field that breaks the rule. Threads: single owner thread. */
final class TrafficOfConnections {
    private final Random random;
    private final TcpPacket[] connections = new TcpPacket[3];
    private final int mss;

    TrafficOfConnections(Random random) {
        this.random = random;
        mss = 1 + random.nextInt(200);
        for (int i = 0; i < connections.length; i++) {
            TcpPacket packet = i == 0 ? TcpPacket.v4() : TcpPacket.v6();
            if (i == 2 && random.nextBoolean()) { // tells itself from the first only by a port
                packet = TcpPacket.v4();
                packet.dontFragment = false;
            }
            packet.sourcePort += i;
            packet.sequence = random.nextBoolean() ? 0xffff_fff0L : random.nextInt(1000);
            packet.options = new byte[random.nextInt(2) * 12];
            connections[i] = packet;
        }
    }

    byte[] next() {
        TcpPacket packet = connections[random.nextInt(connections.length)];
        packet.payload = Packets.random(random, random.nextInt(10) == 0 ? random.nextInt(mss + 2) : mss);
        int oneOff = random.nextInt(8);
        packet.flags = TcpPacket.ACK | (oneOff == 0 ? 1 << random.nextInt(8) : 0);
        packet.urgentPointer = oneOff == 1 && random.nextInt(4) == 0 ? 5 : 0;
        if (oneOff == 2) {
            changeForGood(packet);
        }
        byte[] octets = packet.build();
        if (oneOff == 3 && random.nextInt(4) == 0) {
            damage(octets, packet);
        }
        packet.sequence += packet.payload.length;
        packet.identification += packet.identification < 0x8000 ? 1 : 0; // counts, or stays once it is high
        return octets;
    }

    private void changeForGood(TcpPacket packet) {
        switch (random.nextInt(10)) {
            case 0 -> packet.trafficClass ^= 3;
            case 1 -> packet.hops = 30 + random.nextInt(2);
            case 2 -> packet.flowLabel ^= 1;
            case 3 -> packet.identification = random.nextBoolean() ? 0x9000 : 0x100;
            case 4 -> packet.acknowledgement++;
            case 5 -> packet.window--;
            case 6 -> packet.sequence += random.nextInt(3) - 1;
            case 7 -> packet.dontFragment = !packet.dontFragment;
            case 8 -> packet.options = Packets.random(random, packet.options.length);
            default -> packet.options = new byte[random.nextInt(2) * 8];
        }
    }

    private void damage(byte[] octets, TcpPacket packet) {
        int ip = packet.v6 ? 40 : 20;
        if (!packet.v6 && random.nextBoolean()) {
            octets[10] ^= 1;
        } else if (random.nextBoolean()) {
            octets[ip + 17] ^= 1;
        } else { // make the right checksum 0 by a word of payload or options, and write the other zero
            octets[octets.length - 1] ^= 1;
        }
    }
}
