package io.esp4j.offload.agent;

import io.esp4j.dataplane.Burst;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.TraceEvent.Step;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;
import java.util.Set;

/**
 * From the MAC to the link:
 *
 * <ol>
 *   <li>Configuration goes to the control side.
 *   <li>With the offload bit the frame waits for the crypto unit; else it passes.
 *   <li>The metadata is read and stripped. A tag behind it was forged: the frame is dropped.
 *   <li>Crypto offload: the SA, the number, which the IV database may correct, then header, trailer, encryption and ICV
 *       around the payload, then the length in the IP header.
 *   <li>Packet offload: the engine's journey.
 *   <li>What is for a local address turns round; the rest leaves.
 * </ol>
 *
 * <p>What should be encrypted and can't be is dropped. Threads: single owner thread.
 */
final class TransmitPath implements FrameSink {
    private final Agent agent;
    private final int port;
    private final ReceivePath receive;
    private final Counters counters;
    private final CryptoUnit unit;
    private final IpView view = new IpView();
    private final Burst burst = new Burst(1);
    private final byte[] ethernet = new byte[EthernetHeader.MAXIMUM_OCTETS];
    private final FrameSink sealing = this::seal;
    private final FrameSink passing = this::leave;
    private final boolean ivDatabase;
    private AgentControl control;
    private FrameSink toLink;
    private Set<Long> localAddresses = Set.of();

    TransmitPath(Agent agent, int port, ReceivePath receive) {
        this.agent = agent;
        this.port = port;
        this.receive = receive;
        counters = agent.counters;
        unit = new CryptoUnit(agent.simulation);
        ivDatabase = !agent.simulation.has(Hazard.NO_IV_DATABASE);
    }

    void connect(AgentControl commands, FrameSink link) {
        control = commands;
        toLink = link;
    }

    void localAddresses(Set<Long> addresses) {
        localAddresses = addresses;
    }

    @Override
    public void accept(Frame frame) {
        if (agent.isDown()) {
            frame.end(counters, Counter.TX_DEVICE_DOWN);
        } else if (ConfigurationTag.isOn(frame)) {
            control.accept(frame);
        } else if (MetadataTag.isOn(frame)) {
            withMetadata(frame);
        } else {
            pass(frame);
        }
    }

    private void withMetadata(Frame frame) {
        if (!MetadataTag.isWhole(frame)) {
            frame.end(counters, Counter.TX_DROP_FORGED_TAG);
        } else if (!MetadataTag.offload(frame)) {
            MetadataTag.pop(frame);
            pass(frame);
        } else if (unit.isFull()) {
            frame.end(counters, Counter.TX_DROP_OVERLOAD);
        } else {
            AgentSa sa = agent.sad.byHandle(MetadataTag.saHandle(frame));
            unit.serve(frame, sa == null ? 0 : sa.spi(), sealing);
        }
    }

    private void pass(Frame frame) {
        if (ConfigurationTag.isOn(frame) || MetadataTag.isOn(frame)) {
            frame.end(counters, Counter.TX_DROP_FORGED_TAG);
            return;
        }
        counters.count(Counter.TX_BYPASSED);
        if (view.read(frame) && view.isEsp()) {
            unit.pass(frame, view.spi(frame.memory()), passing);
        } else {
            unit.pass(frame, passing);
        }
    }

    private void seal(Frame frame) {
        unit.served();
        if (agent.isDown()) {
            frame.end(counters, Counter.TX_DEVICE_DOWN);
            return;
        }
        AgentSa sa = agent.sad.byHandle(MetadataTag.saHandle(frame));
        boolean packetMode = MetadataTag.packetMode(frame);
        int nextHeader = MetadataTag.nextHeader(frame);
        int espOffset = MetadataTag.espOffset(frame);
        int payloadOffset = MetadataTag.payloadOffset(frame);
        long high = (long) MetadataTag.sequenceHigh(frame) << 32;
        MetadataTag.pop(frame);
        if (!view.read(frame)) {
            boolean forged = ConfigurationTag.isOn(frame) || MetadataTag.isOn(frame);
            frame.end(counters, forged ? Counter.TX_DROP_FORGED_TAG : Counter.TX_DROP_NO_SYNC_DATA);
            return;
        }
        SadDomain owner = view.domain(EthernetHeader.source(frame.memory(), frame.offset()));
        if (sa == null
                || sa.port != port
                || sa.isPacketMode() != packetMode
                || !sa.isFor(SaDirection.TRANSMIT)
                || !agent.sad.serves(sa, owner)) {
            frame.end(counters, Counter.TX_DROP_NO_SYNC_DATA);
            return;
        }
        boolean sealed = packetMode
                ? encapsulate(frame, sa)
                : sealPayload(frame, sa, nextHeader, espOffset, payloadOffset, high);
        if (sealed) {
            sa.packets++;
            counters.count(Counter.TX_ENCRYPTED);
            leave(frame);
        }
    }

    private boolean sealPayload(Frame frame, AgentSa sa, int nextHeader, int espOffset, int payloadOffset, long high) {
        Memory memory = frame.memory();
        int espAt = view.ipAt() + espOffset;
        int payloadAt = view.ipAt() + payloadOffset;
        int payloadOctets = frame.end() - payloadAt;
        if (payloadAt - espAt != sa.headerOctets() || payloadOctets < 1 || memory.int32(espAt) != sa.spi()) {
            frame.end(counters, Counter.TX_DROP_NO_SYNC_DATA);
            return false;
        }
        long offered = high | Integer.toUnsignedLong(EspHeader.sequenceLow(memory.int64(espAt)));
        if (offered != sa.numbers.next()) {
            counters.count(Counter.TX_OOO);
        }
        long number = ivDatabase ? sa.numbers.assign(offered) : offered;
        if (number == IvDatabase.REFUSED) {
            frame.end(counters, Counter.TX_DROP_NUMBER_LIMIT);
            return false;
        }
        if (number != offered) {
            counters.count(Counter.TX_REWRITTEN);
            agent.tell(Step.REWRITTEN, frame.number(), sa.spi(), number, "from 0x" + Long.toHexString(offered));
        }
        int octets = agent.sad.seal(sa, memory, payloadAt, payloadOctets, nextHeader, number);
        if (octets == 0) {
            frame.end(counters, Counter.TX_DROP_NOT_SEALED);
            return false;
        }
        frame.view(frame.offset(), espAt + octets - frame.offset());
        writeLength(memory, frame.end() - view.ipAt());
        counters.count(Counter.TX_ENCRYPTED_BYTES, octets);
        sa.octets += octets;
        agent.tell(Step.SEALED, frame.number(), sa.spi(), number, "crypto offload");
        return true;
    }

    private void writeLength(Memory memory, int octets) {
        if (IpHead.isV6(memory.int64(view.ipAt()))) {
            Ipv6Header.totalOctets(memory, view.ipAt(), octets);
        } else {
            Ipv4Header.rewrite(memory, view.ipAt(), NextHeader.ESP, octets);
        }
    }

    private boolean encapsulate(Frame frame, AgentSa sa) {
        int ethernetOctets = view.ipAt() - frame.offset();
        burst.reset(frame.memory());
        // The Ethernet header makes room for what comes before the IP packet.
        frame.memory().read(frame.offset(), ethernet, 0, ethernetOctets);
        burst.add(view.ipAt(), frame.end() - view.ipAt());
        agent.sad.sender().encapsulate(burst, sa.outbound);
        if (burst.outbound(0) != OutboundOutcome.ENCAPSULATED) {
            frame.end(counters, refusal(burst.outbound(0)));
            return false;
        }
        frame.memory().write(burst.offset(0) - ethernetOctets, ethernet, 0, ethernetOctets);
        frame.view(burst.offset(0) - ethernetOctets, ethernetOctets + burst.length(0));
        view.ethernet().walk(frame.memory(), frame.offset(), frame.length());
        view.ethernet()
                .writeType(
                        frame.memory(),
                        EthernetHeader.typeOf(IpHead.version(frame.memory().int64(burst.offset(0)))));
        counters.count(Counter.TX_ENCRYPTED_BYTES, burst.length(0));
        sa.octets += burst.length(0);
        agent.tell(Step.SEALED, frame.number(), sa.spi(), burst.sequence(0), "packet offload");
        return true;
    }

    private static Counter refusal(OutboundOutcome outcome) {
        return switch (outcome) {
            case SEQUENCE_EXHAUSTED -> Counter.TX_DROP_NUMBER_LIMIT;
            case PACKET_TOO_BIG, NO_ROOM -> Counter.TX_TOO_BIG;
            default -> Counter.TX_DROP_NOT_SEALED;
        };
    }

    private void leave(Frame frame) {
        if (agent.isDown()) {
            frame.end(counters, Counter.TX_DEVICE_DOWN);
        } else if (localAddresses.contains(EthernetHeader.destination(frame.memory(), frame.offset()))) {
            receive.accept(frame);
        } else {
            toLink.accept(frame);
        }
    }
}
