package io.esp4j.sa;

import io.esp4j.crypto.Transform;
import io.esp4j.replay.ReplayWindow;
import io.esp4j.replay.ResynchronisationPolicy;
import io.esp4j.wire.IpAddress;
import java.util.Objects;

/**
 * Everything about one security association but its keys: one direction, one SPI. Made by a builder that refuses every
 * combination that the RFCs forbid. Threads: immutable.
 */
public final class SaParameters {
    private final Builder values;

    private SaParameters(Builder values) {
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
    public static Builder tunnel(int spi, Transform transform, IpAddress source, IpAddress destination) {
        return new Builder(Mode.TUNNEL, spi, transform, source, destination);
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
    public static Builder transport(int spi, Transform transform, IpAddress source, IpAddress destination) {
        return new Builder(Mode.TRANSPORT, spi, transform, source, destination);
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
    public static Builder beet(
            int spi,
            Transform transform,
            IpAddress source,
            IpAddress destination,
            IpAddress innerSource,
            IpAddress innerDestination) {
        Builder builder = new Builder(Mode.BEET, spi, transform, source, destination);
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

    /** {@return whether several senders share the SA, so that there is no anti-replay} */
    public boolean severalSenders() {
        return values.severalSenders;
    }

    /** {@return whether several workers take packets of this inbound SA at the same time} */
    public boolean severalWorkers() {
        return values.severalWorkers;
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

    /** {@return the outer TTL or hop limit, 1 to 255} */
    public int hopLimit() {
        return values.hopLimit;
    }

    /** {@return the outer IPv6 flow label, 0 to 2^20 − 1} */
    public int flowLabel() {
        return values.flowLabel;
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
    public SpiMatch match() {
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

    /** Collects the parameters. Threads: single owner thread. */
    public static final class Builder implements Cloneable {
        private final Mode mode;
        private final int spi;
        private final Transform transform;
        private final IpAddress source;
        private final IpAddress destination;
        private IpAddress innerSource;
        private IpAddress innerDestination;
        private boolean esn;
        private int replayWindow = ReplayWindow.DEFAULT_WINDOW_PACKETS;
        private long sequence;
        private boolean severalSenders;
        private boolean severalWorkers;
        private ResynchronisationPolicy resynchronisation = ResynchronisationPolicy.DEFAULT;
        private UdpEncapsulation udpEncapsulation;
        private boolean carriedBySocket;
        private boolean zeroUdpChecksumOverIpv6;
        private int mtu = Integer.MAX_VALUE;
        private DontFragment dontFragment = DontFragment.COPY;
        private int dscp = -1;
        private int hopLimit = 64;
        private int flowLabel;
        private TrafficFlowPadding trafficFlowPadding = TrafficFlowPadding.NONE;
        private PaddingCheck paddingCheck = PaddingCheck.COUNT;
        private Lifetime lifetime = Lifetime.UNLIMITED;
        private NatOriginal natOriginal;
        private SpiMatch match = SpiMatch.SPI;
        private int domain;
        private boolean sharedKey;
        private boolean legacy;

        private Builder(Mode mode, int spi, Transform transform, IpAddress source, IpAddress destination) {
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
        public Builder esn(boolean enabled) {
            esn = enabled;
            return this;
        }

        /**
         * The anti-replay window; 64 by default.
         *
         * @param packets 0 for none, or 1 to 2^20, exact
         * @return this
         */
        public Builder replayWindow(int packets) {
            replayWindow = packets;
            return this;
        }

        /**
         * Where the numbers stand; 0 by default. Outbound: the last number sent. Inbound: the highest received; it counts as received itself.
         *
         * @param number an unsigned number, at most 2^32 − 1 without ESN
         * @return this
         */
        public Builder sequence(long number) {
            sequence = number;
            return this;
        }

        /**
         * Several senders share the SA (RFC 4303 §2.1): no anti-replay, no ESN.
         *
         * @param several whether they do
         * @return this
         */
        public Builder severalSenders(boolean several) {
            severalSenders = several;
            return this;
        }

        /**
         * Several workers take packets of this SA at the same time, inbound: the lock-free window is used.
         *
         * @param several whether they do
         * @return this
         */
        public Builder severalWorkers(boolean several) {
            severalWorkers = several;
            return this;
        }

        /**
         * How resynchronisation with ESN is limited (RFC 4303 Appendix A3).
         *
         * @param policy the limits, or null for never
         * @return this
         */
        public Builder resynchronisation(ResynchronisationPolicy policy) {
            resynchronisation = policy;
            return this;
        }

        /**
         * ESP in UDP (RFC 3948).
         *
         * @param ports the ports, or null for none
         * @return this
         */
        public Builder udpEncapsulation(UdpEncapsulation ports) {
            udpEncapsulation = ports;
            return this;
        }

        /**
         * The packets leave and arrive through a socket that makes the outer IP header, and the UDP header if any: packets end and begin with ESP.
         *
         * @param carried whether they do
         * @return this
         */
        public Builder carriedBySocket(boolean carried) {
            carriedBySocket = carried;
            return this;
        }

        /**
         * Accepts ESP in UDP over IPv6 without a UDP checksum (RFC 6935); off by default.
         *
         * @param accepted whether it is accepted
         * @return this
         */
        public Builder zeroUdpChecksumOverIpv6(boolean accepted) {
            zeroUdpChecksumOverIpv6 = accepted;
            return this;
        }

        /**
         * The most octets that an outer packet may have.
         *
         * @param octets 68 or more; {@link Integer#MAX_VALUE} for no limit
         * @return this
         */
        public Builder mtu(int octets) {
            mtu = octets;
            return this;
        }

        /**
         * The outer IPv4 header's Don't Fragment bit.
         *
         * @param policy how it is set
         * @return this
         */
        public Builder dontFragment(DontFragment policy) {
            dontFragment = policy;
            return this;
        }

        /**
         * The outer DSCP.
         *
         * @param codepoint 0 to 63, or −1 to copy the inner one
         * @return this
         */
        public Builder dscp(int codepoint) {
            dscp = codepoint;
            return this;
        }

        /**
         * The outer TTL or hop limit; 64 by default.
         *
         * @param hops 1 to 255
         * @return this
         */
        public Builder hopLimit(int hops) {
            hopLimit = hops;
            return this;
        }

        /**
         * The outer IPv6 flow label; 0 by default.
         *
         * @param label 0 to 2^20 − 1
         * @return this
         */
        public Builder flowLabel(int label) {
            flowLabel = label;
            return this;
        }

        /**
         * Hides lengths, in tunnel mode.
         *
         * @param padding how
         * @return this
         */
        public Builder trafficFlowPadding(TrafficFlowPadding padding) {
            trafficFlowPadding = padding;
            return this;
        }

        /**
         * What is done with padding that is not 1, 2, 3 …
         *
         * @param check ignore, count (the default) or drop
         * @return this
         */
        public Builder paddingCheck(PaddingCheck check) {
            paddingCheck = check;
            return this;
        }

        /**
         * The limits of the SA's life.
         *
         * @param limits the limits
         * @return this
         */
        public Builder lifetime(Lifetime limits) {
            lifetime = limits;
            return this;
        }

        /**
         * The addresses before a NAT, with which transport-mode checksums were made (RFC 3948 §3.1.2).
         *
         * @param addresses the addresses, or null to leave checksums alone
         * @return this
         */
        public Builder natOriginal(NatOriginal addresses) {
            natOriginal = addresses;
            return this;
        }

        /**
         * What identifies the SA inbound.
         *
         * @param fields the fields
         * @return this
         */
        public Builder match(SpiMatch fields) {
            match = fields;
            return this;
        }

        /**
         * The inbound domain that it belongs to: a VLAN, a VM, an interface, numbered by the caller.
         *
         * @param number any number, 0 by default
         * @return this
         */
        public Builder domain(int number) {
            domain = number;
            return this;
        }

        /**
         * Allows the same key to be installed twice. Never for two senders with a counter-mode cipher: they would repeat nonces.
         *
         * @param shared whether it may
         * @return this
         */
        public Builder sharedKey(boolean shared) {
            sharedKey = shared;
            return this;
        }

        /**
         * Allows HMAC-SHA1-96, for interoperability.
         *
         * @param allowed whether it may be used
         * @return this
         */
        public Builder legacy(boolean allowed) {
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
                return new SaParameters((Builder) clone());
            } catch (CloneNotSupportedException e) {
                throw new AssertionError("a Builder is Cloneable", e);
            }
        }
    }
}
