package io.esp4j.offload.mac;

import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.offload.frame.ReceiveStatus;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The switch of one port of a NIC, between its functions and the agent.
 *
 * <ol>
 *   <li>From a function: super-frames are cut.
 *   <li>What an untrusted function sends gets a tag with the offload bit clear, which hides whatever tags it made itself.
 *   <li>As a VEB, what is for another function goes there; all else goes to the agent.
 *   <li>From the agent: to the function with the address and VLANs.
 * </ol>
 *
 * <p>Threads: single owner thread.
 */
public final class EmbeddedSwitch {
    private final Simulation simulation;
    private final String name;
    private final Frames frames;
    private final Counters counters;
    private final SwitchMode mode;
    private final List<SwitchPort> ports = new ArrayList<>();
    private final SegmentationOffload segmentation;
    private final EthernetHeader ethernet = new EthernetHeader();
    private final boolean tagging;
    private final long switchNanos;
    private final FrameSink fromAgent;
    private FrameSink toAgent;
    private FrameSink mirror;

    /**
     * A switch without functions.
     *
     * @param simulation the run
     * @param frames makes segments
     * @param name its name, such as {@code a.mac}
     * @param mode what it does with local traffic
     */
    public EmbeddedSwitch(Simulation simulation, Frames frames, String name, SwitchMode mode) {
        this.simulation = simulation;
        this.frames = frames;
        this.name = name;
        this.mode = mode;
        counters = simulation.counters(name);
        segmentation = new SegmentationOffload(frames);
        tagging = !simulation.has(Hazard.NO_PORT_TAG);
        switchNanos = simulation.value(Parameter.SWITCH_NANOS);
        FrameSink deliver = this::deliver;
        fromAgent = frame -> frame.passTo(simulation, simulation.nowNanos() + switchNanos, deliver);
    }

    /**
     * Connects it to the agent.
     *
     * @param agent takes what goes to the link
     */
    public void connect(FrameSink agent) {
        toAgent = agent;
    }

    /** {@return what takes frames from the agent} */
    public FrameSink fromAgent() {
        return fromAgent;
    }

    /** {@return what it does with local traffic} */
    public SwitchMode mode() {
        return mode;
    }

    /** {@return its counters} */
    public Counters counters() {
        return counters;
    }

    /**
     * Attaches a function.
     *
     * @param address its address
     * @param vlans the VLAN tags of its frames, as {@link EthernetHeader#vlans()} has them
     * @param trusted whether its tags mean something
     * @param toHost takes its frames
     * @return where its frames go in
     */
    public SwitchPort attach(MacAddress address, long vlans, boolean trusted, FrameSink toHost) {
        SwitchPort port = new SwitchPort(this, address, vlans, trusted, toHost);
        ports.add(port);
        return port;
    }

    /**
     * Detaches a function.
     *
     * @param port where it was attached
     */
    public void detach(SwitchPort port) {
        ports.remove(port);
    }

    /** {@return the addresses of all functions} */
    public List<MacAddress> addresses() {
        return ports.stream().map(SwitchPort::address).toList();
    }

    /**
     * {@return whether it forwards frames to an address itself, so that no offload reaches them}
     *
     * @param destination 48 bits
     */
    public boolean isShortcut(long destination) {
        if (mode == SwitchMode.VEB) {
            for (SwitchPort port : ports) {
                if (port.address.bits() == destination) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Mirrors what functions receive.
     *
     * @param to takes the copies: another link, say
     */
    public void mirrorTo(FrameSink to) {
        mirror = to;
    }

    void fromFunction(SwitchPort from, Frame frame) {
        if (frame.segmentOctets() == 0) {
            forward(from, frame);
            return;
        }
        int before = (int) frames.made();
        if (segmentation.cut(frame, segment -> forward(from, segment))) {
            tell(Step.SEGMENTED, frame, "into " + ((int) frames.made() - before));
            frame.end(counters, Counter.SEGMENTED);
        } else {
            frame.end(counters, Counter.TX_TOO_BIG);
        }
    }

    private void forward(SwitchPort from, Frame frame) {
        if (mode == SwitchMode.VEB && isForFunction(from, frame)) {
            return;
        }
        if (!from.trusted && tagging) {
            MetadataTag.pushBypass(frame);
        }
        toAgent.accept(frame);
    }

    /** Local traffic of a VEB. What asks for encryption can't have it here, and is dropped. */
    private boolean isForFunction(SwitchPort from, Frame frame) {
        if (ConfigurationTag.isOn(frame)) {
            return false;
        }
        boolean tagged = from.trusted && MetadataTag.isOn(frame) && MetadataTag.isWhole(frame);
        int tagOctets = tagged ? MetadataTag.OCTETS : 0;
        SwitchPort to = find(frame, tagOctets);
        if (to == null || to == from) {
            return false;
        }
        if (tagged && MetadataTag.offload(frame)) {
            frame.end(counters, Counter.TX_DROP_NO_OFFLOAD);
            return true;
        }
        if (tagged) {
            MetadataTag.pop(frame);
        }
        tell(Step.PASSED, frame, "local");
        frame.passTo(simulation, simulation.nowNanos() + switchNanos, to.toHost);
        return true;
    }

    private SwitchPort find(Frame frame, int tagOctets) {
        boolean whole = ethernet.walk(frame.memory(), frame.offset() + tagOctets, frame.length() - tagOctets);
        long destination = EthernetHeader.destination(frame.memory(), frame.offset());
        for (SwitchPort port : ports) {
            if (port.address.bits() == destination && (!whole || port.vlans == ethernet.vlans())) {
                return port;
            }
        }
        return null;
    }

    private void deliver(Frame frame) {
        boolean configuration = ConfigurationTag.isOn(frame);
        boolean tagged = !configuration && MetadataTag.isOn(frame);
        SwitchPort to = configuration ? driver(frame) : find(frame, tagged ? MetadataTag.OCTETS : 0);
        if (to == null) {
            frame.end(counters, Counter.RX_DROP_FILTERED);
            return;
        }
        if (mirror != null && !configuration) {
            mirror(frame, tagged);
        }
        to.toHost.accept(frame);
    }

    private SwitchPort driver(Frame frame) {
        long destination = EthernetHeader.destination(frame.memory(), frame.offset());
        for (SwitchPort port : ports) {
            if (port.address.bits() == destination) {
                return port;
            }
        }
        return null;
    }

    /** What the device has decrypted is not for another link. */
    private void mirror(Frame frame, boolean tagged) {
        boolean decrypted = tagged && MetadataTag.status(frame) == ReceiveStatus.DECRYPTED;
        if (!decrypted || simulation.has(Hazard.FORWARD_DECRYPTED)) {
            Frame copy = frame.copy();
            if (tagged) {
                MetadataTag.pop(copy);
            }
            mirror.accept(copy);
        }
    }

    private void tell(Step step, Frame frame, String detail) {
        if (simulation.trace().isOn()) {
            simulation.trace().tell(new TraceEvent(simulation.nowNanos(), name, step, frame.number(), 0, 0, detail));
        }
    }
}
