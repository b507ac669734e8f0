package io.esp4j.offload.host;

import io.esp4j.dataplane.Burst;
import io.esp4j.memory.Memory;
import io.esp4j.offload.driver.NetworkFunction;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.TraceEvent.Step;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.replay.SequenceNumbers;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaParameters;
import io.esp4j.segment.SegmentationVerdict;
import io.esp4j.segment.Segmenter;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import java.util.function.Consumer;

/**
 * The way out of a host, in packet order:
 *
 * <ol>
 *   <li>In clear, where there is no SA: a super-packet is cut by the MAC.
 *   <li>Packet offload: the packet goes down in clear, with its SA's handle; what the device can't do is dropped.
 *   <li>Crypto offload: a super-packet takes as many numbers as it will have segments; headers are written, the rest is left
 *       to MAC and agent. What the device can't do, and a super-packet that would cross 2^32, goes through software.
 *   <li>Software: super-packets are cut, each packet is sealed, and fragmented where it is too long.
 * </ol>
 *
 * <p>Threads: single owner thread.
 */
final class TransmitStack {
    private final HostStack host;
    private final Burst burst = new Burst(1);
    private final Segmenter segmenter = new Segmenter();
    private final Ipv4Fragments fragments;
    private final int linkMtu;
    private final boolean countsSuperPackets;
    private final boolean losesAssociations;

    TransmitStack(HostStack host) {
        this.host = host;
        fragments = new Ipv4Fragments(host.simulation, host.frames, host.counters);
        linkMtu = (int) host.simulation.value(Parameter.LINK_MTU);
        countsSuperPackets = host.simulation.has(Hazard.COUNT_SUPER_PACKETS);
        losesAssociations = host.simulation.has(Hazard.LOST_ASSOCIATION);
    }

    /** Takes a frame that has no Ethernet header yet. */
    void send(HostSa sa, Frame frame, SendOptions options) {
        NetworkFunction egress = host.functions.get(options.egress());
        if (sa == null) {
            inClear(frame, options, egress);
            return;
        }
        switch (sa.place) {
            case PACKET_OFFLOAD -> packetOffload(sa, frame, options, egress);
            case CRYPTO_OFFLOAD -> cryptoOffload(sa, frame, options, egress);
            case SOFTWARE -> software(sa, frame, options, egress, false);
            case WAITING -> frame.end(host.counters, Counter.TX_DROP_NO_OFFLOAD);
            case INSTALLING, GONE -> frame.end(host.counters, Counter.XFRM_OUT_STATE_INVALID);
        }
    }

    private void inClear(Frame frame, SendOptions options, NetworkFunction egress) {
        long head = frame.memory().int64(frame.offset());
        int destinationAt = frame.offset() + (IpHead.isV6(head) ? 24 : 16);
        IpAddress destination = IpAddress.read(frame.memory(), destinationAt, IpHead.isV6(head));
        host.tell(Step.SENT, frame.number(), 0, 0, "in clear");
        leave(frame, host.settings.neighbours().find(destination), options.segmentOctets(), egress);
    }

    private void packetOffload(HostSa sa, Frame frame, SendOptions options, NetworkFunction egress) {
        int segments = plan(frame, options);
        if (options.software() || !canOffload(sa, frame, options, egress, segments)) {
            frame.end(host.counters, Counter.TX_DROP_NO_OFFLOAD);
            return;
        }
        host.tell(Step.SENT, frame.number(), sa.spi(), 0, "packet offload");
        if (writeEthernet(frame, sa.nextHop, egress)) {
            if (!losesAssociations) {
                MetadataTag.pushPacket(frame, sa.handle);
            }
            frame.segmentOctets(segments > 1 ? options.segmentOctets() : 0);
            egress.transmit(frame);
        }
    }

    /** {@return how many packets it will be} */
    private int plan(Frame frame, SendOptions options) {
        if (options.segmentOctets() == 0) {
            return 1;
        }
        SegmentationVerdict verdict =
                segmenter.plan(frame.memory(), frame.offset(), frame.length(), options.segmentOctets());
        return verdict == SegmentationVerdict.PLANNED ? segmenter.segments() : 1;
    }

    private boolean canOffload(HostSa sa, Frame frame, SendOptions options, NetworkFunction egress, int segments) {
        int octets = segments > 1 ? segmenter.octets(0) : frame.length();
        if (egress != sa.function
                || options.nested()
                || octets + sa.outbound.overheadOctets(octets) > sa.sa.mtu()
                || sa.nextHop == null
                || !sa.function.isUp()) {
            return false;
        }
        // The driver looks at the packet as it would lie behind its Ethernet header.
        int ipAt = frame.offset();
        EthernetHeader.writeAddresses(
                frame.memory(),
                ipAt - EthernetHeader.OCTETS,
                sa.nextHop.bits(),
                egress.address().bits());
        frame.view(ipAt - EthernetHeader.OCTETS, frame.length() + EthernetHeader.OCTETS);
        boolean ok = egress.offloadOk(frame, ipAt, false);
        frame.view(ipAt, frame.length() - EthernetHeader.OCTETS);
        return ok;
    }

    private void cryptoOffload(HostSa sa, Frame frame, SendOptions options, NetworkFunction egress) {
        int segments = plan(frame, options);
        if (options.software() || !canOffload(sa, frame, options, egress, segments)) {
            software(sa, frame, options, egress, true);
            return;
        }
        int numbers = countsSuperPackets ? 1 : segments;
        long last = sa.outbound.lastSequence();
        long limit = sa.sa.parameters().esn() ? SequenceNumbers.MAX_64_BIT : SequenceNumbers.MAX_32_BIT;
        if (Long.compareUnsigned(limit - last, numbers) < 0) {
            frame.end(host.counters, Counter.XFRM_OUT_STATE_SEQ_ERROR);
        } else if (numbers > 1 && SequenceNumbers.highHalf(last + 1) != SequenceNumbers.highHalf(last + numbers)) {
            host.counters.count(Counter.TX_SOFTWARE_SEGMENTED);
            cut(frame, segment -> cryptoOffload(sa, segment, 1, 0, egress));
        } else {
            cryptoOffload(sa, frame, numbers, segments > 1 ? options.segmentOctets() : 0, egress);
        }
    }

    private void cut(Frame frame, Consumer<Frame> to) {
        Frame[] cut = new Frame[segmenter.segments()];
        for (int index = 0; index < cut.length; index++) {
            cut[index] = host.frames.make(segmenter.octets(index));
            segmenter.write(index, cut[index].memory(), cut[index].offset());
        }
        host.tell(Step.SEGMENTED, frame.number(), 0, 0, "into " + cut.length + " by software");
        frame.end(host.counters, Counter.SEGMENTED);
        for (Frame segment : cut) {
            to.accept(segment);
        }
    }

    /** Headers and number are written here, trailer and ICV by the agent, for each segment. */
    private void cryptoOffload(HostSa sa, Frame frame, int numbers, int segmentOctets, NetworkFunction egress) {
        SaParameters parameters = sa.sa.parameters();
        Memory memory = frame.memory();
        int innerAt = frame.offset();
        int innerOctets = frame.length();
        long head = memory.int64(innerAt);
        boolean tunnel = parameters.mode() == Mode.TUNNEL;
        int headerOctets = IpHead.isV6(head) ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
        int payloadOctets = tunnel ? innerOctets : innerOctets - headerOctets;
        int nextHeader = tunnel
                ? IpHead.isV6(head) ? NextHeader.IPV6 : NextHeader.IPV4
                : memory.octet(innerAt + (IpHead.isV6(head) ? Ipv6Header.NEXT_HEADER_AT : Ipv4Header.PROTOCOL_AT));
        host.engine.sealing(true);
        if (!encapsulate(sa, frame)) {
            return;
        }
        long first = burst.sequence(0);
        if (numbers > 1) { // one was taken by the packet itself; between the two nobody else takes any
            sa.outbound.reserve(numbers - 1);
        }
        int ipAt = frame.offset();
        int espOffset = parameters.destination().v6() ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
        int payloadOffset =
                espOffset + EspHeader.OCTETS + parameters.transform().ivOctets();
        frame.view(ipAt, payloadOffset + payloadOctets);
        writeLength(memory, ipAt, frame.length());
        String how = numbers == 1 ? "crypto offload" : "crypto offload, " + numbers + " numbers";
        host.tell(Step.SENT, frame.number(), sa.spi(), first, how);
        if (writeEthernet(frame, sa.nextHop, egress)) {
            MetadataTag.pushCrypto(frame, nextHeader, espOffset, payloadOffset, sa.handle, first);
            frame.segmentOctets(segmentOctets);
            egress.transmit(frame);
        }
    }

    private static void writeLength(Memory memory, int ipAt, int octets) {
        if (memory.octet(ipAt) >>> 4 == 6) {
            Ipv6Header.totalOctets(memory, ipAt, octets);
        } else {
            Ipv4Header.rewrite(memory, ipAt, NextHeader.ESP, octets);
        }
    }

    /** {@return whether the frame is now an ESP packet; if not, it has come to its end} */
    private boolean encapsulate(HostSa sa, Frame frame) {
        burst.reset(frame.memory());
        burst.add(frame.offset(), frame.length());
        host.worker.encapsulate(burst, sa.outbound);
        OutboundOutcome outcome = burst.outbound(0);
        if (outcome != OutboundOutcome.ENCAPSULATED) {
            frame.end(host.counters, refusal(outcome));
            return false;
        }
        frame.view(burst.offset(0), burst.length(0));
        return true;
    }

    private static Counter refusal(OutboundOutcome outcome) {
        return switch (outcome) {
            case SEQUENCE_EXHAUSTED -> Counter.XFRM_OUT_STATE_SEQ_ERROR;
            case PACKET_TOO_BIG -> Counter.TX_TOO_BIG;
            case LIFETIME_EXPIRED, NOT_SEALED -> Counter.XFRM_OUT_STATE_INVALID;
            default -> Counter.XFRM_OUT_STATE_MODE_ERROR;
        };
    }

    private void software(HostSa sa, Frame frame, SendOptions options, NetworkFunction egress, boolean fallback) {
        if (plan(frame, options) > 1) {
            host.counters.count(Counter.TX_SOFTWARE_SEGMENTED);
            cut(frame, segment -> softwarePacket(sa, segment, egress, fallback));
        } else {
            softwarePacket(sa, frame, egress, fallback);
        }
    }

    private void softwarePacket(HostSa sa, Frame frame, NetworkFunction egress, boolean fallback) {
        host.engine.sealing(false);
        if (!encapsulate(sa, frame)) {
            return;
        }
        host.counters.count(Counter.TX_SOFTWARE);
        if (fallback) {
            host.counters.count(Counter.TX_FALLBACK);
        }
        host.tell(Step.SEALED, frame.number(), sa.spi(), burst.sequence(0), "software");
        MacAddress nextHop = sa.nextHop;
        if (sa.handle != 0 && nextHop != null && isEncryptedTwice(frame, nextHop, egress)) {
            again(sa, frame, egress);
        } else {
            leave(frame, nextHop, 0, egress);
        }
    }

    private boolean isEncryptedTwice(Frame frame, MacAddress nextHop, NetworkFunction egress) {
        int ipAt = frame.offset();
        EthernetHeader.writeAddresses(
                frame.memory(),
                ipAt - EthernetHeader.OCTETS,
                nextHop.bits(),
                egress.address().bits());
        frame.view(ipAt - EthernetHeader.OCTETS, frame.length() + EthernetHeader.OCTETS);
        boolean ok = egress.offloadOk(frame, ipAt, true);
        frame.view(ipAt, frame.length() - EthernetHeader.OCTETS);
        return ok;
    }

    /** The hazard: what software has encrypted is marked for the device as if it were a payload. */
    private void again(HostSa sa, Frame frame, NetworkFunction egress) {
        SaParameters parameters = sa.sa.parameters();
        int espOffset = parameters.destination().v6() ? Ipv6Header.OCTETS : Ipv4Header.OCTETS;
        int payloadOffset =
                espOffset + EspHeader.OCTETS + parameters.transform().ivOctets();
        long number = burst.sequence(0);
        if (writeEthernet(frame, sa.nextHop, egress)) {
            MetadataTag.pushCrypto(frame, NextHeader.IPV4, espOffset, payloadOffset, sa.handle, number);
            egress.transmit(frame);
        }
    }

    /** {@return whether it has an Ethernet header now; if not, it has come to its end} */
    private boolean writeEthernet(Frame frame, MacAddress to, NetworkFunction egress) {
        if (to == null) {
            frame.end(host.counters, Counter.TX_NO_NEIGHBOUR);
            return false;
        }
        Memory memory = frame.memory();
        int at = frame.offset() - 2;
        memory.int16(at, EthernetHeader.typeOf(memory.octet(frame.offset()) >>> 4));
        for (long vlans = egress.vlans(); vlans != 0; vlans >>>= 32) {
            at -= EthernetHeader.VLAN_OCTETS;
            memory.int32(at, (int) vlans);
        }
        at -= EthernetHeader.TYPE_AT;
        EthernetHeader.writeAddresses(memory, at, to.bits(), egress.address().bits());
        frame.view(at, frame.end() - at);
        return true;
    }

    /** Sends a packet as it is: in clear, or sealed by software. */
    void leave(Frame frame, MacAddress to, int segmentOctets, NetworkFunction egress) {
        int ipAt = frame.offset();
        int octets = frame.length();
        if (!writeEthernet(frame, to, egress)) {
            return;
        }
        frame.segmentOctets(segmentOctets);
        if (octets <= linkMtu || segmentOctets > 0) {
            egress.transmit(frame);
        } else if (IpHead.isV6(frame.memory().int64(ipAt)) || Ipv4Header.dontFragment(frame.memory(), ipAt)) {
            frame.end(host.counters, Counter.TX_TOO_BIG);
        } else {
            fragments.cut(frame, ipAt, linkMtu, egress::transmit);
        }
    }
}
