package io.esp4j.offload.scenario;

import io.esp4j.offload.Machine;
import io.esp4j.offload.Network;
import io.esp4j.offload.control.Command;
import io.esp4j.offload.control.OffloadSa;
import io.esp4j.offload.control.SaDirection;
import io.esp4j.offload.driver.VirtualFunction;
import io.esp4j.offload.frame.ConfigurationTag;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.frame.OffloadMode;
import io.esp4j.offload.host.Delivery;
import io.esp4j.offload.host.HostSa;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.host.SendOptions;
import io.esp4j.offload.link.Impairment;
import io.esp4j.offload.link.Link;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.offload.simulation.TraceEvent;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.IpHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Plays one run: makes its network, installs its SAs, lets its steps happen. Used once. Threads: single owner thread. */
public final class ScenarioPlayer {
    private final ScenarioRun run;
    private final long seed;
    private final Network network;
    private final Simulation simulation;
    private final Map<String, HostStack> hosts = new LinkedHashMap<>();
    private final Map<String, IpAddress> addresses = new LinkedHashMap<>();
    private final Map<String, VirtualFunction> guests = new LinkedHashMap<>();
    private final Map<String, List<Delivery>> deliveries = new LinkedHashMap<>();
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, HostSa> senders = new LinkedHashMap<>();
    private final Map<String, HostSa> receivers = new LinkedHashMap<>();
    private final Map<String, AssociationSpec> associations = new LinkedHashMap<>();
    private final List<WireFrame> wire = new ArrayList<>();
    private final Traffic traffic = new Traffic();

    private ScenarioPlayer(ScenarioRun run, long seed) {
        this.run = run;
        this.seed = seed;
        Network.Builder builder = Network.builder(seed);
        run.parameters().forEach(builder::with);
        run.hazards().forEach(builder::with);
        network = builder.build();
        simulation = network.simulation();
    }

    /**
     * Plays a run.
     *
     * @param run what to play
     * @param seed what all luck comes from
     * @return what came of it; the same for the same seed
     */
    public static RunResult play(ScenarioRun run, long seed) {
        return new ScenarioPlayer(run, seed).play();
    }

    private RunResult play() {
        List<TraceEvent> trace = simulation.trace().record();
        run.machines().forEach(this::make);
        run.connections().forEach(pair -> network.connect(network.machine(pair.one()), network.machine(pair.other())));
        for (Link link : network.links()) {
            links.put(link.name(), link);
            link.observe((nanos, frame) -> wire.add(seen(nanos, link, frame)));
        }
        guests.values().forEach(guest -> guest.open(() -> {}));
        network.run();
        for (AssociationSpec association : run.associations()) {
            associations.put(association.name(), association);
            if (association.installed()) {
                install(association);
                network.run(); // one after the other, as a key exchange does
            }
        }
        long start = simulation.nowNanos();
        for (Step step : run.steps()) {
            schedule(start, step);
        }
        network.run();
        return new RunResult(
                run,
                seed,
                start,
                simulation.nowNanos(),
                List.copyOf(wire),
                List.copyOf(trace),
                simulation.counters(),
                deliveries,
                network.frames().underWay(),
                new Measures(simulation.counters(), wire, deliveries));
    }

    private void make(MachineSpec spec) {
        Machine machine = network.machine(spec.name(), spec.address(), spec.switchMode(), 1);
        enter(spec.name(), machine.host(), spec.address(), spec);
        for (MachineSpec.Guest guest : spec.guests()) {
            String name = spec.name() + "." + guest.name();
            enter(
                    name,
                    machine.start(guest.name(), guest.address(), guest.vlans(), guest.trusted()),
                    guest.address(),
                    spec);
            guests.put(name, machine.virtual(guest.name()));
        }
    }

    private void enter(String name, HostStack host, IpAddress address, MachineSpec spec) {
        host.coalesce(spec.coalesce());
        host.fragments(spec.fragments());
        hosts.put(name, host);
        addresses.put(name, address);
        deliveries.put(name, host.record());
    }

    private static WireFrame seen(long nanos, Link link, Frame frame) {
        byte[] octets = new byte[frame.length()];
        frame.memory().read(frame.offset(), octets, 0, octets.length);
        return new WireFrame(nanos, link.name(), frame.number(), octets);
    }

    private void install(AssociationSpec association) {
        install(association, SaDirection.RECEIVE);
        install(association, SaDirection.TRANSMIT);
    }

    /** With crypto offload what is in the table after a refusal is the SA of the second attempt, in software. */
    private void install(AssociationSpec association, SaDirection direction) {
        boolean transmit = direction == SaDirection.TRANSMIT;
        OffloadMode mode = transmit ? association.transmit() : association.receive();
        Map<String, HostSa> table = transmit ? senders : receivers;
        HostStack host = hosts.get(transmit ? association.from() : association.to());
        OffloadSa sa = new OffloadSa(
                association.parameters(addresses.get(association.from()), addresses.get(association.to())),
                association.key(seed),
                direction,
                mode,
                null,
                association.mtu());
        if (mode == OffloadMode.CRYPTO) {
            host.installAnyhow(sa, done -> table.put(association.name(), done));
        } else {
            table.put(association.name(), host.install(sa, done -> {}));
        }
    }

    private void schedule(long start, Step step) {
        long at = start + step.atNanos();
        if (step instanceof Step.Send send) {
            for (int i = 0; i < send.times(); i++) {
                simulation.at(at + i * send.everyNanos(), () -> send(send));
            }
        } else {
            simulation.at(at, () -> perform(step));
        }
    }

    private void send(Step.Send send) {
        AssociationSpec association = associations.get(send.association());
        HostStack host = hosts.get(send.from());
        HostSa sa = association == null ? null : senders.get(association.name());
        if (association != null && sa == null) { // removed, or not there yet: never in clear instead
            host.counters().count(Counter.XFRM_OUT_NO_STATES);
            return;
        }
        String to = association == null ? send.to() : association.to();
        byte[] packet = traffic.next(addresses.get(send.from()), addresses.get(to), send);
        host.send(sa, packet, new SendOptions(send.segmentOctets(), 0, send.software(), false));
    }

    private void perform(Step step) {
        if (step instanceof Step.Trouble trouble) {
            links.get(trouble.link()).impair(new PlannedTrouble(trouble));
        } else if (step instanceof Step.Chance chance) {
            links.get(chance.link())
                    .impair(Impairment.random(
                            simulation.random("chance " + chance.link()),
                            chance.loss(),
                            chance.duplication(),
                            chance.reordering(),
                            Math.max(1, chance.delayNanos())));
        } else if (step instanceof Step.Prioritise prioritise) {
            prioritise(prioritise);
        } else if (step instanceof Step.Reset reset) {
            network.machine(reset.machine()).physical().reset();
        } else if (step instanceof Step.Install install) {
            install(associations.get(install.association()));
        } else if (step instanceof Step.Remove remove) {
            AssociationSpec association = associations.get(remove.association());
            remove(hosts.get(association.from()), senders.remove(association.name()));
            remove(hosts.get(association.to()), receivers.remove(association.name()));
        } else if (step instanceof Step.Destroy destroy) {
            guests.get(destroy.guest()).destroy();
        } else if (step instanceof Step.Open open) {
            guests.get(open.guest()).open(() -> {});
        } else if (step instanceof Step.Forge forge) {
            forge(guests.get(forge.guest()));
        }
    }

    private static void remove(HostStack host, HostSa sa) {
        if (sa != null) {
            host.remove(sa, () -> {});
        }
    }

    private void prioritise(Step.Prioritise step) {
        Link link = links.get(step.link());
        EthernetHeader ethernet = new EthernetHeader();
        ToIntFunction<Frame> classOf = frame -> {
            if (!ethernet.walk(frame.memory(), frame.offset(), frame.length()) || !ethernet.isIp()) {
                return step.dscps().size();
            }
            int dscp = IpHead.trafficClass(frame.memory().int64(ethernet.payloadAt())) >>> 2;
            int index = step.dscps().indexOf(dscp);
            return index < 0 ? step.dscps().size() : index;
        };
        link.prioritise(step.dscps().size() + 1, classOf);
        if (step.bitsPerSecond() > 0) {
            link.rate(step.bitsPerSecond());
        }
    }

    private void forge(VirtualFunction guest) {
        guest.transmit(ConfigurationTag.make(
                network.frames(),
                MacAddress.BROADCAST,
                guest.address(),
                Command.REMOVE_ALL.ordinal(),
                0,
                1,
                new byte[0]));
    }
}
