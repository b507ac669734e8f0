package io.esp4j.offload.driver;

import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.mac.EmbeddedSwitch;
import io.esp4j.offload.mac.FlowHash;
import io.esp4j.offload.mac.SwitchPort;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Rate;
import io.esp4j.offload.simulation.Simulation;

/**
 * A function of a NIC with its driver: one transmit ring, several receive rings, and DMA between them and the switch.
 *
 * <p>Threads: single owner thread.
 */
public abstract sealed class NetworkFunction implements DeviceOperations permits PhysicalFunction, VirtualFunction {
    final Simulation simulation;
    final Counters counters;
    DeviceListener listener;
    private final String name;
    private final MacAddress address;
    private final long vlans;
    private final EmbeddedSwitch mac;
    private final SwitchPort port;
    private final EthernetHeader ethernet = new EthernetHeader();
    private final FrameSink sending = this::sent;
    private final FrameSink receiving = this::received;
    private final int[] ring;
    private final long[] queueBusyUntil;
    private final long[] queueFrames;
    private final int txDepth;
    private final int rxDepth;
    private final long dmaNanos;
    private final Rate txDma;
    private final Rate rxDma;
    private final long hostNanos;
    private FlowHash hash = new FlowHash(true);
    private FrameSink host;
    private int txWaiting;
    private long txBusyUntil;
    private long rxBusyUntil;
    private boolean attached = true;

    NetworkFunction(
            Simulation simulation, EmbeddedSwitch mac, String name, MacAddress address, long vlans, boolean trusted) {
        this.simulation = simulation;
        this.mac = mac;
        this.name = name;
        this.address = address;
        this.vlans = vlans;
        counters = simulation.counters(name);
        int queues = (int) simulation.value(Parameter.RX_QUEUES);
        ring = new int[queues];
        queueBusyUntil = new long[queues];
        queueFrames = new long[queues];
        txDepth = (int) simulation.value(Parameter.TX_RING_FRAMES);
        rxDepth = (int) simulation.value(Parameter.RX_RING_FRAMES);
        dmaNanos = simulation.value(Parameter.DMA_LATENCY_NANOS);
        txDma = new Rate(simulation.value(Parameter.DMA_BITS_PER_SECOND));
        rxDma = new Rate(simulation.value(Parameter.DMA_BITS_PER_SECOND));
        hostNanos = simulation.value(Parameter.HOST_PACKET_NANOS);
        host = frame -> frame.end(counters, Counter.RX_DROP_FILTERED);
        port = mac.attach(address, vlans, trusted, this::receive);
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its address} */
    public MacAddress address() {
        return address;
    }

    /** {@return the VLAN tags of its frames, as {@link EthernetHeader#vlans()} has them} */
    public long vlans() {
        return vlans;
    }

    /** {@return its domain in the agent's SAD} */
    public SadDomain domain() {
        return new SadDomain(address, vlans);
    }

    /** {@return its counters} */
    public Counters counters() {
        return counters;
    }

    /**
     * Gives it to a host.
     *
     * @param receiver takes received packets, without tags; what the device said of them is in the frame's descriptor
     * @param deviceListener hears what the device says by itself
     */
    public void bind(FrameSink receiver, DeviceListener deviceListener) {
        host = receiver;
        listener = deviceListener;
    }

    /**
     * Chooses receive queues in another way than with the SPI.
     *
     * @param other the hash
     */
    public void hash(FlowHash other) {
        hash = other;
    }

    /**
     * {@return how many frames came through a receive queue}
     *
     * @param queue its number, from 0
     */
    public long queueFrames(int queue) {
        return queueFrames[queue];
    }

    /** Takes it out of the switch: nothing reaches it any more, and nothing of it leaves. */
    void detach() {
        attached = false;
        mac.detach(port);
    }

    /** {@return whether it is in its switch} */
    boolean isAttached() {
        return attached;
    }

    /**
     * Puts a frame on the transmit ring, as the host made it: with its tag, if it has one.
     *
     * @param frame the frame
     */
    public void transmit(Frame frame) {
        if (!attached) {
            frame.end(counters, Counter.TX_DEVICE_DOWN);
        } else if (txWaiting >= txDepth) {
            frame.end(counters, Counter.TX_RING_FULL);
        } else {
            txWaiting++;
            long start = Math.max(simulation.nowNanos(), txBusyUntil);
            txBusyUntil = start + txDma.nanos(frame.length());
            frame.passTo(simulation, txBusyUntil + dmaNanos, sending);
        }
    }

    private void sent(Frame frame) {
        txWaiting--;
        if (attached) {
            port.accept(frame);
        } else {
            frame.end(counters, Counter.TX_DEVICE_DOWN);
        }
    }

    /** A frame from the switch. */
    private void receive(Frame frame) {
        if (ConfigurationTag.isOn(frame)) {
            frame.passTo(simulation, simulation.nowNanos() + dmaNanos, this::configuration);
            return;
        }
        if (MetadataTag.isOn(frame)) {
            OffloadMode mode = MetadataTag.packetMode(frame) ? OffloadMode.PACKET : OffloadMode.CRYPTO;
            frame.mark(MetadataTag.status(frame), mode, MetadataTag.saHandle(frame), MetadataTag.sequenceHigh(frame));
            MetadataTag.pop(frame);
        }
        int queue = queueOf(frame);
        if (ring[queue] >= rxDepth) {
            frame.end(counters, Counter.RX_MISSED);
            return;
        }
        ring[queue]++;
        queueFrames[queue]++;
        frame.queue(queue);
        long start = Math.max(simulation.nowNanos(), rxBusyUntil);
        rxBusyUntil = start + rxDma.nanos(frame.length());
        queueBusyUntil[queue] = Math.max(rxBusyUntil + dmaNanos, queueBusyUntil[queue]) + hostNanos;
        frame.passTo(simulation, queueBusyUntil[queue], receiving);
    }

    private int queueOf(Frame frame) {
        if (!ethernet.walk(frame.memory(), frame.offset(), frame.length())) {
            return 0;
        }
        int ipAt = ethernet.payloadAt();
        return Integer.remainderUnsigned(hash.of(frame.memory(), ipAt, frame.end() - ipAt), ring.length);
    }

    private void received(Frame frame) {
        ring[frame.queue()]--;
        if (attached) {
            host.accept(frame);
        } else {
            frame.end(counters, Counter.RX_DEVICE_DOWN);
        }
    }

    /** A reply or a notice; only the PF's driver has asked for any. */
    void configuration(Frame frame) {
        frame.end(counters, Counter.RX_DROP_FORGED_TAG);
    }

    @Override
    public boolean offloadOk(Frame frame, int ipAt, boolean encrypted) {
        if (encrypted && !simulation.has(Hazard.ENCRYPT_TWICE)) {
            return false;
        }
        return !mac.isShortcut(EthernetHeader.destination(frame.memory(), frame.offset()))
                && OffloadCheck.isPlain(frame.memory(), ipAt, encrypted);
    }
}
