package io.esp4j.dataplane;

import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;

/** An outer header of some kind, written from the RFCs for tests. Threads: immutable. */
record OuterShape(boolean v6, boolean udp, int optionOctets, Framing framing) {
    private static final int IPV6 = 1;
    private static final int UDP = 2;
    private static final int SOCKET = 4;

    /** The lowest three bits choose family, UDP and framing, the others how many options or extension headers there are. */
    static OuterShape of(int octet) {
        boolean socket = (octet & SOCKET) != 0;
        return new OuterShape(
                (octet & IPV6) != 0,
                (octet & UDP) != 0 && !socket,
                (octet >>> 3) % 11 * 4,
                socket ? Framing.UDP_PAYLOAD : Framing.IP);
    }

    byte[] around(byte[] esp, int trafficClass) {
        if (framing == Framing.UDP_PAYLOAD) {
            return esp;
        }
        int udpOctets = udp ? 8 : 0;
        int protocol = udp ? 17 : 50;
        int payloadOctets = udpOctets + esp.length;
        int extensionOctets = v6 ? optionOctets / 8 * 8 : optionOctets;
        ByteBuffer packet = ByteBuffer.allocate((v6 ? 40 : 20) + extensionOctets + payloadOctets);
        if (v6) {
            packet.putInt((6 << 28) | (trafficClass << 20)).putShort((short) (extensionOctets + payloadOctets));
            packet.put((byte) (extensionOctets == 0 ? protocol : 0)).put((byte) 64);
            put(packet, FuzzedSas.V6_SOURCE);
            put(packet, FuzzedSas.V6_DESTINATION);
            if (extensionOctets > 0) {
                packet.put((byte) protocol)
                        .put((byte) (extensionOctets / 8 - 1))
                        .put((byte) 1);
                packet.put((byte) (extensionOctets - 4)).position(40 + extensionOctets);
            }
        } else {
            packet.putInt(((0x45 + extensionOctets / 4) << 24) | (trafficClass << 16) | packet.capacity());
            packet.putInt(0).put((byte) 64).put((byte) protocol).putShort((short) 0);
            put(packet, FuzzedSas.V4_SOURCE);
            put(packet, FuzzedSas.V4_DESTINATION);
            packet.position(20 + extensionOctets);
        }
        if (udp) {
            packet.putShort((short) 4500).putShort((short) 4500).putShort((short) payloadOctets);
            packet.putShort((short) (v6 ? 1 : 0));
        }
        return packet.put(esp).array();
    }

    private static void put(ByteBuffer packet, IpAddress address) {
        packet.put(address.toInetAddress().getAddress());
    }
}
