package io.esp4j.steering;

import io.esp4j.dataplane.Framing;
import io.esp4j.memory.Memory;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Extensions;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.UdpHeader;
import java.util.Arrays;

/**
 * One number for each flow, the same for all of its packets.
 *
 * <ul>
 *   <li>ESP: the SPI, and in UDP (RFC 3948) both ports too, since SAs of peers behind one NAT differ in them at least.
 *   <li>TCP, UDP, SCTP, DCCP and UDP-Lite: addresses, protocol and ports.
 *   <li>Other protocols, and every fragment of whatever it is: addresses and protocol, so that fragments stay together.
 *   <li>What is no whole IP packet: 0.
 * </ul>
 *
 * <p>The seed keeps outsiders from choosing flows that meet in one place. Nothing beyond the packet is read, and no octets make it
 * throw. Threads: single owner thread; hashes with one seed agree.
 */
public final class FlowHash {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    private static final int DCCP = 33;
    private static final int SCTP = 132;
    private static final int UDP_LITE = 136;
    private static final int PORTS_OCTETS = 4;

    private final Ipv6Extensions chain = new Ipv6Extensions();
    private final long seed;
    private final int[] espPorts;

    /**
     * A hash.
     *
     * @param seed any number, random where flows come from outside
     * @param espPorts UDP destination ports with ESP behind them; none means 4500
     */
    public FlowHash(long seed, int... espPorts) {
        this.seed = seed;
        this.espPorts = espPorts.length == 0 ? new int[] {UdpHeader.NAT_TRAVERSAL_PORT} : espPorts.clone();
    }

    /**
     * The hash of a packet from the wire, by its ESP where there is some.
     *
     * @param memory where it lies
     * @param at position of its first octet
     * @param octets how many there are
     * @param framing what it begins with
     * @return the hash, all of whose bits depend on all that goes in
     */
    public int received(Memory memory, int at, int octets, Framing framing) {
        if (framing == Framing.UDP_PAYLOAD) {
            return octets < UdpHeader.NON_ESP_MARKER_OCTETS ? 0 : finish(mix(seed, memory.int32(at)));
        }
        return ofPacket(memory, at, octets, true);
    }

    /**
     * The hash of an IP packet by addresses, protocol and ports, for packets that are going to be protected; ESP is a protocol
     * like any other here, told apart by its SPI.
     *
     * @param memory where it lies
     * @param at position of its first octet
     * @param octets how many there are
     * @return the hash, all of whose bits depend on all that goes in
     */
    public int ofInner(Memory memory, int at, int octets) {
        return ofPacket(memory, at, octets, false);
    }

    private int ofPacket(Memory memory, int at, int octets, boolean espAlone) {
        if (octets < Ipv4Header.OCTETS) {
            return 0;
        }
        long head = memory.int64(at);
        int version = IpHead.version(head);
        if ((version != 4 && version != 6) || !IpHead.isValid(head, octets)) {
            return 0;
        }
        int end = at + IpHead.totalOctets(head);
        if (version == 4) {
            long addresses = mix(seed, memory.int64(at + 12));
            int protocol = Ipv4Header.protocol(memory, at);
            int upperAt = at + IpHead.v4HeaderOctets(head);
            return ofUpperLayer(memory, addresses, protocol, upperAt, end, IpHead.v4IsFragment(head), espAlone);
        }
        long addresses = seed;
        for (int word = 8; word < Ipv6Header.OCTETS; word += Long.BYTES) {
            addresses = mix(addresses, memory.int64(at + word));
        }
        if (!chain.walk(memory, at, end)) {
            return finish(addresses);
        }
        boolean fragment = chain.isFragment(memory);
        // Behind the header of a later fragment nothing is known, and the first one is to meet it.
        int protocol = fragment ? NextHeader.FRAGMENT : chain.upperLayer();
        return ofUpperLayer(memory, addresses, protocol, chain.upperLayerAt(), end, fragment, espAlone);
    }

    private int ofUpperLayer(
            Memory memory, long addresses, int protocol, int at, int end, boolean fragment, boolean espAlone) {
        long hash = mix(addresses, protocol);
        if (fragment || end - at < PORTS_OCTETS) {
            return finish(hash);
        }
        int ports = memory.int32(at); // of ESP, the SPI
        return switch (protocol) {
            case NextHeader.ESP -> finish(mix(espAlone ? seed : hash, ports));
            case NextHeader.UDP -> {
                int espAt = at + UdpHeader.OCTETS;
                boolean esp = espAlone && end - espAt >= UdpHeader.NON_ESP_MARKER_OCTETS && isEspPort(memory, at);
                yield finish(
                        esp && memory.int32(espAt) != 0
                                ? mix(mix(seed, memory.int32(espAt)), ports)
                                : mix(hash, ports));
            }
            case NextHeader.TCP, SCTP, DCCP, UDP_LITE -> finish(mix(hash, ports));
            default -> finish(hash);
        };
    }

    private boolean isEspPort(Memory memory, int udpAt) {
        int port = UdpHeader.destinationPort(memory, udpAt);
        for (int espPort : espPorts) {
            if (espPort == port) {
                return true;
            }
        }
        return false;
    }

    private static long mix(long hash, long value) {
        long product = (hash ^ value) * GOLDEN;
        return product ^ product >>> 32;
    }

    private static int finish(long hash) {
        long product = hash * GOLDEN;
        return (int) (product ^ product >>> 29 ^ product >>> 32);
    }

    @Override
    public String toString() {
        return "flow hash, ESP behind UDP " + Arrays.toString(espPorts);
    }
}
