package io.esp4j.offload.scenario;

import java.util.List;
import java.util.Set;

/** Something that happens in a run, at a time after all SAs were installed. */
public sealed interface Step {
    /** {@return when, simulated nanoseconds} */
    long atNanos();

    /**
     * A host sends TCP or UDP of one flow.
     *
     * @param atNanos when the first packet goes
     * @param from who sends
     * @param association through which SA, or null for in clear
     * @param to who receives what goes in clear
     * @param octets payload of a packet
     * @param segmentOctets what the packet is to be cut into, 0 for not at all
     * @param times how many packets
     * @param everyNanos from one to the next
     * @param software whether software must encrypt
     * @param udp UDP rather than TCP
     * @param dscp 0 to 63
     * @param dontFragment the flag of IPv4
     * @param flow tells flows apart, 0 to 999
     */
    record Send(
            long atNanos,
            String from,
            String association,
            String to,
            int octets,
            int segmentOctets,
            int times,
            long everyNanos,
            boolean software,
            boolean udp,
            int dscp,
            boolean dontFragment,
            int flow)
            implements Step {}

    /**
     * Certain frames of a link fare badly from now on, counted from 1.
     *
     * @param atNanos when counting begins
     * @param link the link's name, such as {@code a-b}
     * @param lose frames that are lost
     * @param duplicate frames that arrive twice
     * @param delay frames that are delayed
     * @param delayNanos by how much
     * @param damage frames whose last octet changes
     * @param remark a DSCP that all frames get, or -1
     */
    record Trouble(
            long atNanos,
            String link,
            Set<Integer> lose,
            Set<Integer> duplicate,
            Set<Integer> delay,
            long delayNanos,
            Set<Integer> damage,
            int remark)
            implements Step {}

    /**
     * Frames of a link fare badly by chance.
     *
     * @param atNanos from when on
     * @param link the link's name
     * @param loss chance of a loss, 0 to 1
     * @param duplication chance that a frame arrives twice
     * @param reordering chance that it is delayed
     * @param delayNanos by how much at most
     */
    record Chance(long atNanos, String link, double loss, double duplication, double reordering, long delayNanos)
            implements Step {}

    /**
     * A link gets strict priorities by DSCP.
     *
     * @param atNanos when
     * @param link the link's name
     * @param dscps from the most important one; all others come last
     * @param bitsPerSecond its new rate, or 0 for the old one
     */
    record Prioritise(long atNanos, String link, List<Integer> dscps, long bitsPerSecond) implements Step {}

    /**
     * A machine's device is reset.
     *
     * @param atNanos when
     * @param machine whose
     */
    record Reset(long atNanos, String machine) implements Step {}

    /**
     * Both ends of an association are installed, once more if they were removed.
     *
     * @param atNanos when
     * @param association which
     */
    record Install(long atNanos, String association) implements Step {}

    /**
     * Both ends of an association are removed.
     *
     * @param atNanos when
     * @param association which
     */
    record Remove(long atNanos, String association) implements Step {}

    /**
     * A virtual machine is killed: its VF vanishes without a word.
     *
     * @param atNanos when
     * @param guest a machine, a dot and a guest
     */
    record Destroy(long atNanos, String guest) implements Step {}

    /**
     * A virtual machine's VF asks for resources.
     *
     * @param atNanos when
     * @param guest a machine, a dot and a guest
     */
    record Open(long atNanos, String guest) implements Step {}

    /**
     * A virtual machine sends a frame that pretends to be the driver's: a command to remove all SAs.
     *
     * @param atNanos when
     * @param guest a machine, a dot and a guest
     */
    record Forge(long atNanos, String guest) implements Step {}
}
