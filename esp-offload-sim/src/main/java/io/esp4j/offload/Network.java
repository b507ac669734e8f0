package io.esp4j.offload;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import io.esp4j.offload.agent.Agent;
import io.esp4j.offload.agent.AgentSettings;
import io.esp4j.offload.driver.PhysicalFunction;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.host.HostSettings;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.host.Neighbours;
import io.esp4j.offload.link.Link;
import io.esp4j.offload.mac.EmbeddedSwitch;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Hazard;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Parameters;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Machines and the links between them, in one run. Threads: single owner thread.
 *
 * <pre>{@code
 * Network network = Network.builder(seed).with(Parameter.SAD_CAPACITY, 4).build();
 * Machine a = network.machine("a", IpAddress.parse("192.0.2.1"));
 * Machine b = network.machine("b", IpAddress.parse("192.0.2.2"));
 * network.connect(a, b);
 * HostSa out = a.host().install(transmit, done -> {});
 * b.host().install(receive, done -> {});
 * network.run();
 * List<Delivery> received = b.host().record();
 * a.host().send(out, packet);
 * network.run();
 * }</pre>
 */
public final class Network {
    private static final FrameSink NOWHERE = frame -> {
        throw new IllegalStateException("frame " + frame.number() + " left a port without a link");
    };

    private final Simulation simulation;
    private final Frames frames;
    private final Neighbours neighbours = new Neighbours();
    private final Builder settings;
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final List<Link> links = new ArrayList<>();
    private int addresses;

    private Network(Builder settings) {
        this.settings = settings;
        simulation = new Simulation(settings.seed, Parameters.standard().with(settings.parameters), settings.hazards);
        frames = new Frames(simulation);
    }

    /**
     * {@return a builder with everything standard}
     *
     * @param seed what all luck comes from
     */
    public static Builder builder(long seed) {
        return new Builder(seed);
    }

    /** {@return the run} */
    public Simulation simulation() {
        return simulation;
    }

    /** {@return the book of all frames} */
    public Frames frames() {
        return frames;
    }

    /** {@return who is where} */
    public Neighbours neighbours() {
        return neighbours;
    }

    /** {@return all links, one for each direction, in the order of their connection} */
    public List<Link> links() {
        return List.copyOf(links);
    }

    /** {@return all machines, in the order of their making} */
    public List<Machine> machines() {
        return List.copyOf(machines.values());
    }

    /** {@return an Ethernet address that nobody has} */
    MacAddress nextAddress() {
        addresses++;
        return MacAddress.local(addresses);
    }

    HostStack newHost(String name) {
        HostSettings host = new HostSettings(settings.provider, settings.ivs(this, name), neighbours);
        return new HostStack(simulation, frames, name, host);
    }

    /**
     * Makes a machine with one port and a VEB.
     *
     * @param name its name
     * @param address the host's IP address
     * @return the machine
     */
    public Machine machine(String name, IpAddress address) {
        return machine(name, address, SwitchMode.VEB, 1);
    }

    /**
     * Makes a machine.
     *
     * @param name its name
     * @param address the host's IP address, on the first port
     * @param mode what the switches of its NIC do with local traffic
     * @param ports how many ports its NIC has
     * @return the machine
     */
    public Machine machine(String name, IpAddress address, SwitchMode mode, int ports) {
        AgentSettings agentSettings =
                new AgentSettings(settings.provider, settings.transforms, settings.ivs(this, name + ".agent"));
        Agent agent = new Agent(simulation, frames, name + ".agent", nextAddress(), agentSettings, ports);
        HostStack host = newHost(name + ".host");
        host.shareWindows(agent::sharedReceiver, agent::sharedDomain);
        Machine machine = new Machine(this, name, agent, host);
        MacAddress agentAddress = MacAddress.local(addresses);
        for (int port = 0; port < ports; port++) {
            String suffix = port == 0 ? "" : Integer.toString(port);
            EmbeddedSwitch mac = new EmbeddedSwitch(simulation, frames, name + ".mac" + suffix, mode);
            mac.connect(agent.port(port).fromMac());
            agent.port(port).connect(mac.fromAgent(), NOWHERE);
            MacAddress at = nextAddress();
            machine.add(mac, new PhysicalFunction(simulation, frames, mac, name + ".pf" + suffix, at, agentAddress));
            if (port == 0) {
                neighbours.enter(address, at);
            }
        }
        machines.put(name, machine);
        return machine;
    }

    /**
     * {@return a machine}
     *
     * @param name its name
     */
    public Machine machine(String name) {
        return machines.get(name);
    }

    /**
     * Connects the first ports of two machines.
     *
     * @param one a machine
     * @param other another
     */
    public void connect(Machine one, Machine other) {
        connect(one, 0, other, 0);
    }

    /**
     * Connects two ports, with a link in each direction.
     *
     * @param one a machine
     * @param onePort its port
     * @param other another
     * @param otherPort its port
     */
    public void connect(Machine one, int onePort, Machine other, int otherPort) {
        join(one, onePort, other.name(), other.agent().port(otherPort).fromLink());
        join(other, otherPort, one.name(), one.agent().port(onePort).fromLink());
    }

    /**
     * Connects a port to somebody who only looks on: a tap, whose frames end there.
     *
     * @param machine a machine
     * @param port its port
     * @return the link that leaves it
     */
    public Link tap(Machine machine, int port) {
        Counters counters = simulation.counters(machine.name() + ".tap" + port);
        return join(machine, port, "tap" + port, (Frame frame) -> frame.end(counters, Counter.MIRRORED));
    }

    private Link join(Machine from, int port, String to, FrameSink sink) {
        String suffix = port == 0 ? "" : Integer.toString(port);
        Link link = new Link(simulation, from.name() + suffix + "-" + to, sink);
        from.agent().port(port).connect(from.mac(port).fromAgent(), link);
        from.link(port, link);
        links.add(link);
        return link;
    }

    /** Lets everything happen until nothing is left to happen. */
    public void run() {
        simulation.run();
    }

    /** Found once: looking for providers takes longer than many a run. */
    private static final class Standard {
        static final CryptoProvider PROVIDER = CryptoProviders.load().named("jdk");

        private Standard() {}
    }

    /** Collects the settings of a network. Threads: single owner thread. */
    public static final class Builder {
        private final long seed;
        private final Map<Parameter, Long> parameters = new EnumMap<>(Parameter.class);
        private final Set<Hazard> hazards = EnumSet.noneOf(Hazard.class);
        private CryptoProvider provider;
        private Predicate<Transform> transforms = transform -> true;
        private Function<String, RandomGenerator> ivs;

        private Builder(long seed) {
            this.seed = seed;
        }

        /**
         * Gives a parameter another value.
         *
         * @param parameter which
         * @param value at least 0
         * @return this
         */
        public Builder with(Parameter parameter, long value) {
            parameters.put(parameter, value);
            return this;
        }

        /**
         * Makes a mistake on purpose.
         *
         * @param hazard which
         * @return this
         */
        public Builder with(Hazard hazard) {
            hazards.add(hazard);
            return this;
        }

        /**
         * Lets another provider compute all crypto, in software and in devices; the Java platform's by default, which is the
         * same on all machines.
         *
         * @param chosen the provider
         * @return this
         */
        public Builder provider(CryptoProvider chosen) {
            provider = chosen;
            return this;
        }

        /**
         * Limits what devices can do; everything by default.
         *
         * @param supported the transforms that they support
         * @return this
         */
        public Builder deviceTransforms(Predicate<Transform> supported) {
            transforms = supported;
            return this;
        }

        /**
         * Says where unpredictable IVs come from; by default each part has a generator of its own, from the seed.
         *
         * @param source makes the generator of a part, by its name
         * @return this
         */
        public Builder ivs(Function<String, RandomGenerator> source) {
            ivs = source;
            return this;
        }

        private RandomGenerator ivs(Network network, String part) {
            return ivs == null ? network.simulation.random("iv of " + part) : ivs.apply(part);
        }

        /** {@return the network, without machines} */
        public Network build() {
            if (provider == null) {
                provider = Standard.PROVIDER;
            }
            return new Network(this);
        }
    }
}
