package io.esp4j.offload.agent;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Framing;
import io.esp4j.memory.Memory;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.frame.ReceiveStatus;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.TraceEvent.Step;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.wire.IpHead;

/**
 * From the link to the MAC:
 *
 * <ol>
 *   <li>A tag from outside was forged: the frame is dropped.
 *   <li>What is not ESP of an SA here passes as it is, without a tag.
 *   <li>A wrong checksum, a fragment, a high half that is not known, too many that wait: the packet passes as it is, and the
 *       tag says why.
 *   <li>Crypto offload: the number is inferred, the packet opened in place. Packet offload: the engine's journey.
 *   <li>If that failed, the octets are those of the wire again, and the tag says why.
 * </ol>
 *
 * <p>Threads: single owner thread.
 */
final class ReceivePath implements FrameSink {
    private final Agent agent;
    private final int port;
    private final Counters counters;
    private final CryptoUnit unit;
    private final IpView view = new IpView();
    private final Burst burst = new Burst(1);
    private final FrameSink opening = this::open;
    private FrameSink passing;
    private FrameSink toMac;
    private byte[] wire = new byte[2048];

    ReceivePath(Agent agent, int port) {
        this.agent = agent;
        this.port = port;
        counters = agent.counters;
        unit = new CryptoUnit(agent.simulation);
    }

    void connect(FrameSink mac) {
        toMac = mac;
        passing = mac;
    }

    FrameSink fromLink() {
        return this;
    }

    FrameSink toMac() {
        return toMac;
    }

    @Override
    public void accept(Frame frame) {
        if (agent.isDown()) {
            frame.end(counters, Counter.RX_DEVICE_DOWN);
            return;
        }
        if (ConfigurationTag.isOn(frame) || MetadataTag.isOn(frame)) {
            frame.end(counters, Counter.RX_DROP_FORGED_TAG);
            return;
        }
        if (!view.read(frame) || !view.isEsp()) {
            counters.count(Counter.RX_BYPASSED);
            unit.pass(frame, passing);
            return;
        }
        Memory memory = frame.memory();
        int spi = view.spi(memory);
        AgentSa sa = find(frame);
        if (sa == null) {
            counters.count(Counter.RX_BYPASSED);
            unit.pass(frame, spi, passing);
        } else if (view.isFragment()) {
            untouched(frame, sa, ReceiveStatus.FRAGMENT, Counter.RX_FRAGMENT);
        } else if (!view.hasRightChecksum(memory)) {
            untouched(frame, sa, ReceiveStatus.BAD_CHECKSUM, Counter.RX_BAD_CHECKSUM);
        } else if (!unit.isFull()) {
            unit.serve(frame, spi, opening);
        } else if (sa.isPacketMode()) {
            frame.end(counters, Counter.RX_DROP_OVERLOAD);
        } else {
            untouched(frame, sa, ReceiveStatus.OVERLOADED, Counter.RX_OVERLOAD);
        }
    }

    /** {@return the SA, or null; after a fragment's first octets its SPI is not there} */
    private AgentSa find(Frame frame) {
        Memory memory = frame.memory();
        if (view.isFragment() && IpHead.v4IsLaterFragment(memory.int64(view.ipAt()))) {
            return null;
        }
        SadDomain owner = view.domain(EthernetHeader.destination(memory, frame.offset()));
        AgentSa sa = agent.sad.lookup(view.spi(memory), owner, memory, view.ipAt());
        return sa == null || sa.port != port ? null : sa;
    }

    private void untouched(Frame frame, AgentSa sa, ReceiveStatus status, Counter counter) {
        counters.count(counter);
        agent.tell(Step.PASSED, frame.number(), sa.spi(), 0, status.toString());
        MetadataTag.pushReceived(frame, status, sa.sa.mode(), sa.handle, 0);
        unit.pass(frame, sa.spi(), passing);
    }

    private void open(Frame frame) {
        unit.served();
        if (agent.isDown()) {
            frame.end(counters, Counter.RX_DEVICE_DOWN);
            return;
        }
        view.read(frame);
        AgentSa sa = find(frame);
        if (sa == null) { // removed while the packet waited
            counters.count(Counter.RX_BYPASSED);
            toMac.accept(frame);
        } else if (sa.isPacketMode()) {
            decapsulate(frame, sa);
        } else {
            openInPlace(frame, sa);
        }
    }

    private void openInPlace(Frame frame, AgentSa sa) {
        if (!sa.tracker.isInStep()) {
            counters.count(Counter.RX_OUT_OF_SYNC);
            failed(frame, sa, ReceiveStatus.OUT_OF_SYNC);
            return;
        }
        Memory memory = frame.memory();
        int espOctets = view.end() - view.espAt();
        long number = sa.tracker.infer(view.sequenceLow(memory));
        if (number == 0 || !agent.sad.open(sa, memory, view.espAt(), espOctets, number)) {
            counters.count(Counter.RX_ERR);
            failed(frame, sa, ReceiveStatus.ICV_MISMATCH);
            return;
        }
        if (!sa.tracker.opened(number)) {
            counters.count(Counter.RX_OOO);
        }
        opened(frame, sa, OffloadMode.CRYPTO, number, espOctets);
    }

    private void failed(Frame frame, AgentSa sa, ReceiveStatus status) {
        int low = view.sequenceLow(frame.memory());
        agent.tell(Step.PASSED, frame.number(), sa.spi(), Integer.toUnsignedLong(low), status.toString());
        MetadataTag.pushReceived(frame, status, OffloadMode.CRYPTO, sa.handle, 0);
        toMac.accept(frame);
        if (sa.tracker.failed()) {
            counters.count(Counter.RX_RESYNC_REQUESTED);
            agent.tell(Step.RESYNCHRONISED, 0, sa.spi(), Integer.toUnsignedLong(low), "asks the host");
            agent.port(port).control().askForHighHalf(sa, low);
        }
    }

    private void opened(Frame frame, AgentSa sa, OffloadMode mode, long number, int espOctets) {
        sa.packets++;
        sa.octets += espOctets;
        counters.count(Counter.RX_DECRYPTED);
        counters.count(Counter.RX_DECRYPTED_BYTES, espOctets);
        agent.tell(
                Step.OPENED,
                frame.number(),
                sa.spi(),
                number,
                mode == OffloadMode.CRYPTO ? "crypto offload" : "packet offload");
        MetadataTag.pushReceived(frame, ReceiveStatus.DECRYPTED, mode, sa.handle, (int) (number >>> 32));
        toMac.accept(frame);
    }

    private void decapsulate(Frame frame, AgentSa sa) {
        Memory memory = frame.memory();
        int at = frame.offset();
        int octets = frame.length();
        int ethernetOctets = view.ipAt() - at;
        int espOctets = view.end() - view.espAt();
        if (wire.length < octets) {
            wire = new byte[octets];
        }
        memory.read(at, wire, 0, octets);
        burst.reset(memory, Framing.IP, sa.domain);
        burst.add(view.ipAt(), octets - ethernetOctets);
        agent.sad.receiver().decapsulate(burst);
        InboundOutcome outcome = burst.inbound(0);
        if (outcome == InboundOutcome.DUMMY) {
            frame.end(counters, Counter.DUMMY);
            return;
        }
        if (outcome != InboundOutcome.ACCEPTED) {
            memory.write(at, wire, 0, octets);
            frame.view(at, octets);
            counters.count(Counter.RX_ERR);
            ReceiveStatus status = statusOf(outcome);
            agent.tell(Step.PASSED, frame.number(), sa.spi(), burst.sequence(0), status.toString());
            MetadataTag.pushReceived(frame, status, OffloadMode.PACKET, sa.handle, 0);
            toMac.accept(frame);
            return;
        }
        memory.write(burst.offset(0) - ethernetOctets, wire, 0, ethernetOctets);
        frame.view(burst.offset(0) - ethernetOctets, ethernetOctets + burst.length(0));
        view.ethernet().walk(memory, frame.offset(), frame.length());
        view.ethernet().writeType(memory, EthernetHeader.typeOf(IpHead.version(memory.int64(burst.offset(0)))));
        opened(frame, sa, OffloadMode.PACKET, burst.sequence(0), espOctets);
    }

    private static ReceiveStatus statusOf(InboundOutcome outcome) {
        return switch (outcome) {
            case ICV_MISMATCH, NOT_OPENED -> ReceiveStatus.ICV_MISMATCH;
            case REPLAYED, TOO_OLD -> ReceiveStatus.REPLAYED;
            default -> ReceiveStatus.MALFORMED;
        };
    }
}
