package io.esp4j.sa;

import io.esp4j.crypto.Transform;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;
import java.util.Objects;
import java.util.function.IntUnaryOperator;

/** Collects the parameters. Threads: single owner thread. */
public final class SaBuilder implements Cloneable {
    final Mode mode;
    final int spi;
    final Transform transform;
    final IpAddress source;
    final IpAddress destination;
    IpAddress innerSource;
    IpAddress innerDestination;
    boolean esn;
    int replayWindow = ReplayWindow.DEFAULT_WINDOW_PACKETS;
    long sequence;
    boolean allReceived;
    boolean severalSenders;
    boolean severalWorkers;
    int packetsInHand;
    ResynchronisationPolicy resynchronisation = ResynchronisationPolicy.DEFAULT;
    UdpEncapsulation udpEncapsulation;
    boolean carriedBySocket;
    boolean zeroUdpChecksumOverIpv6;
    int mtu = Integer.MAX_VALUE;
    DontFragment dontFragment = DontFragment.COPY;
    int dscp = -1;
    byte[] dscpMap;
    boolean flowLabelCopied;
    boolean dummies;
    int hopLimit = 64;
    int flowLabel;
    TrafficFlowPadding trafficFlowPadding = TrafficFlowPadding.NONE;
    PaddingCheck paddingCheck = PaddingCheck.COUNT;
    Lifetime lifetime = Lifetime.UNLIMITED;
    NatOriginal natOriginal;
    SadMatch match = SadMatch.SPI;
    int domain;
    boolean sharedKey;
    boolean legacy;

    SaBuilder(Mode mode, int spi, Transform transform, IpAddress source, IpAddress destination) {
        this.mode = mode;
        this.spi = spi;
        this.transform = Objects.requireNonNull(transform, "transform");
        this.source = Objects.requireNonNull(source, "source");
        this.destination = Objects.requireNonNull(destination, "destination");
    }

    /**
     * Extended sequence numbers (RFC 4303 §2.2.1); off by default.
     *
     * @param enabled whether they are on
     * @return this
     */
    public SaBuilder esn(boolean enabled) {
        esn = enabled;
        return this;
    }

    /**
     * The anti-replay window; 64 by default.
     *
     * @param packets 0 for none, or 1 to 2^20, exact
     * @return this
     */
    public SaBuilder replayWindow(int packets) {
        replayWindow = packets;
        return this;
    }

    /**
     * Where the numbers stand; 0 by default. Outbound: the last number sent. Inbound: the highest received; it counts as received itself.
     *
     * @param number an unsigned number, at most 2^32 − 1 without ESN
     * @return this
     */
    public SaBuilder sequence(long number) {
        sequence = number;
        return this;
    }

    /**
     * Inbound: every number up to {@link #sequence(long)} counts as received, because what the window held is lost. Genuine
     * packets that were still under way are refused, and none is accepted twice.
     *
     * @param received whether they do
     * @return this
     */
    public SaBuilder allReceived(boolean received) {
        allReceived = received;
        return this;
    }

    /**
     * Several senders share the SA (RFC 4303 §2.1): no anti-replay, no ESN.
     *
     * @param several whether they do
     * @return this
     */
    public SaBuilder severalSenders(boolean several) {
        severalSenders = several;
        return this;
    }

    /**
     * Several workers take packets of this SA at the same time, inbound: the lock-free window is used.
     *
     * @param several whether they do
     * @return this
     */
    public SaBuilder severalWorkers(boolean several) {
        severalWorkers = several;
        return this;
    }

    /**
     * Several workers take packets of this SA at the same time, inbound; with how many there are, {@link SaParameters#warnings()}
     * tells whether the replay window is wide enough for them.
     *
     * @param workers how many, at least 1
     * @param packets how many packets of it each has in hand at a time, a burst, at least 1
     * @return this
     * @throws IllegalArgumentException for fewer, or more than 2^20 packets in all
     */
    public SaBuilder severalWorkers(int workers, int packets) {
        if (workers < 1 || packets < 1 || (long) workers * packets > ReplayWindow.MAX_WINDOW_PACKETS) {
            throw new IllegalArgumentException(
                    workers + " workers with bursts of " + packets + " packets: expected at least 1 of each, and "
                            + ReplayWindow.MAX_WINDOW_PACKETS + " packets at most");
        }
        severalWorkers = true;
        packetsInHand = workers * packets;
        return this;
    }

    /**
     * How resynchronisation with ESN is limited (RFC 4303 Appendix A3).
     *
     * @param policy the limits, or null for never
     * @return this
     */
    public SaBuilder resynchronisation(ResynchronisationPolicy policy) {
        resynchronisation = policy;
        return this;
    }

    /**
     * ESP in UDP (RFC 3948).
     *
     * @param ports the ports, or null for none
     * @return this
     */
    public SaBuilder udpEncapsulation(UdpEncapsulation ports) {
        udpEncapsulation = ports;
        return this;
    }

    /**
     * The packets leave and arrive through a socket that makes the outer IP header, and the UDP header if any: packets end and begin with ESP.
     *
     * @param carried whether they do
     * @return this
     */
    public SaBuilder carriedBySocket(boolean carried) {
        carriedBySocket = carried;
        return this;
    }

    /**
     * Accepts ESP in UDP over IPv6 without a UDP checksum (RFC 6935); off by default.
     *
     * @param accepted whether it is accepted
     * @return this
     */
    public SaBuilder zeroUdpChecksumOverIpv6(boolean accepted) {
        zeroUdpChecksumOverIpv6 = accepted;
        return this;
    }

    /**
     * The most octets that an outer packet may have.
     *
     * @param octets 68 or more; {@link Integer#MAX_VALUE} for no limit
     * @return this
     */
    public SaBuilder mtu(int octets) {
        mtu = octets;
        return this;
    }

    /**
     * The outer IPv4 header's Don't Fragment bit.
     *
     * @param policy how it is set
     * @return this
     */
    public SaBuilder dontFragment(DontFragment policy) {
        dontFragment = Objects.requireNonNull(policy, "dontFragment");
        return this;
    }

    /**
     * The outer DSCP.
     *
     * @param codepoint 0 to 63, or −1 to copy the inner one
     * @return this
     */
    public SaBuilder dscp(int codepoint) {
        dscp = codepoint;
        return this;
    }

    /**
     * The outer DSCP as a function of the inner one.
     *
     * @param map gives 0 to 63 for each of 0 to 63, and is asked for all of them now
     * @return this
     * @throws IllegalArgumentException if it gives anything else
     */
    public SaBuilder dscpMap(IntUnaryOperator map) {
        byte[] codepoints = new byte[64];
        for (int inner = 0; inner < codepoints.length; inner++) {
            int outer = map.applyAsInt(inner);
            if (outer < 0 || outer >= codepoints.length) {
                throw new IllegalArgumentException("DSCP " + inner + " maps to " + outer + ": expected 0 to 63");
            }
            codepoints[inner] = (byte) outer;
        }
        dscpMap = codepoints;
        return this;
    }

    /**
     * The outer TTL or hop limit; 64 by default.
     *
     * @param hops 1 to 255
     * @return this
     */
    public SaBuilder hopLimit(int hops) {
        hopLimit = hops;
        return this;
    }

    /**
     * The outer IPv6 flow label; 0 by default.
     *
     * @param label 0 to 2^20 − 1
     * @return this
     */
    public SaBuilder flowLabel(int label) {
        flowLabel = label;
        return this;
    }

    /**
     * Whether the flow label of an inner IPv6 packet is the outer one's too, so that routers on the way spread flows (RFC 6438);
     * it shows them which packets belong together. Not by default.
     *
     * @param copied whether it is; an inner IPv4 packet has none to copy
     * @return this
     */
    public SaBuilder flowLabelCopied(boolean copied) {
        flowLabelCopied = copied;
        return this;
    }

    /**
     * Whether the SA sends {@linkplain io.esp4j.dataplane.Burst#addDummy dummy packets} (RFC 4303 §2.6), in tunnel mode. Not by
     * default.
     *
     * @param sent whether it does
     * @return this
     */
    public SaBuilder dummies(boolean sent) {
        dummies = sent;
        return this;
    }

    /**
     * Hides lengths, in tunnel mode.
     *
     * @param padding how
     * @return this
     */
    public SaBuilder trafficFlowPadding(TrafficFlowPadding padding) {
        trafficFlowPadding = Objects.requireNonNull(padding, "trafficFlowPadding");
        return this;
    }

    /**
     * What is done with padding that is not 1, 2, 3 …
     *
     * @param check ignore, count (the default) or drop
     * @return this
     */
    public SaBuilder paddingCheck(PaddingCheck check) {
        paddingCheck = Objects.requireNonNull(check, "paddingCheck");
        return this;
    }

    /**
     * The limits of the SA's life.
     *
     * @param limits the limits
     * @return this
     */
    public SaBuilder lifetime(Lifetime limits) {
        lifetime = Objects.requireNonNull(limits, "lifetime");
        return this;
    }

    /**
     * The addresses before a NAT, with which transport-mode checksums were made (RFC 3948 §3.1.2).
     *
     * @param addresses the addresses, or null to leave checksums alone
     * @return this
     */
    public SaBuilder natOriginal(NatOriginal addresses) {
        natOriginal = addresses;
        return this;
    }

    /**
     * What identifies the SA inbound.
     *
     * @param fields the fields
     * @return this
     */
    public SaBuilder match(SadMatch fields) {
        match = Objects.requireNonNull(fields, "match");
        return this;
    }

    /**
     * The inbound domain that it belongs to: a VLAN, a VM, an interface, numbered by the caller.
     *
     * @param number any number, 0 by default
     * @return this
     */
    public SaBuilder domain(int number) {
        domain = number;
        return this;
    }

    /**
     * Allows the same key to be installed twice. Never for two senders with a counter-mode cipher: they would repeat nonces.
     *
     * @param shared whether it may
     * @return this
     */
    public SaBuilder sharedKey(boolean shared) {
        sharedKey = shared;
        return this;
    }

    /**
     * Allows HMAC-SHA1-96, for interoperability.
     *
     * @param allowed whether it may be used
     * @return this
     */
    public SaBuilder legacy(boolean allowed) {
        legacy = allowed;
        return this;
    }

    /**
     * Checks everything and makes the parameters.
     *
     * @return immutable parameters
     * @throws IllegalArgumentException for what no RFC allows; the message names the value and what was expected
     */
    public SaParameters build() {
        SaRules.check(new SaParameters(this), legacy);
        try {
            return new SaParameters((SaBuilder) clone());
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("a Builder is Cloneable", e);
        }
    }
}
