package io.esp4j.wire;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** Octets for tests, made from the RFCs with nothing of the code under test. Stateless. */
public final class Packets {
    private Packets() {}

    /** The octets of hexadecimal digits; blanks are for the reader. */
    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    public static byte[] join(byte[]... parts) {
        int octets = 0;
        for (byte[] part : parts) {
            octets += part.length;
        }
        byte[] joined = new byte[octets];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    /** 0, 1, 2 … */
    public static byte[] count(int octets) {
        byte[] counted = new byte[octets];
        for (int i = 0; i < octets; i++) {
            counted[i] = (byte) i;
        }
        return counted;
    }

    public static byte[] random(Random random, int octets) {
        byte[] drawn = new byte[octets];
        random.nextBytes(drawn);
        return drawn;
    }

    public static byte[] address(String literal) {
        try {
            return InetAddress.getByName(literal).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    public static int int16(byte[] octets, int at) {
        return (octets[at] & 0xff) << 8 | (octets[at + 1] & 0xff);
    }

    public static long int32(byte[] octets, int at) {
        return (long) int16(octets, at) << 16 | int16(octets, at + 2);
    }

    public static void int16(byte[] octets, int at, int value) {
        octets[at] = (byte) (value >>> 8);
        octets[at + 1] = (byte) value;
    }

    public static byte[] int32(long value) {
        return new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
    }

    public static byte[] int64(long value) {
        return join(int32(value >>> 32), int32(value));
    }

    /** The checksum of RFC 1071, the plain way: add, carry around, complement. Over correct octets it is 0. */
    public static int checksum(byte[]... parts) {
        byte[] octets = join(parts);
        long sum = 0;
        for (int i = 0; i < octets.length; i += 2) {
            int low = i + 1 < octets.length ? octets[i + 1] & 0xff : 0;
            sum += (octets[i] & 0xff) * 256 + low;
            if (sum > 0xffff) {
                sum -= 0xffff;
            }
        }
        return (int) (~sum & 0xffff);
    }

    /** The checksum of an upper-layer packet with its pseudo-header (RFC 768, RFC 9293 §3.1, RFC 8200 §8.1). */
    public static int upperChecksum(byte[] source, byte[] destination, int protocol, byte[] upper) {
        return checksum(source, destination, int32(upper.length), int32(protocol), upper);
    }

    public static byte[] udp(byte[] source, byte[] destination, int sourcePort, int destinationPort, byte[] data) {
        byte[] datagram = join(new byte[8], data);
        int16(datagram, 0, sourcePort);
        int16(datagram, 2, destinationPort);
        int16(datagram, 4, datagram.length);
        int checksum = upperChecksum(source, destination, 17, datagram);
        int16(datagram, 6, checksum == 0 ? 0xffff : checksum);
        return datagram;
    }

    public static byte[] tcp(byte[] source, byte[] destination, int sourcePort, int destinationPort, byte[] data) {
        byte[] segment = join(new byte[20], data);
        int16(segment, 0, sourcePort);
        int16(segment, 2, destinationPort);
        segment[7] = 1;
        segment[12] = 0x50;
        segment[13] = 0x18;
        int16(segment, 14, 8192);
        int16(segment, 16, upperChecksum(source, destination, 6, segment));
        return segment;
    }

    public static byte[] slice(byte[] octets, int from, int to) {
        return Arrays.copyOfRange(octets, from, to);
    }

    public static byte[] flip(byte[] octets, int bit) {
        byte[] flipped = octets.clone();
        flipped[bit / 8] ^= (byte) (0x80 >>> (bit % 8));
        return flipped;
    }
}
