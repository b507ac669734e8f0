package io.esp4j.wire;

/** An IPv4 packet for tests, RFC 791, header checksum included. Threads: single owner thread. */
public final class Ipv4Packet {
    private int trafficClass;
    private int identification = 0x1234;
    private int fragmentation;
    private int hops = 61;
    private int protocol = 17;
    private byte[] source = Packets.address("10.1.0.1");
    private byte[] destination = Packets.address("10.2.0.2");
    private byte[] options = {};
    private byte[] payload = Packets.count(40);

    public static Ipv4Packet v4() {
        return new Ipv4Packet();
    }

    public Ipv4Packet trafficClass(int octet) {
        trafficClass = octet;
        return this;
    }

    public Ipv4Packet identification(int number) {
        identification = number;
        return this;
    }

    /** The 16 bits of flags and fragment offset: 0x4000 is DF, 0x2000 is MF. */
    public Ipv4Packet fragmentation(int flagsAndOffset) {
        fragmentation = flagsAndOffset;
        return this;
    }

    public Ipv4Packet hops(int ttl) {
        hops = ttl;
        return this;
    }

    public Ipv4Packet protocol(int number) {
        protocol = number;
        return this;
    }

    public Ipv4Packet addresses(String from, String to) {
        source = Packets.address(from);
        destination = Packets.address(to);
        return this;
    }

    /** A multiple of 4 octets, 40 at most. */
    public Ipv4Packet options(byte[] octets) {
        options = octets;
        return this;
    }

    public Ipv4Packet payload(byte[] octets) {
        payload = octets;
        return this;
    }

    public byte[] build() {
        int headerOctets = 20 + options.length;
        byte[] header = new byte[headerOctets];
        header[0] = (byte) (0x40 | headerOctets / 4);
        header[1] = (byte) trafficClass;
        Packets.int16(header, 2, headerOctets + payload.length);
        Packets.int16(header, 4, identification);
        Packets.int16(header, 6, fragmentation);
        header[8] = (byte) hops;
        header[9] = (byte) protocol;
        System.arraycopy(source, 0, header, 12, 4);
        System.arraycopy(destination, 0, header, 16, 4);
        System.arraycopy(options, 0, header, 20, options.length);
        Packets.int16(header, 10, Packets.checksum(header));
        return Packets.join(header, payload);
    }
}
