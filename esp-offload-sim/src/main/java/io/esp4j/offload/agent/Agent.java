package io.esp4j.offload.agent;

import io.esp4j.dataplane.Worker;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The agent of one NIC: a SAD that its ports share, and a {@link AgentPort} for each link. Threads: single owner thread.
 */
public final class Agent {
    final Simulation simulation;
    final Frames frames;
    final String name;
    final Counters counters;
    final MacAddress address;
    final AgentSad sad;
    private final List<AgentPort> ports = new ArrayList<>();
    private boolean down;

    /**
     * An agent without SAs.
     *
     * @param simulation the run
     * @param frames makes its frames
     * @param name its name, such as {@code a.agent}
     * @param address its address, from which its replies come
     * @param settings what it is made of
     * @param ports how many links it has
     */
    public Agent(
            Simulation simulation, Frames frames, String name, MacAddress address, AgentSettings settings, int ports) {
        this.simulation = simulation;
        this.frames = frames;
        this.name = name;
        this.address = address;
        counters = simulation.counters(name);
        sad = new AgentSad(simulation, settings);
        for (int port = 0; port < ports; port++) {
            this.ports.add(new AgentPort(this, port));
        }
    }

    /**
     * {@return a port}
     *
     * @param number from 0
     */
    public AgentPort port(int number) {
        return ports.get(number);
    }

    /** {@return its counters} */
    public Counters counters() {
        return counters;
    }

    /** {@return how many SAs it holds} */
    public int saCount() {
        return sad.size();
    }

    /**
     * {@return where an SA's numbers stand: towards the link the least next one, towards the host the highest so far}
     *
     * @param handle the SA's handle
     */
    public long position(int handle) {
        AgentSa sa = sad.byHandle(handle);
        if (sa == null) {
            throw new IllegalArgumentException("handle " + handle + ": expected that of an installed SA");
        }
        return sa.position();
    }

    /**
     * {@return a worker that opens packets with the windows of the device's own SAs for packet offload: what a driver has
     * that reaches into the device for a packet that the device can't open itself}
     */
    public Worker sharedReceiver() {
        return sad.newReceiver();
    }

    /**
     * {@return the number under which the windows of {@link #sharedReceiver()} know a domain}
     *
     * @param owner the domain
     */
    public int sharedDomain(SadDomain owner) {
        return sad.domainOf(owner);
    }

    /** {@return whether it is down} */
    public boolean isDown() {
        return down;
    }

    /**
     * Loses all SAs and all frames that wait in it, as a device does that is reset or crashes. A notice goes to each port's
     * driver at once, with where the numbers stood; another one when it is up again.
     */
    public void reset() {
        if (down) {
            return;
        }
        down = true;
        tell("down", 0);
        for (AgentPort port : ports) {
            port.control().noticeDown(sad.ofPort(port.number()));
        }
        List<AgentSa> all = sad.ofPort(-1);
        all.forEach(sad::remove);
        counters.count(Counter.SA_FLUSHED, all.size());
        simulation.after(simulation.value(Parameter.RESET_NANOS), () -> {
            down = false;
            tell("up", 0);
            ports.forEach(port -> port.control().noticeUp());
        });
    }

    private void tell(String what, int spi) {
        if (simulation.trace().isOn()) {
            simulation.trace().tell(new TraceEvent(simulation.nowNanos(), name, Step.DEVICE, 0, spi, 0, what));
        }
    }

    void tell(Step step, long frame, int spi, long sequence, String detail) {
        if (simulation.trace().isOn()) {
            simulation.trace().tell(new TraceEvent(simulation.nowNanos(), name, step, frame, spi, sequence, detail));
        }
    }
}
