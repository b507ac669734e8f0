package io.esp4j.benchmarks;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.Mode;
import io.esp4j.sa.SaBuilder;
import io.esp4j.sa.SaParameters;
import io.esp4j.wire.IpAddress;
import io.esp4j.wire.Ipv4Header;
import java.util.Random;

/** A sender and a receiver that share one region of packets: IPv4, ESN, a replay window of 128, tunnel mode unless asked otherwise. */
final class Traffic implements AutoCloseable {
    private static final int SPI = 0x1000;
    private static final int HEADROOM = 128;
    private static final int TAILROOM = 128;
    private static final int REPLAY_WINDOW = 128;
    /** The first eight octets of an inner packet but for its length. */
    private static final long HEAD = 0x4500_0000_0000_0000L | Ipv4Header.DONT_FRAGMENT;

    private static final IpAddress OUTER_SOURCE = IpAddress.parse("192.0.2.1");
    private static final IpAddress OUTER_DESTINATION = IpAddress.parse("192.0.2.2");
    private static final IpAddress INNER_SOURCE = IpAddress.parse("10.0.0.1");
    private static final IpAddress INNER_DESTINATION = IpAddress.parse("10.0.0.2");

    private final Dataplane sender;
    private final Dataplane receiver;
    private final Worker out;
    private final Worker in;
    private final OutboundSa outbound;
    private final InboundSa inbound;
    private final Memory memory;
    private final Burst burst;
    private final boolean tunnel;
    private final int packets;
    private final int octets;
    private final int slot;
    private final int[] offsets;
    private final int[] lengths;
    private long next = 1;
    private InboundOutcome end = InboundOutcome.ACCEPTED;

    Traffic(CryptoProvider provider, Transform transform, int packets, int octets, boolean direct) {
        this(provider, tunnel(transform).build(), packets, octets, direct);
    }

    Traffic(CryptoProvider provider, SaParameters parameters, int packets, int octets, boolean direct) {
        tunnel = parameters.mode() == Mode.TUNNEL;
        this.packets = packets;
        this.octets = octets;
        slot = (HEADROOM + octets + TAILROOM + 63) & -64;
        memory = direct ? Memory.allocateDirect(slot * packets) : Memory.of(new byte[slot * packets]);
        burst = new Burst(packets);
        offsets = new int[packets];
        lengths = new int[packets];
        sender = Dataplane.builder().provider(provider).build();
        receiver = Dataplane.builder().provider(provider).build();
        Transform transform = parameters.transform();
        byte[] key = new byte[transform.keyOctets() + transform.saltOctets()];
        byte[] integrityKey = new byte[transform.integrityKeyOctets()];
        new Random(1).nextBytes(key);
        KeyingMaterial material = KeyingMaterial.of(key, integrityKey);
        outbound = sender.addOutbound(parameters, material);
        inbound = receiver.addInbound(parameters, material);
        out = sender.newWorker();
        in = receiver.newWorker();
        for (int i = 0; i < packets; i++) {
            writePacket(i * slot + HEADROOM);
        }
    }

    static SaBuilder tunnel(Transform transform) {
        return sa(Mode.TUNNEL, transform);
    }

    /** An SA that carries such packets. */
    static SaBuilder sa(Mode mode, Transform transform) {
        SaBuilder builder =
                switch (mode) {
                    case TUNNEL -> SaParameters.tunnel(SPI, transform, OUTER_SOURCE, OUTER_DESTINATION);
                    case TRANSPORT -> SaParameters.transport(SPI, transform, INNER_SOURCE, INNER_DESTINATION);
                    case BEET ->
                        SaParameters.beet(
                                SPI, transform, OUTER_SOURCE, OUTER_DESTINATION, INNER_SOURCE, INNER_DESTINATION);
                };
        return builder.esn(true).replayWindow(REPLAY_WINDOW);
    }

    private void writePacket(int at) {
        memory.int64(at, HEAD | ((long) octets << 32));
        memory.int32(at + 8, 0x4011_0000);
        INNER_SOURCE.write(memory, at + 12);
        INNER_DESTINATION.write(memory, at + 16);
        Ipv4Header.writeChecksum(memory, at);
    }

    /** Puts inner packets into the burst. What was sealed in their place has left them no headers. */
    void offerInner() {
        burst.reset(memory);
        for (int i = 0; i < packets; i++) {
            int at = i * slot;
            if (tunnel) {
                memory.int64(at + HEADROOM, HEAD | ((long) octets << 32));
            } else {
                writePacket(at + HEADROOM);
            }
            burst.add(at + HEADROOM, octets, at, at + slot);
        }
    }

    /** Seals packets, and remembers where they lie. */
    void seal() {
        offerInner();
        encapsulate();
        for (int i = 0; i < packets; i++) {
            offsets[i] = burst.offset(i);
            lengths[i] = burst.length(i);
        }
    }

    /** Puts the packets that were remembered into the burst, as if they had just arrived. */
    void offerOuter() {
        burst.reset(memory);
        for (int i = 0; i < packets; i++) {
            int at = i * slot;
            burst.add(offsets[i], lengths[i], at, at + slot);
        }
    }

    /** Flips a bit in the ICV of each packet that was remembered. From the first time on, none may be accepted. */
    void forge() {
        end = InboundOutcome.ICV_MISMATCH;
        for (int i = 0; i < packets; i++) {
            int last = offsets[i] + lengths[i] - 1;
            memory.octet(last, memory.octet(last) ^ 1);
        }
    }

    /**
     * Lets packets that were sealed by a provider that computes nothing arrive, again and again with the numbers that come next.
     * {@return the burst after its way in}
     */
    Burst decapsulateNext() {
        offerOuter();
        for (int i = 0; i < packets; i++) {
            memory.int64(burst.offset(i) + Ipv4Header.OCTETS, ((long) SPI << 32) | ((next + i) & 0xffff_ffffL));
        }
        next += packets;
        return decapsulate();
    }

    Burst encapsulate() {
        out.encapsulate(burst, outbound);
        return burst;
    }

    Burst decapsulate() {
        in.decapsulate(burst);
        return burst;
    }

    InboundSa inbound() {
        return inbound;
    }

    /** A benchmark of packets that ended in another way would tell nothing. */
    private void requireThatAllEndedAsMeant() {
        for (OutboundOutcome outcome : OutboundOutcome.values()) {
            if (outcome != OutboundOutcome.ENCAPSULATED && out.count(outcome) > 0) {
                throw new IllegalStateException("packets that ended as " + outcome + ": " + out.count(outcome));
            }
        }
        for (InboundOutcome outcome : InboundOutcome.values()) {
            if (outcome != end && in.count(outcome) > 0) {
                throw new IllegalStateException("packets that ended as " + outcome + ": " + in.count(outcome));
            }
        }
    }

    @Override
    public void close() {
        requireThatAllEndedAsMeant();
        out.close();
        in.close();
        sender.close();
        receiver.close();
    }
}
