package io.esp4j.offload.control;

import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.MacAddress;

/**
 * Whose SA it is, on the Ethernet: what the extended key of the agent's SAD has beside destination, protocol and SPI. Threads: immutable.
 *
 * @param local the local address: the source of frames to the link, the destination of frames to the host
 * @param vlans the VLAN tags as {@link EthernetHeader#vlans()} has them: the order of QinQ counts
 */
public record SadDomain(MacAddress local, long vlans) {
    /**
     * {@return the domain of an address without VLANs}
     *
     * @param local the address
     */
    public static SadDomain of(MacAddress local) {
        return new SadDomain(local, 0);
    }

    /**
     * {@return the tag of a VLAN}
     *
     * @param number 1 to 4094
     */
    public static long vlan(int number) {
        return ((long) EthernetHeader.VLAN << 16) | number;
    }

    /**
     * {@return the two tags of QinQ}
     *
     * @param outer the service VLAN, 1 to 4094
     * @param inner the customer's VLAN, 1 to 4094
     */
    public static long vlans(int outer, int inner) {
        return (((long) EthernetHeader.SERVICE_VLAN << 16 | outer) << 32) | vlan(inner);
    }
}
