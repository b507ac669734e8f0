package io.esp4j.offload;

import io.esp4j.wire.IpAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/** IP packets for tests, their checksums computed here, by the book (RFC 791, 768, 9293, 1071). Stateless. */
final class Packets {
    private Packets() {}

    /** A UDP packet over IPv4, Don't Fragment set, that carries a number and so many octets in all. */
    static byte[] udp(String from, String to, int number, int payloadOctets) {
        ByteBuffer packet = ByteBuffer.allocate(28 + payloadOctets);
        ipv4(packet, from, to, 17, 0x4000, 0);
        packet.putShort(20, (short) 7000).putShort(22, (short) 7001).putShort(24, (short) (8 + payloadOctets));
        packet.position(28);
        packet.put(payload(number, payloadOctets));
        return packet.array();
    }

    /** Octets that no other number has, and no ciphertext by chance. */
    static byte[] payload(int number, int octets) {
        byte[] payload = new byte[octets];
        new Random(number).nextBytes(payload);
        if (octets >= 4) {
            ByteBuffer.wrap(payload).putInt(number);
        }
        return payload;
    }

    /** A TCP packet over IPv4, as large as it may be, whose checksum is left to whoever segments it. */
    static byte[] tcp(String from, String to, int sequence, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(40 + payload.length);
        ipv4(packet, from, to, 6, 0x4000, 0);
        packet.putShort(20, (short) 5001)
                .putShort(22, (short) 80)
                .putInt(24, sequence)
                .putInt(28, 1);
        packet.put(32, (byte) 0x50).put(33, (byte) 0x10).putShort(34, (short) 8192);
        packet.position(40);
        packet.put(payload);
        byte[] octets = packet.array();
        tcpChecksum(octets);
        return octets;
    }

    static void tcpChecksum(byte[] packet) {
        packet[36] = 0;
        packet[37] = 0;
        byte[] pseudo = Arrays.copyOf(Arrays.copyOfRange(packet, 12, 20), 12 + packet.length - 20);
        pseudo[9] = 6;
        pseudo[10] = (byte) ((packet.length - 20) >>> 8);
        pseudo[11] = (byte) (packet.length - 20);
        System.arraycopy(packet, 20, pseudo, 12, packet.length - 20);
        ByteBuffer.wrap(packet).putShort(36, (short) checksum(pseudo, 0, pseudo.length));
    }

    static byte[] withDscp(byte[] packet, int dscp) {
        byte[] marked = packet.clone();
        marked[1] = (byte) (dscp << 2);
        return ipChecksum(marked);
    }

    /** With the flags and offset cleared: it may be fragmented. */
    static byte[] fragmentable(byte[] packet, int identification) {
        byte[] changed = packet.clone();
        ByteBuffer.wrap(changed).putShort(4, (short) identification).putShort(6, (short) 0);
        return ipChecksum(changed);
    }

    /** With four octets of IPv4 options: no operation. */
    static byte[] withOptions(byte[] packet) {
        byte[] longer = new byte[packet.length + 4];
        System.arraycopy(packet, 0, longer, 0, 20);
        System.arraycopy(packet, 20, longer, 24, packet.length - 20);
        Arrays.fill(longer, 20, 24, (byte) 1);
        longer[0] = 0x46;
        ByteBuffer.wrap(longer).putShort(2, (short) longer.length);
        return ipChecksum(longer);
    }

    static byte[] ipChecksum(byte[] packet) {
        ByteBuffer buffer = ByteBuffer.wrap(packet).putShort(10, (short) 0);
        buffer.putShort(10, (short) checksum(packet, 0, (packet[0] & 15) * 4));
        return packet;
    }

    /** IPv6 with or without a hop-by-hop header (one that does nothing) before UDP. */
    static byte[] udp6(String from, String to, int number, int payloadOctets, boolean hopByHop) {
        int extension = hopByHop ? 8 : 0;
        ByteBuffer packet = ByteBuffer.allocate(48 + extension + payloadOctets);
        packet.putInt(0x60000000).putShort((short) (extension + 8 + payloadOctets));
        packet.put((byte) (hopByHop ? 0 : 17)).put((byte) 64);
        put(packet, from);
        put(packet, to);
        if (hopByHop) {
            packet.put((byte) 17).put((byte) 0).putShort((short) 0x0104).putInt(0);
        }
        packet.putShort((short) 7000).putShort((short) 7001).putShort((short) (8 + payloadOctets));
        packet.putShort((short) 0xffff);
        packet.put(payload(number, payloadOctets));
        return packet.array();
    }

    /** A TCP packet over IPv6, as large as it may be, with its checksum (RFC 8200 §8.1). */
    static byte[] tcp6(String from, String to, int sequence, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(60 + payload.length);
        packet.putInt(0x60000000)
                .putShort((short) (20 + payload.length))
                .put((byte) 6)
                .put((byte) 64);
        put(packet, from);
        put(packet, to);
        packet.putShort((short) 5001).putShort((short) 80).putInt(sequence).putInt(1);
        packet.put((byte) 0x50)
                .put((byte) 0x10)
                .putShort((short) 8192)
                .putInt(0)
                .put(payload);
        ByteBuffer pseudo = ByteBuffer.allocate(packet.capacity());
        pseudo.put(packet.array(), 8, 32).putInt(packet.capacity() - 40).putInt(6);
        pseudo.put(packet.array(), 40, packet.capacity() - 40);
        packet.putShort(56, (short) checksum(pseudo.array(), 0, pseudo.capacity()));
        return packet.array();
    }

    private static void put(ByteBuffer packet, String address) {
        IpAddress parsed = IpAddress.parse(address);
        packet.putLong(parsed.high()).putLong(parsed.low());
    }

    private static void ipv4(ByteBuffer packet, String from, String to, int protocol, int flags, int identification) {
        packet.put(0, (byte) 0x45).putShort(2, (short) packet.capacity());
        packet.putShort(4, (short) identification).putShort(6, (short) flags);
        packet.put(8, (byte) 64).put(9, (byte) protocol);
        packet.putInt(12, (int) IpAddress.parse(from).low());
        packet.putInt(16, (int) IpAddress.parse(to).low());
        byte[] header = new byte[20];
        packet.get(0, header);
        packet.putShort(10, (short) checksum(header, 0, 20));
    }

    static int checksum(byte[] octets, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int octet = octets[from + i] & 0xff;
            sum += i % 2 == 0 ? octet << 8 : octet;
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return ~sum & 0xffff;
    }

    /** The number that {@link #payload} put into a packet whose payload begins there. */
    static int number(byte[] packet, int payloadAt) {
        return ByteBuffer.wrap(packet).getInt(payloadAt);
    }
}
