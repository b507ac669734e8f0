package io.esp4j.wire;

import java.util.ArrayList;
import java.util.List;

/** An IPv6 packet for tests, RFC 8200, with any chain of extension headers. Threads: single owner thread. */
public final class Ipv6Packet {
    private static final class Extension {
        private final int type;
        private final byte[] octets;

        Extension(int type, byte[] octets) {
            this.type = type;
            this.octets = octets;
        }
    }

    private int trafficClass;
    private int flowLabel = 0x12345;
    private int hops = 61;
    private int protocol = 17;
    private byte[] source = Packets.address("2001:db8:1::1");
    private byte[] destination = Packets.address("2001:db8:2::2");
    private final List<Extension> extensions = new ArrayList<>();
    private byte[] payload = Packets.count(40);

    public static Ipv6Packet v6() {
        return new Ipv6Packet();
    }

    public Ipv6Packet trafficClass(int octet) {
        trafficClass = octet;
        return this;
    }

    public Ipv6Packet flowLabel(int label) {
        flowLabel = label;
        return this;
    }

    public Ipv6Packet hops(int limit) {
        hops = limit;
        return this;
    }

    /** The protocol behind all extension headers. */
    public Ipv6Packet protocol(int number) {
        protocol = number;
        return this;
    }

    public Ipv6Packet addresses(String from, String to) {
        source = Packets.address(from);
        destination = Packets.address(to);
        return this;
    }

    /** Hop-by-hop (0), routing (43) or destination options (60) of a multiple of 8 octets. */
    public Ipv6Packet extension(int type, int octets) {
        byte[] header = new byte[octets];
        java.util.Arrays.fill(header, (byte) type);
        header[1] = (byte) (octets / 8 - 1);
        return extension(type, header);
    }

    /** A fragment header (44). */
    public Ipv6Packet fragment(int offsetOctets, boolean more, int identification) {
        byte[] header = new byte[8];
        Packets.int16(header, 2, offsetOctets | (more ? 1 : 0));
        System.arraycopy(Packets.int32(identification), 0, header, 4, 4);
        return extension(44, header);
    }

    /** Any extension header; its Next Header is filled in. */
    public Ipv6Packet extension(int type, byte[] octets) {
        extensions.add(new Extension(type, octets));
        return this;
    }

    public Ipv6Packet payload(byte[] octets) {
        payload = octets;
        return this;
    }

    public byte[] build() {
        byte[] chain = {};
        for (int i = 0; i < extensions.size(); i++) {
            byte[] octets = extensions.get(i).octets.clone();
            octets[0] = (byte) type(i + 1);
            chain = Packets.join(chain, octets);
        }
        byte[] header = new byte[40];
        System.arraycopy(Packets.int32(0x6000_0000L | (long) trafficClass << 20 | flowLabel), 0, header, 0, 4);
        Packets.int16(header, 4, chain.length + payload.length);
        header[6] = (byte) type(0);
        header[7] = (byte) hops;
        System.arraycopy(source, 0, header, 8, 16);
        System.arraycopy(destination, 0, header, 24, 16);
        return Packets.join(header, chain, payload);
    }

    private int type(int index) {
        return index < extensions.size() ? extensions.get(index).type : protocol;
    }
}
