package io.esp4j.sa;

import io.esp4j.crypto.Transform;
import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.util.List;
import java.util.Objects;

/**
 * Everything about one security association but its keys: one direction, one SPI. Made by a builder that refuses every
 * combination that the RFCs forbid. Threads: immutable.
 */
public final class SaParameters {
    private final SaBuilder values;

    SaParameters(SaBuilder values) {
        this.values = values;
    }

    /**
     * A tunnel-mode SA.
     *
     * @param spi the Security Parameters Index, 256 to 2^32 − 1 as an unsigned number
     * @param transform the algorithms
     * @param source outer source address
     * @param destination outer destination address
     * @return a builder with every default set
     */
    public static SaBuilder tunnel(int spi, Transform transform, IpAddress source, IpAddress destination) {
        return new SaBuilder(Mode.TUNNEL, spi, transform, source, destination);
    }

    /**
     * A transport-mode SA.
     *
     * @param spi the Security Parameters Index, 256 to 2^32 − 1 as an unsigned number
     * @param transform the algorithms
     * @param source the packets' source address
     * @param destination the packets' destination address
     * @return a builder with every default set
     */
    public static SaBuilder transport(int spi, Transform transform, IpAddress source, IpAddress destination) {
        return new SaBuilder(Mode.TRANSPORT, spi, transform, source, destination);
    }

    /**
     * A BEET-mode SA.
     *
     * @param spi the Security Parameters Index, 256 to 2^32 − 1 as an unsigned number
     * @param transform the algorithms
     * @param source outer source address
     * @param destination outer destination address
     * @param innerSource the inner packets' source address
     * @param innerDestination the inner packets' destination address
     * @return a builder with every default set
     */
    public static SaBuilder beet(
            int spi,
            Transform transform,
            IpAddress source,
            IpAddress destination,
            IpAddress innerSource,
            IpAddress innerDestination) {
        SaBuilder builder = new SaBuilder(Mode.BEET, spi, transform, source, destination);
        builder.innerSource = Objects.requireNonNull(innerSource, "innerSource");
        builder.innerDestination = Objects.requireNonNull(innerDestination, "innerDestination");
        return builder;
    }

    /** {@return the Security Parameters Index} */
    public int spi() {
        return values.spi;
    }

    /** {@return how packets travel} */
    public Mode mode() {
        return values.mode;
    }

    /** {@return the algorithms} */
    public Transform transform() {
        return values.transform;
    }

    /** {@return the outer source address; in transport mode the packet's own} */
    public IpAddress source() {
        return values.source;
    }

    /** {@return the outer destination address; in transport mode the packet's own} */
    public IpAddress destination() {
        return values.destination;
    }

    /** {@return BEET: the inner source address, otherwise null} */
    public IpAddress innerSource() {
        return values.innerSource;
    }

    /** {@return BEET: the inner destination address, otherwise null} */
    public IpAddress innerDestination() {
        return values.innerDestination;
    }

    /** {@return whether sequence numbers are 64 bits long} */
    public boolean esn() {
        return values.esn;
    }

    /** {@return the size of the anti-replay window in packets, 0 for none} */
    public int replayWindow() {
        return values.replayWindow;
    }

    /** {@return outbound: the last number sent; inbound: the highest number received} */
    public long sequence() {
        return values.sequence;
    }

    /** {@return inbound: whether every number up to {@link #sequence()} counts as received} */
    public boolean allReceived() {
        return values.allReceived;
    }

    /** {@return whether several senders share the SA, so that there is no anti-replay} */
    public boolean severalSenders() {
        return values.severalSenders;
    }

    /** {@return whether several workers take packets of this inbound SA at the same time} */
    public boolean severalWorkers() {
        return values.severalWorkers;
    }

    /**
     * What is allowed and yet hardly meant, for whoever sets the SA up to log or to show. Nothing prints it by itself.
     *
     * <p>So far: a replay window of fewer than workers × burst × 2 packets
     * ({@link SaBuilder#severalWorkers(int, int)}). While a worker opens the packets of a burst, the others may move the window
     * past all of them: packets that arrived in time would be refused as too old.
     *
     * @return sentences, none if all is well
     */
    public List<String> warnings() {
        int wanted = 2 * values.packetsInHand;
        if (values.replayWindow == 0 || values.replayWindow >= wanted) {
            return List.of();
        }
        return List.of("replay window " + values.replayWindow + " with " + values.packetsInHand
                + " packets in the hands of workers: expected " + wanted
                + " or more (workers × burst × 2), or genuine packets may be refused as too old");
    }

    /** {@return how resynchronisation is limited, or null for never} */
    public ResynchronisationPolicy resynchronisation() {
        return values.resynchronisation;
    }

    /** {@return the ports of ESP in UDP, or null} */
    public UdpEncapsulation udpEncapsulation() {
        return values.udpEncapsulation;
    }

    /** {@return whether the outer IP header (and the UDP header, if any) is a socket's business, not ours} */
    public boolean carriedBySocket() {
        return values.carriedBySocket;
    }

    /** {@return whether ESP in UDP over IPv6 is accepted without a UDP checksum (RFC 6935)} */
    public boolean zeroUdpChecksumOverIpv6() {
        return values.zeroUdpChecksumOverIpv6;
    }

    /** {@return the most octets of an outer packet; {@link Integer#MAX_VALUE} for no limit} */
    public int mtu() {
        return values.mtu;
    }

    /** {@return how the outer Don't Fragment bit is set} */
    public DontFragment dontFragment() {
        return values.dontFragment;
    }

    /** {@return the outer DSCP, 0 to 63, or −1 to copy the inner one} */
    public int dscp() {
        return values.dscp;
    }

    /** {@return the outer DSCP for each inner one, a copy; null if {@link #dscp()} says it all} */
    public byte[] dscpMap() {
        return values.dscpMap == null ? null : values.dscpMap.clone();
    }

    /** {@return the outer TTL or hop limit, 1 to 255} */
    public int hopLimit() {
        return values.hopLimit;
    }

    /** {@return the outer IPv6 flow label, 0 to 2^20 − 1} */
    public int flowLabel() {
        return values.flowLabel;
    }

    /** {@return whether the flow label of an inner IPv6 packet is the outer one's too} */
    public boolean flowLabelCopied() {
        return values.flowLabelCopied;
    }

    /** {@return whether it sends dummy packets} */
    public boolean dummies() {
        return values.dummies;
    }

    /** {@return how lengths are hidden} */
    public TrafficFlowPadding trafficFlowPadding() {
        return values.trafficFlowPadding;
    }

    /** {@return what is done with unusual padding} */
    public PaddingCheck paddingCheck() {
        return values.paddingCheck;
    }

    /** {@return the limits of its life} */
    public Lifetime lifetime() {
        return values.lifetime;
    }

    /** {@return the addresses before a NAT, or null} */
    public NatOriginal natOriginal() {
        return values.natOriginal;
    }

    /** {@return what identifies it inbound} */
    public SadMatch match() {
        return values.match;
    }

    /** {@return the inbound domain that it belongs to, such as a VLAN; 0 by default} */
    public int domain() {
        return values.domain;
    }

    /** {@return whether the same key may be installed elsewhere too} */
    public boolean sharedKey() {
        return values.sharedKey;
    }

    @Override
    public String toString() {
        return "0x" + Integer.toHexString(values.spi) + " " + values.mode + " " + values.transform + " " + values.source
                + " -> " + values.destination;
    }
}
