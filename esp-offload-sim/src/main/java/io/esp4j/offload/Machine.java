package io.esp4j.offload;

import io.esp4j.offload.agent.Agent;
import io.esp4j.offload.driver.PhysicalFunction;
import io.esp4j.offload.driver.VirtualFunction;
import io.esp4j.offload.frame.MacAddress;
import io.esp4j.offload.host.HostStack;
import io.esp4j.offload.link.Link;
import io.esp4j.offload.mac.EmbeddedSwitch;
import io.esp4j.wire.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine of a network: one NIC with an agent, a switch and a PF for each port, a host over the PFs, and virtual machines
 * over VFs. Threads: single owner thread.
 */
public final class Machine {
    private final Network network;
    private final String name;
    private final Agent agent;
    private final HostStack host;
    private final List<EmbeddedSwitch> switches = new ArrayList<>();
    private final List<PhysicalFunction> physical = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final Map<String, VirtualFunction> virtual = new LinkedHashMap<>();
    private final Map<String, HostStack> guests = new LinkedHashMap<>();

    Machine(Network network, String name, Agent agent, HostStack host) {
        this.network = network;
        this.name = name;
        this.agent = agent;
        this.host = host;
    }

    void add(EmbeddedSwitch mac, PhysicalFunction function) {
        switches.add(mac);
        physical.add(function);
        links.add(null);
        host.attach(function);
    }

    void link(int port, Link link) {
        links.set(port, link);
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return the agent of its NIC} */
    public Agent agent() {
        return agent;
    }

    /** {@return the stack of the host, or of the hypervisor} */
    public HostStack host() {
        return host;
    }

    /** {@return the PF of the first port} */
    public PhysicalFunction physical() {
        return physical(0);
    }

    /**
     * {@return the PF of a port}
     *
     * @param port its number, from 0
     */
    public PhysicalFunction physical(int port) {
        return physical.get(port);
    }

    /**
     * {@return the switch of a port}
     *
     * @param port its number, from 0
     */
    public EmbeddedSwitch mac(int port) {
        return switches.get(port);
    }

    /** {@return the link that leaves the first port, or null if none was connected} */
    public Link link() {
        return link(0);
    }

    /**
     * {@return the link that leaves a port, or null if none was connected}
     *
     * @param port its number, from 0
     */
    public Link link(int port) {
        return links.get(port);
    }

    /**
     * Starts a virtual machine over a VF of the first port. It may have offload when its VF is open
     * ({@link VirtualFunction#open}).
     *
     * @param guest its name
     * @param address its IP address
     * @param vlans the VLAN tags of its frames, 0 for none
     * @param trusted whether it may have offload
     * @return its stack
     */
    public HostStack start(String guest, IpAddress address, long vlans, boolean trusted) {
        return start(guest, address, network.nextAddress(), vlans, trusted);
    }

    /**
     * Starts a virtual machine with a given Ethernet address.
     *
     * @param guest its name
     * @param address its IP address
     * @param at its Ethernet address
     * @param vlans the VLAN tags of its frames, 0 for none
     * @param trusted whether it may have offload
     * @return its stack
     */
    public HostStack start(String guest, IpAddress address, MacAddress at, long vlans, boolean trusted) {
        String full = name + "." + guest;
        VirtualFunction function = new VirtualFunction(
                network.simulation(), switches.get(0), physical.get(0), full + ".vf", at, vlans, trusted);
        HostStack stack = network.newHost(full);
        stack.attach(function);
        stack.shareWindows(agent::sharedReceiver, agent::sharedDomain);
        network.neighbours().enter(address, at);
        virtual.put(guest, function);
        guests.put(guest, stack);
        return stack;
    }

    /**
     * {@return the stack of a virtual machine}
     *
     * @param guest its name
     */
    public HostStack guest(String guest) {
        return guests.get(guest);
    }

    /**
     * {@return the VF of a virtual machine}
     *
     * @param guest its name
     */
    public VirtualFunction virtual(String guest) {
        return virtual.get(guest);
    }
}
