package io.esp4j.tools.sa;

import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.policy.Selector;
import io.esp4j.sa.Lifetime;
import io.esp4j.sa.Mode;
import io.esp4j.sa.NatOriginal;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.sa.TrafficFlowPadding;
import io.esp4j.sa.UdpEncapsulation;
import io.esp4j.sad.SadMatch;
import io.esp4j.wire.IpAddress;

/** One security association of an SA file. Threads: immutable, until its key is destroyed with the {@link SaFile}. */
public final class SaEntry {
    private final String name;
    private final Mode mode;
    private final int spi;
    private final IpAddress source;
    private final IpAddress destination;
    private final Transform transform;
    private final KeyingMaterial material;
    private final boolean esn;
    private final int replayWindow;
    private final long sequence;
    private final UdpEncapsulation udpEncapsulation;
    private final Selector selector;
    private final PaddingCheck padding;
    private final boolean legacy;
    private final int mtu;
    private final Lifetime lifetime;
    private final int tfc;
    private final SadMatch match;
    private final NatOriginal natOriginal;
    private final boolean allowSharedKey;
    private final SequencePlace sequencePlace;

    SaEntry(SaEntryReader read) {
        name = read.name;
        mode = read.mode;
        spi = read.spi;
        source = read.source;
        destination = read.destination;
        transform = read.transform;
        material = read.material;
        esn = read.esn;
        replayWindow = read.replayWindow;
        sequence = read.sequence;
        udpEncapsulation = read.udpEncapsulation;
        selector = read.selector;
        padding = read.padding;
        legacy = read.legacy;
        mtu = read.mtu;
        lifetime = read.lifetime;
        tfc = read.tfc;
        match = read.match;
        natOriginal = read.natOriginal;
        allowSharedKey = read.allowSharedKey;
        sequencePlace = read.sequencePlace;
    }

    /**
     * {@return a new builder with everything that the file says, to be changed where a command knows better}
     *
     * <p>Sharing of keys is left out: whether it is honoured, depends on the direction.
     */
    public SaBuilder builder() {
        SaBuilder builder =
                switch (mode) {
                    case TUNNEL -> SaParameters.tunnel(spi, transform, source, destination);
                    case TRANSPORT -> SaParameters.transport(spi, transform, source, destination);
                    case BEET ->
                        SaParameters.beet(
                                spi,
                                transform,
                                source,
                                destination,
                                selector.sources().get(0).first(),
                                selector.destinations().get(0).first());
                };
        return builder.esn(esn)
                .replayWindow(replayWindow)
                .sequence(sequence)
                .udpEncapsulation(udpEncapsulation)
                .paddingCheck(padding)
                .legacy(legacy)
                .mtu(mtu)
                .lifetime(lifetime)
                .trafficFlowPadding(tfc == 0 ? TrafficFlowPadding.NONE : TrafficFlowPadding.to(tfc))
                .match(match)
                .natOriginal(natOriginal);
    }

    /** {@return the name that the file gives it} */
    public String name() {
        return name;
    }

    /** {@return how packets travel} */
    public Mode mode() {
        return mode;
    }

    /** {@return the Security Parameters Index} */
    public int spi() {
        return spi;
    }

    /** {@return the outer source address; in transport mode the packet's own} */
    public IpAddress source() {
        return source;
    }

    /** {@return the outer destination address; in transport mode the packet's own} */
    public IpAddress destination() {
        return destination;
    }

    /** {@return the algorithms} */
    public Transform transform() {
        return transform;
    }

    /** {@return the key; it belongs to the file} */
    public KeyingMaterial material() {
        return material;
    }

    /** {@return whether sequence numbers are 64 bits long} */
    public boolean esn() {
        return esn;
    }

    /** {@return the size of the replay window in packets, 0 for none} */
    public int replayWindow() {
        return replayWindow;
    }

    /** {@return the last number sent, or the highest received, unsigned} */
    public long sequence() {
        return sequence;
    }

    /** {@return the ports of ESP in UDP, or null} */
    public UdpEncapsulation udpEncapsulation() {
        return udpEncapsulation;
    }

    /** {@return which packets it is for; in BEET mode with the inner addresses} */
    public Selector selector() {
        return selector;
    }

    /** {@return the limits of its life} */
    public Lifetime lifetime() {
        return lifetime;
    }

    /** {@return the octets that inner packets are padded to, 0 for none} */
    public int tfc() {
        return tfc;
    }

    /** {@return what it is found by} */
    public SadMatch match() {
        return match;
    }

    /** {@return whether its key may be another SA's too, which sending with a combined mode never honours} */
    public boolean allowSharedKey() {
        return allowSharedKey;
    }

    SequencePlace sequencePlace() {
        return sequencePlace;
    }

    @Override
    public String toString() {
        return name;
    }
}
