package io.esp4j.dataplane;

import io.esp4j.crypto.Transform;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.sa.PaddingCheck;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.EspHeader;
import io.esp4j.wire.EspTrailer;
import io.esp4j.wire.NextHeader;

/**
 * What one mode does to an authentic packet: check its trailer, and show what it carried. One for each SA, resolved when
 * the SA is made. Threads: immutable.
 */
abstract sealed class Decapsulator permits TunnelDecapsulator, TransportDecapsulator, BeetDecapsulator {
    private static final int PENDING = InboundOutcome.PENDING.ordinal();

    private final int headerOctets;
    private final int icvOctets;
    private final int minimumOctets;
    private final int blockMask;
    private final boolean checksPadding;
    private final boolean dropsUnusualPadding;

    Decapsulator(SaParameters sa) {
        Transform transform = sa.transform();
        headerOctets = EspHeader.OCTETS + transform.ivOctets();
        icvOctets = transform.icvOctets();
        minimumOctets = transform.minimumPacketOctets();
        blockMask = transform.cipherBlockOctets() - 1;
        checksPadding = sa.paddingCheck() != PaddingCheck.IGNORE;
        dropsUnusualPadding = sa.paddingCheck() == PaddingCheck.DROP;
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
     * Takes the packets of a run apart that are {@code PENDING}: trailer, padding, and what the mode makes of the payload, which
     * the burst then shows. Their outcomes say how that went. The loop is compiled once for each kind of memory.
     *
     * @return how many packets are accepted
     */
    final int unwrap(Burst burst, Run run, InboundSa sa) {
        return burst.memory instanceof DirectMemory direct
                ? unwrap(direct, burst, run, sa)
                : unwrap((HeapMemory) burst.memory, burst, run, sa);
    }

    private int unwrap(Memory memory, Burst burst, Run run, InboundSa sa) {
        int accepted = 0;
        int to = run.to();
        for (int position = run.from(); position < to; position++) {
            int index = burst.operations.packet(position);
            if (burst.outcome(index) == PENDING) {
                InboundOutcome outcome =
                        unwrap(memory, burst, index, sa, burst.espOffset(index), burst.espLength(index));
                burst.outcome(index, outcome.ordinal());
                if (outcome == InboundOutcome.ACCEPTED) {
                    accepted++;
                }
            }
        }
        return accepted;
    }

    private InboundOutcome unwrap(Memory memory, Burst burst, int index, InboundSa sa, int espAt, int espOctets) {
        int payloadAt = espAt + headerOctets;
        int trailerAt = espAt + espOctets - icvOctets - EspTrailer.OCTETS;
        long end = EspTrailer.end(memory, trailerAt);
        int nextHeader = EspTrailer.nextHeader(end);
        if (nextHeader == NextHeader.NONE) {
            return InboundOutcome.DUMMY;
        }
        int padLength = EspTrailer.padLength(end);
        int payloadOctets = trailerAt - padLength - payloadAt;
        if (payloadOctets <= 0) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        boolean unusual = checksPadding && !EspTrailer.isSequential(memory, trailerAt, end);
        if (unusual && dropsUnusualPadding) {
            return InboundOutcome.MALFORMED_PLAINTEXT;
        }
        InboundOutcome outcome = show(memory, burst, index, payloadAt, payloadOctets, nextHeader);
        if (outcome == InboundOutcome.ACCEPTED) {
            burst.nextHeader(index, nextHeader);
            if (unusual) {
                sa.countUnusualPadding();
            }
        }
        return outcome;
    }

    /** Makes the packet of a payload, in place, and lets the burst show it if it makes sense. */
    abstract InboundOutcome show(
            Memory memory, Burst burst, int index, int payloadAt, int payloadOctets, int nextHeader);
}
