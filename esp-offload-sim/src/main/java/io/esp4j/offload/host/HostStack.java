package io.esp4j.offload.host;

import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.Worker;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SadDomain;
import io.esp4j.offload.driver.NetworkFunction;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.offload.simulation.TraceEvent.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The stack of one host or virtual machine: its SAs, what it sends and what it receives. Threads: single owner thread.
 */
public final class HostStack {
    final Simulation simulation;
    final Frames frames;
    final String name;
    final Counters counters;
    final HostSettings settings;
    final Dataplane dataplane;
    final Worker worker;
    final List<NetworkFunction> functions = new ArrayList<>();
    OffloadEngine engine;
    private final HostSas sas;
    private final TransmitStack transmit;
    private final ReceiveStack receive;

    /**
     * A stack without functions.
     *
     * @param simulation the run
     * @param frames makes frames
     * @param name its name, such as {@code a.host}
     * @param settings what it is made of
     */
    public HostStack(Simulation simulation, Frames frames, String name, HostSettings settings) {
        this.simulation = simulation;
        this.frames = frames;
        this.name = name;
        this.settings = settings;
        counters = simulation.counters(name);
        dataplane = Dataplane.builder()
                .provider(settings.provider())
                .random(settings.ivs())
                .clock(simulation::nowNanos)
                .rememberedKeys(0) // the device remembers, or does harm if it does not
                .build();
        worker = dataplane.newWorker(software -> {
            engine = new OffloadEngine(software);
            return engine;
        });
        sas = new HostSas(this);
        transmit = new TransmitStack(this);
        receive = new ReceiveStack(this, sas, transmit);
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its counters} */
    public Counters counters() {
        return counters;
    }

    /**
     * Gives it a function of a NIC.
     *
     * @param function the function
     */
    public void attach(NetworkFunction function) {
        functions.add(function);
        function.bind(receive, sas.listenerOf(function));
    }

    /** {@return its functions, in the order in which they were attached} */
    public List<NetworkFunction> functions() {
        return List.copyOf(functions);
    }

    /**
     * Lends it the windows of the device's SAs for packet offload, so that it can open by itself what the device can't.
     *
     * @param receiver makes a worker over them
     * @param domains the numbers under which they know domains
     */
    public void shareWindows(Supplier<Worker> receiver, ToIntFunction<SadDomain> domains) {
        receive.shareWindows(receiver, domains);
    }

    /**
     * Installs an SA, in the device of the first function if it asks for offload. With crypto offload a device that does not
     * support it means software, silently; any other refusal is an error, and so is every one with packet offload.
     *
     * @param sa the SA
     * @param answer hears the end of it: {@link HostSa#place()} and {@link HostSa#status()} say how it went
     * @return the SA
     */
    public HostSa install(OffloadSa sa, Consumer<HostSa> answer) {
        return install(sa, 0, answer);
    }

    /**
     * Installs an SA in the device of a function.
     *
     * @param sa the SA
     * @param function the function's number
     * @param answer hears the end of it
     * @return the SA
     */
    public HostSa install(OffloadSa sa, int function, Consumer<HostSa> answer) {
        return sas.install(sa, functions.get(function), answer);
    }

    /**
     * Installs an SA as a key-management daemon does that wants it in any case: if the device refuses, in software, as if
     * offload had never been tried.
     *
     * @param sa the SA, not for packet offload
     * @param answer hears which SA it is
     */
    public void installAnyhow(OffloadSa sa, Consumer<HostSa> answer) {
        sas.installAnyhow(sa, functions.get(0), answer);
    }

    /**
     * Removes an SA, in the device too.
     *
     * @param sa an SA of this host
     * @param answer is run when it is gone
     */
    public void remove(HostSa sa, Runnable answer) {
        sas.remove(sa, answer);
    }

    /** {@return its SAs, in the order of their installation} */
    public List<HostSa> associations() {
        return sas.all();
    }

    /**
     * Says what becomes of fragmented ESP packets of SAs for packet offload; dropped by default.
     *
     * @param policy what
     */
    public void fragments(FragmentPolicy policy) {
        receive.fragments(policy);
    }

    /**
     * Merges received TCP segments, or not; not by default.
     *
     * @param on whether it does
     */
    public void coalesce(boolean on) {
        receive.coalesce(on);
    }

    /**
     * Sends a packet in clear.
     *
     * @param packet an IP packet, copied
     */
    public void send(byte[] packet) {
        send(null, packet, SendOptions.PLAIN);
    }

    /**
     * Sends a packet through an SA.
     *
     * @param sa the SA, or null for in clear
     * @param packet an IP packet, copied
     */
    public void send(HostSa sa, byte[] packet) {
        send(sa, packet, SendOptions.PLAIN);
    }

    /**
     * Sends a packet.
     *
     * @param sa the SA, or null for in clear
     * @param packet an IP packet, copied
     * @param options how
     */
    public void send(HostSa sa, byte[] packet, SendOptions options) {
        transmit.send(sa, frames.make(packet), options);
    }

    /**
     * Lets somebody take what it receives.
     *
     * @param sink takes each packet
     */
    public void deliverTo(DeliverySink sink) {
        receive.deliverTo(sink);
    }

    /** {@return a list that all packets from now on are added to} */
    public List<Delivery> record() {
        List<Delivery> deliveries = new ArrayList<>();
        deliverTo((memory, at, octets, sa, protection, segments) -> {
            byte[] packet = new byte[octets];
            memory.read(at, packet, 0, octets);
            deliveries.add(new Delivery(simulation.nowNanos(), packet, sa, protection, segments));
        });
        return deliveries;
    }

    /**
     * Sends what it receives on, as it is after decryption, instead of delivering it.
     *
     * @param function the number of the function that it goes out by
     * @param to the Ethernet address that it goes to
     */
    public void redirect(int function, MacAddress to) {
        receive.redirect(functions.get(function), to);
    }

    void tell(Step step, long frame, int spi, long sequence, String detail) {
        if (simulation.trace().isOn()) {
            simulation.trace().tell(new TraceEvent(simulation.nowNanos(), name, step, frame, spi, sequence, detail));
        }
    }
}
