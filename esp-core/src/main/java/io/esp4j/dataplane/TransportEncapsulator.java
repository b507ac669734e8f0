package io.esp4j.dataplane;

import io.esp4j.memory.Memory;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.wire.InternetChecksum;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Extensions;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import io.esp4j.wire.UdpHeader;

/**
 * Transport mode, RFC 4303 §3.1.1: the packet's own headers move to the left, ESP goes between them and the payload, which
 * stays where it is. Threads: immutable.
 *
 * <pre>
 * before                   | IP header, some extensions | payload |
 * after  | IP header, some extensions | UDP | ESP, IV   | payload | padding, trailer, ICV |
 * </pre>
 */
final class TransportEncapsulator extends Encapsulator {
    private static final int V6_ADDRESSES_AT = 8;
    private static final int V6_ADDRESSES_OCTETS = 32;

    private final boolean saV6;
    private final int ports;
    private final int udpOctets;
    private final int shift;

    TransportEncapsulator(SaParameters sa) {
        super(sa);
        UdpEncapsulation udp = sa.udpEncapsulation();
        saV6 = sa.source().v6();
        ports = udp == null ? 0 : (udp.sourcePort() << 16) | udp.destinationPort();
        udpOctets = udp == null ? 0 : UdpHeader.OCTETS;
        shift = udpOctets + esp.headerOctets();
    }

    @Override
    long measure(Burst burst, int from, int to, Run run, Randomness random) {
        long octets = 0;
        for (int index = from; index < to; index++) {
            octets += note(burst, index, run.number(), measure(burst, index, trimmedHead(burst.memory, burst, index)));
        }
        return octets;
    }

    private int measure(Burst burst, int index, long head) {
        if (head == NO_HEAD) {
            return refuse(OutboundOutcome.MALFORMED);
        }
        Memory memory = burst.memory;
        int at = burst.offset(index);
        int end = at + burst.length(index);
        int payloadAt;
        if (IpHead.isV6(head)) {
            Ipv6Extensions chain = burst.extensions;
            if (!chain.walk(memory, at, end)) {
                return refuse(OutboundOutcome.MALFORMED);
            }
            if (chain.isFragment(memory)) {
                return refuse(OutboundOutcome.FRAGMENT);
            }
            payloadAt = chain.espAt();
        } else {
            if (IpHead.v4IsFragment(head)) {
                return refuse(OutboundOutcome.FRAGMENT);
            }
            payloadAt = at + IpHead.v4HeaderOctets(head);
        }
        return fit(burst, index, end - payloadAt, payloadAt, payloadAt - at + shift);
    }

    @Override
    void write(Burst burst, Run run, long first, Randomness random) {
        long sequence = first;
        for (int position = run.from(); position < run.to(); position++) {
            writeOne(burst, burst.operations.packet(position), sequence++, random);
        }
    }

    private void writeOne(Burst burst, int index, long sequence, Randomness random) {
        Memory memory = burst.memory;
        int at = burst.offset(index);
        int payloadOctets = burst.payloadOctets(index);
        int payloadAt = at + burst.length(index) - payloadOctets;
        boolean v6 = isV6(memory, at);
        int nextHeaderAt = v6 ? nextHeaderAt(burst, at, payloadAt + payloadOctets) : at + Ipv4Header.PROTOCOL_AT;
        int nextHeader = memory.octet(nextHeaderAt);
        int start = at - shift;
        memory.move(at, start, payloadAt - at);
        int espOctets = esp.write(memory, payloadAt, payloadOctets, nextHeader, sequence, random);

        int protocol = ports == 0 ? NextHeader.ESP : NextHeader.UDP;
        int total = payloadAt - at + udpOctets + espOctets;
        if (v6) {
            memory.octet(nextHeaderAt - shift, protocol);
            Ipv6Header.totalOctets(memory, start, total);
        } else {
            Ipv4Header.rewrite(memory, start, protocol, total);
        }
        if (ports != 0) {
            UdpHeader.write(memory, payloadAt - shift, ports, udpOctets + espOctets);
        }
        burst.view(index, start, total);
        burst.esp(index, payloadAt - esp.headerOctets(), espOctets, esp.spi(), sequence);
    }

    private static int nextHeaderAt(Burst burst, int at, int end) {
        burst.extensions.walk(burst.memory, at, end);
        return burst.extensions.espNextHeaderAt();
    }

    @Override
    boolean finishes() {
        return ports != 0;
    }

    /** Over IPv6 a UDP checksum is due, of the sealed octets (RFC 8200 §8.1). */
    @Override
    void finish(Burst burst, int index) {
        Memory memory = burst.memory;
        int at = burst.offset(index);
        if (isV6(memory, at)) {
            burst.extensions.walk(memory, at, at + burst.length(index));
            long addressSum = InternetChecksum.sum(memory, at + V6_ADDRESSES_AT, V6_ADDRESSES_OCTETS);
            UdpHeader.writeChecksum(memory, burst.extensions.upperLayerAt(), addressSum);
        }
    }

    @Override
    int headroom() {
        return shift;
    }

    @Override
    int overheadOctets(int packetOctets) {
        return shift + esp.tailOctets(packetOctets - ipOctets());
    }

    @Override
    int innerMtu(int pathMtu) {
        return ipOctets() + esp.maxPayloadOctets(pathMtu - ipOctets() - udpOctets);
    }

    private int ipOctets() {
        return saV6 ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
    }
}
