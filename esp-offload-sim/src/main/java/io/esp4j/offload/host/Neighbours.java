package io.esp4j.offload.host;

import io.esp4j.offload.frame.MacAddress;
import io.esp4j.wire.IpAddress;
import java.util.HashMap;
import java.util.Map;

/** Which Ethernet address an IP address is behind: one table for the whole network. Threads: single owner thread. */
public final class Neighbours {
    private final Map<IpAddress, MacAddress> table = new HashMap<>();

    /** An empty table. */
    public Neighbours() {}

    /**
     * Enters an address.
     *
     * @param address IP
     * @param at Ethernet
     */
    public void enter(IpAddress address, MacAddress at) {
        table.put(address, at);
    }

    /**
     * {@return the Ethernet address, or null}
     *
     * @param address IP
     */
    public MacAddress find(IpAddress address) {
        return table.get(address);
    }
}
