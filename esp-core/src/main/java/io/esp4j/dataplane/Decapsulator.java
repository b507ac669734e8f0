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
    private static final int ACCEPTED = InboundOutcome.ACCEPTED.ordinal();
    private static final int DUMMY = InboundOutcome.DUMMY.ordinal();
    private static final int MALFORMED_PLAINTEXT = InboundOutcome.MALFORMED_PLAINTEXT.ordinal();

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
     * the burst then shows. Their outcomes say how that went. The loops are compiled once for each kind of memory.
     *
     * @return how many packets are accepted
     */
    final int unwrap(Burst burst, Run run, InboundSa sa) {
        return burst.memory instanceof DirectMemory direct
                ? unwrap(direct, burst, run, sa)
                : unwrap((HeapMemory) burst.memory, burst, run, sa);
    }

    private int unwrap(Memory memory, Burst burst, Run run, InboundSa sa) {
        boolean unusual = trim(memory, burst, run);
        int accepted = show(memory, burst, run);
        if (unusual) {
            countUnusualPadding(memory, burst, run, sa);
        }
        return accepted;
    }

    /** Takes the trailers off. {@return whether the padding of a packet that goes on is not 1, 2, 3 …} */
    private boolean trim(Memory memory, Burst burst, Run run) {
        boolean unusual = false;
        int to = run.to();
        for (int position = run.from(); position < to; position++) {
            int index = burst.operations.packet(position);
            if (isPending(burst, index)) {
                unusual |= !trim(memory, burst, index);
            }
        }
        return unusual;
    }

    /** {@return whether the padding is as it should be, or plays no part} */
    private boolean trim(Memory memory, Burst burst, int index) {
        int trailerAt = trailerAt(burst, index);
        long end = EspTrailer.end(memory, trailerAt);
        int nextHeader = EspTrailer.nextHeader(end);
        if (nextHeader == NextHeader.NONE) {
            burst.outcome(index, DUMMY);
            return true;
        }
        int octets = trailerAt - EspTrailer.padLength(end) - payloadAt(burst, index);
        if (octets <= 0) { // what it calls padding may not even be within the packet
            burst.outcome(index, MALFORMED_PLAINTEXT);
            return true;
        }
        boolean sequential = !checksPadding || EspTrailer.isSequential(memory, trailerAt, end);
        if (dropsUnusualPadding && !sequential) {
            burst.outcome(index, MALFORMED_PLAINTEXT);
            return true;
        }
        burst.payloadOctets(index, octets);
        burst.nextHeader(index, nextHeader);
        return sequential;
    }

    /**
     * Makes the packets of the payloads of a run, in place, and lets the burst show those that make sense. Each mode has its own
     * loop: one for all would call into a mode for each packet.
     *
     * @return how many packets are accepted
     */
    abstract int show(Memory memory, Burst burst, Run run);

    /** Says what becomes of a packet. {@return 1 if it is accepted, else 0} */
    static int conclude(Burst burst, int index, InboundOutcome outcome) {
        burst.outcome(index, outcome.ordinal());
        if (outcome == InboundOutcome.ACCEPTED) {
            return 1;
        }
        burst.nextHeader(index, 0);
        return 0;
    }

    static boolean isPending(Burst burst, int index) {
        return burst.outcome(index) == PENDING;
    }

    final int payloadAt(Burst burst, int index) {
        return burst.espOffset(index) + headerOctets;
    }

    private int trailerAt(Burst burst, int index) {
        return burst.espOffset(index) + burst.espLength(index) - icvOctets - EspTrailer.OCTETS;
    }

    private void countUnusualPadding(Memory memory, Burst burst, Run run, InboundSa sa) {
        for (int position = run.from(); position < run.to(); position++) {
            int index = burst.operations.packet(position);
            int trailerAt = trailerAt(burst, index);
            if (burst.outcome(index) == ACCEPTED
                    && !EspTrailer.isSequential(memory, trailerAt, EspTrailer.end(memory, trailerAt))) {
                sa.countUnusualPadding();
            }
        }
    }
}
