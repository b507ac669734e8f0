package io.esp4j.dataplane;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.Ecn;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.EspTrailer;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.NextHeader;

/**
 * What one mode does to an authentic packet: check its trailer, and show what it carried. One for each SA, resolved when
 * the SA is made. Threads: immutable.
 */
abstract sealed class Decapsulator permits TunnelDecapsulator, TransportDecapsulator, BeetDecapsulator {
    private final int headerOctets;
    private final int icvOctets;
    private final int minimumOctets;
    private final int blockMask;
    private final PaddingCheck paddingCheck;

    Decapsulator(SaParameters sa) {
        Transform transform = sa.transform();
        headerOctets = EspHeader.OCTETS + transform.ivOctets();
        icvOctets = transform.icvOctets();
        minimumOctets = transform.minimumPacketOctets();
        blockMask = transform.cipherBlockOctets() - 1;
        paddingCheck = sa.paddingCheck();
    }

    static Decapsulator of(SaParameters sa) {
        return switch (sa.mode()) {
            case TUNNEL -> new TunnelDecapsulator(sa);
            case TRANSPORT -> new TransportDecapsulator(sa);
            case BEET -> new BeetDecapsulator(sa);
        };
    }

    /** Whether an ESP packet can have this length: header, IV, trailer and ICV, and whole blocks of a block cipher. */
    boolean isLength(int espOctets) {
        return espOctets >= minimumOctets && (cipherOctets(espOctets) & blockMask) == 0;
    }

    /** What the cipher has processed of an ESP packet of this length. */
    int cipherOctets(int espOctets) {
        return espOctets - headerOctets - icvOctets;
    }

    /**
     * Takes an opened packet apart: trailer, padding, and what the mode makes of the payload, which the burst then shows.
     *
     * @param espAt position of the SPI
     * @param espOctets from SPI to the end of the ICV
     */
    InboundOutcome unwrap(Burst burst, int index, int espAt, int espOctets, InboundSa sa) {
        Memory memory = burst.memory;
        int payloadAt = espAt + headerOctets;
        int trailerAt = espAt + espOctets - icvOctets - EspTrailer.OCTETS;
        int trailer = memory.int16(trailerAt);
        int nextHeader = trailer & 0xff;
        if (nextHeader == NextHeader.NONE) {
            return InboundOutcome.DUMMY;
        }
        int padLength = trailer >>> 8;
        int paddingAt = trailerAt - padLength;
        if (paddingAt <= payloadAt) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        boolean unusual = paddingCheck != PaddingCheck.IGNORE && !EspTrailer.isSequential(memory, paddingAt, padLength);
        if (unusual && paddingCheck == PaddingCheck.DROP) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        InboundOutcome outcome = show(burst, index, payloadAt, paddingAt - payloadAt, nextHeader);
        if (outcome == InboundOutcome.ACCEPTED) {
            burst.nextHeader[index] = (byte) nextHeader;
            if (unusual) {
                sa.countUnusualPadding();
            }
        }
        return outcome;
    }

    /** Makes the packet of a payload, in place, and lets the burst show it if it makes sense. */
    abstract InboundOutcome show(Burst burst, int index, int payloadAt, int payloadOctets, int nextHeader);

    /** The traffic class of the IP header that the packet arrived with; Not-ECT where a socket kept it. */
    static int outerTrafficClass(Burst burst, int index) {
        if (burst.framing != Framing.IP) {
            return Ecn.NOT_ECT;
        }
        return IpHead.trafficClass(burst.memory.int64(burst.offset[index]));
    }
}
