package io.esp4j.benchmarks.offload;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.policy.Flow;
import io.esp4j.policy.Policy;
import io.esp4j.policy.PolicyAction;
import io.esp4j.segment.CoalescedPacket;
import io.esp4j.segment.Coalescer;
import io.esp4j.segment.Segmenter;

/**
 * A stream from one application to another through both hosts, in one of the cases.
 *
 * <p>Sending, for each packet that passes the stack (a super-packet with segmentation): 1. headers and the application's octets,
 * 2. the policy, 3. segments, or checksums, 4. ESP, in bursts or alone. Receiving: 1. ESP, 2. coalescing, 3. for each packet
 * that passes the stack: the connection, the checksum where coalescing has not verified it, the octets to the application.
 *
 * <p>Threads: single owner thread.
 */
final class SoftwarePath implements AutoCloseable {
    /** Octets of payload in a segment, the same in all cases, so that none exceeds 1500 octets with ESP around it. */
    static final int SEGMENT = 1388;

    /** Segments in a super-packet: the most that 65,535 octets hold. */
    static final int SEGMENTS = (Coalescer.MAX_OCTETS - Connection.HEADERS) / SEGMENT;

    static final int SUPER_PACKET = SEGMENTS * SEGMENT;

    private final StackCase stack;
    private final boolean clear;
    private final Protection protection;
    private final Connection connection;
    private final Wire wire;
    private final Memory superPacket = Memory.allocateDirect(Coalescer.MAX_OCTETS);
    private final Segmenter segmenter = new Segmenter();
    private final Coalescer coalescer;
    private final Flow flow = new Flow();
    private final Burst outbound;
    private final Burst inbound;

    SoftwarePath(StackCase stack, Variant variant, int superPackets) {
        this.stack = stack;
        clear = variant.isClear();
        protection = new Protection(variant);
        connection = new Connection(new byte[superPackets * SUPER_PACKET]);
        wire = new Wire(superPackets * SEGMENTS);
        coalescer = new Coalescer(
                Memory.allocateDirect(Coalescer.MAX_OCTETS), 1, Coalescer.MAX_OCTETS, this::deliverMerged);
        outbound = new Burst(stack.outboundBurst());
        inbound = new Burst(stack.inboundBurst());
    }

    Wire wire() {
        return wire;
    }

    byte[] received() {
        return connection.application();
    }

    int octetsReceived() {
        return connection.taken();
    }

    /** Puts a whole stream on the wire. */
    void send(byte[] stream) {
        wire.packets = 0;
        outbound.reset(wire.memory);
        for (int from = 0; from < stream.length; from += SUPER_PACKET) {
            if (stack.segmentation) {
                sendSuperPacket(stream, from);
            } else {
                for (int i = 0; i < SEGMENTS; i++) {
                    sendPacket(stream, from + i * SEGMENT, i == SEGMENTS - 1);
                }
            }
        }
        sendBurst();
    }

    private void sendSuperPacket(byte[] stream, int from) {
        int octets = connection.send(stream, from, SUPER_PACKET, true, false, SEGMENTS, superPacket, 0);
        OutboundSa sa = associate(superPacket, 0, octets);
        segmenter.plan(superPacket, 0, octets, SEGMENT);
        for (int i = 0; i < segmenter.segments(); i++) {
            int slot = nextSlot();
            add(slot, segmenter.write(i, wire.memory, slot + Wire.HEADROOM), sa);
        }
    }

    private void sendPacket(byte[] stream, int from, boolean last) {
        int slot = nextSlot();
        int at = slot + Wire.HEADROOM;
        int octets = connection.send(stream, from, SEGMENT, last, true, 1, wire.memory, at);
        add(slot, octets, associate(wire.memory, at, octets));
    }

    private int nextSlot() {
        return wire.slot(wire.packets + outbound.size());
    }

    private OutboundSa associate(Memory memory, int at, int octets) {
        if (!flow.parse(memory, at, octets)) {
            throw new IllegalStateException("the stack made a malformed packet");
        }
        Policy<OutboundSa> policy = protection.policies.find(flow, 0);
        return policy.action() == PolicyAction.PROTECT ? policy.protection() : null;
    }

    private void add(int slot, int octets, OutboundSa sa) {
        int index = outbound.add(slot + Wire.HEADROOM, octets, slot, slot + Wire.SLOT);
        if (sa != null) {
            outbound.route(index, sa);
        }
        if (outbound.size() == outbound.capacity()) {
            sendBurst();
        }
    }

    private void sendBurst() {
        if (!clear && outbound.size() > 0) {
            protection.out.encapsulate(outbound);
        }
        for (int i = 0; i < outbound.size(); i++) {
            if (!clear && outbound.outbound(i) != OutboundOutcome.ENCAPSULATED) {
                throw new IllegalStateException("a packet was " + outbound.outbound(i));
            }
            wire.put(outbound.offset(i), outbound.length(i));
        }
        outbound.reset(wire.memory);
    }

    /** Takes all packets off the wire. */
    void receive() {
        connection.rewind();
        for (int first = 0; first < wire.packets; first += inbound.capacity()) {
            receiveBurst(first, Math.min(wire.packets, first + inbound.capacity()));
        }
    }

    private void receiveBurst(int first, int end) {
        inbound.reset(wire.memory);
        for (int i = first; i < end; i++) {
            inbound.add(wire.at[i], wire.octets[i], wire.slot(i), wire.slot(i) + Wire.SLOT);
        }
        if (!clear) {
            protection.in.decapsulate(inbound);
        }
        for (int i = 0; i < inbound.size(); i++) {
            if (!clear && inbound.inbound(i) != InboundOutcome.ACCEPTED) {
                throw new IllegalStateException("a packet was " + inbound.inbound(i));
            }
            if (stack.coalescing) {
                coalescer.offer(wire.memory, inbound.offset(i), inbound.length(i), inbound.spi(i));
            } else {
                deliver(wire.memory, inbound.offset(i), inbound.length(i), false);
            }
        }
        coalescer.flush();
    }

    private void deliverMerged(CoalescedPacket packet) {
        deliver(packet.memory(), packet.at(), packet.octets(), packet.segments() > 1);
    }

    /** What passes the stack on the way up: headers, policy, connection. */
    private void deliver(Memory memory, int at, int octets, boolean verified) {
        if (!flow.parse(memory, at, octets)) {
            throw new IllegalStateException("a malformed packet arrived");
        }
        connection.receive(memory, at, octets, verified);
    }

    @Override
    public void close() {
        protection.close();
    }
}
