package io.esp4j.policy;

import io.esp4j.memory.Memory;
import io.esp4j.wire.IpAddress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Random;

/** Builds packets octet by octet, as RFC 791 and RFC 8200 draw them. Checksums are left 0. */
final class TestPacket {
    private final IpAddress source;
    private final IpAddress destination;
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private int protocol;
    private int dscp;
    private int identification;
    private int fragmentOffset;
    private boolean moreFragments;
    private int optionWords;
    private byte[] payload = new byte[0];
    private int lastNextHeaderAt = -1;
    private int firstHeader = -1;

    private TestPacket(String source, String destination) {
        this(IpAddress.parse(source), IpAddress.parse(destination));
    }

    private TestPacket(IpAddress source, IpAddress destination) {
        this.source = source;
        this.destination = destination;
    }

    static TestPacket of(String source, String destination) {
        return new TestPacket(source, destination);
    }

    static TestPacket of(IpAddress source, IpAddress destination) {
        return new TestPacket(source, destination);
    }

    /** A protocol with ports; 8 octets of payload. */
    TestPacket ports(int number, int sourcePort, int destinationPort) {
        protocol = number;
        payload = ByteBuffer.allocate(8)
                .putShort((short) sourcePort)
                .putShort((short) destinationPort)
                .array();
        return this;
    }

    TestPacket tcp(int sourcePort, int destinationPort) {
        return ports(6, sourcePort, destinationPort);
    }

    TestPacket udp(int sourcePort, int destinationPort) {
        return ports(17, sourcePort, destinationPort);
    }

    TestPacket icmp(int type, int code) {
        protocol = source.v6() ? 58 : 1;
        payload = new byte[] {(byte) type, (byte) code, 0, 0, 0, 0, 0, 0};
        return this;
    }

    TestPacket mobility(int type) {
        protocol = 135;
        payload = new byte[] {59, 0, (byte) type, 0, 0, 0, 0, 0};
        return this;
    }

    TestPacket raw(int number, byte... octets) {
        protocol = number;
        payload = octets.clone();
        return this;
    }

    TestPacket dscp(int value) {
        dscp = value;
        return this;
    }

    TestPacket options(int words) {
        optionWords = words;
        return this;
    }

    /** An IPv6 extension header of the common format, 8 octets for each unit. */
    TestPacket extension(int number, int units) {
        header(number);
        byte[] octets = new byte[units * 8];
        octets[1] = (byte) (units - 1);
        lastNextHeaderAt = extensions.size();
        extensions.writeBytes(octets);
        return this;
    }

    TestPacket fragment(int id, int offset, boolean more) {
        identification = id;
        fragmentOffset = offset;
        moreFragments = more;
        if (source.v6()) {
            header(44);
            lastNextHeaderAt = extensions.size();
            extensions.writeBytes(ByteBuffer.allocate(8)
                    .putShort((short) 0)
                    .putShort((short) (offset | (more ? 1 : 0)))
                    .putInt(id)
                    .array());
        }
        return this;
    }

    byte[] octets() {
        byte[] chain = extensions.toByteArray();
        if (lastNextHeaderAt >= 0) {
            chain[lastNextHeaderAt] = (byte) protocol;
        }
        int headerOctets = source.v6() ? 40 : 20 + optionWords * 4;
        ByteBuffer packet = ByteBuffer.allocate(headerOctets + chain.length + payload.length);
        if (source.v6()) {
            packet.putInt(6 << 28 | dscp << 22)
                    .putShort((short) (chain.length + payload.length))
                    .put((byte) (firstHeader >= 0 ? firstHeader : protocol))
                    .put((byte) 64);
        } else {
            packet.put((byte) (4 << 4 | headerOctets / 4))
                    .put((byte) (dscp << 2))
                    .putShort((short) packet.capacity())
                    .putShort((short) identification)
                    .putShort((short) (fragmentOffset / 8 | (moreFragments ? 0x2000 : 0)))
                    .put((byte) 64)
                    .put((byte) protocol)
                    .putShort((short) 0);
        }
        write(packet, source);
        write(packet, destination);
        packet.position(headerOctets).put(chain).put(payload);
        return packet.array();
    }

    /** The flow of the packet, which must be well-formed. */
    Flow flow() {
        byte[] packet = octets();
        Flow flow = new Flow();
        if (!flow.parse(Memory.of(packet), 0, packet.length)) {
            throw new AssertionError("not parsed");
        }
        return flow;
    }

    /** Any well-formed packet, over few addresses and ports so that selectors are hit. */
    static TestPacket random(Random random) {
        boolean v6 = random.nextInt(3) == 0;
        TestPacket packet = of(address(random, v6), address(random, v6)).dscp(random.nextInt(64));
        boolean later = random.nextInt(5) == 0;
        if (v6 && random.nextInt(3) == 0) {
            packet.extension(random.nextBoolean() ? 0 : 60, 1 + random.nextInt(2));
        }
        if (later || random.nextInt(5) == 0) {
            packet.fragment(random.nextInt(4), later ? 8 * (1 + random.nextInt(4)) : 0, !later || random.nextBoolean());
        }
        if (v6 && random.nextInt(6) == 0) {
            packet.extension(60, 1);
        }
        return switch (random.nextInt(5)) {
            case 0 -> packet.tcp(port(random), port(random));
            case 1 -> packet.udp(port(random), port(random));
            case 2 -> packet.icmp(random.nextInt(4), random.nextInt(4));
            case 3 -> packet.mobility(random.nextInt(4));
            default -> packet.raw(47, new byte[random.nextInt(9)]);
        };
    }

    static IpAddress address(Random random, boolean v6) {
        return v6
                ? new IpAddress(true, random.nextInt(2) - 1L, random.nextInt(6) - 3L)
                : IpAddress.v4(random.nextInt(6) - 3);
    }

    static int port(Random random) {
        return random.nextInt(8) == 0 ? 65_535 : random.nextInt(6);
    }

    private void header(int number) {
        if (lastNextHeaderAt < 0) {
            firstHeader = number;
        } else {
            byte[] chain = extensions.toByteArray();
            chain[lastNextHeaderAt] = (byte) number;
            extensions.reset();
            extensions.writeBytes(chain);
        }
    }

    private static void write(ByteBuffer packet, IpAddress address) {
        if (address.v6()) {
            packet.putLong(address.high()).putLong(address.low());
        } else {
            packet.putInt((int) address.low());
        }
    }
}
