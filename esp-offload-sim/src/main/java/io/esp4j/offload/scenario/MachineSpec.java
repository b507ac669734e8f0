package io.esp4j.offload.scenario;

import io.esp4j.offload.host.FragmentPolicy;
import io.esp4j.offload.mac.SwitchMode;
import io.esp4j.wire.IpAddress;
import java.util.List;

/**
 * A machine.
 *
 * @param name its name, without dots
 * @param address its host's address
 * @param switchMode what its NIC does with local traffic
 * @param coalesce whether its hosts merge what they receive
 * @param fragments what becomes of fragmented ESP packets
 * @param guests its virtual machines
 */
public record MachineSpec(
        String name,
        IpAddress address,
        SwitchMode switchMode,
        boolean coalesce,
        FragmentPolicy fragments,
        List<Guest> guests) {
    /**
     * A virtual machine.
     *
     * @param name its name, without dots
     * @param address its address
     * @param vlans VLAN tags as {@link io.esp4j.offload.control.SadDomain} has them, 0 for none
     * @param trusted whether it may have offload
     */
    public record Guest(String name, IpAddress address, long vlans, boolean trusted) {}

    /**
     * A machine.
     *
     * @param name its name
     * @param address its host's address
     * @param switchMode what its NIC does with local traffic
     * @param coalesce whether its hosts merge what they receive
     * @param fragments what becomes of fragmented ESP packets
     * @param guests its virtual machines
     */
    public MachineSpec {
        guests = List.copyOf(guests);
    }
}
