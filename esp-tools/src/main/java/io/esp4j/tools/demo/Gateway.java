package io.esp4j.tools.demo;

import io.esp4j.dataplane.Burst;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.Framing;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.dataplane.OutboundSa;
import io.esp4j.dataplane.Worker;
import io.esp4j.io.udp.DatagramBatch;
import io.esp4j.io.udp.UdpEndpoint;
import io.esp4j.memory.Memory;
import io.esp4j.outcome.InboundOutcome;
import io.esp4j.outcome.OutboundOutcome;
import io.esp4j.sa.SaParameters;
import io.esp4j.tools.sa.SaEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One end of the tunnel: sends the trace, opens and compares what comes. Threads: {@link #step} by a single owner thread;
 * the counters may be read by any.
 */
final class Gateway implements AutoCloseable {
    private static final int BURST = 32;
    /** So many datagrams may be on their way: fewer than a default socket buffer holds. */
    private static final int WINDOW = 64;

    private static final int ROOM = 128;

    private final UdpEndpoint endpoint;
    private final Trace trace;
    private final List<ByteBuffer> expected;
    private final WireCapture capture;
    private final Dataplane dataplane = Dataplane.create();
    private final Worker worker = dataplane.newWorker();
    private final OutboundSa outbound;
    private final InboundSa inbound;
    private final DatagramBatch sending;
    private final DatagramBatch receiving;
    private final Memory sendingMemory;
    private final Memory receivingMemory;
    private final ByteBuffer received;
    private final Burst burst = new Burst(BURST);
    private final AtomicLong sentPackets = new AtomicLong();
    private final AtomicLong receivedPackets = new AtomicLong();
    private final AtomicLong identicalPackets = new AtomicLong();
    private final AtomicLong identicalOctets = new AtomicLong();
    private volatile boolean finished;

    Gateway(UdpEndpoint endpoint, SaEntry out, SaEntry in, Trace trace, WireCapture capture) {
        this.endpoint = endpoint;
        this.trace = trace;
        this.capture = capture;
        expected = trace.packets().stream().map(ByteBuffer::wrap).toList();
        outbound = dataplane.addOutbound(parameters(out), out.material());
        inbound = dataplane.addInbound(parameters(in), in.material());
        int octets = trace.longestOctets() + outbound.overheadOctets(trace.longestOctets());
        sending = new DatagramBatch(BURST, ROOM, octets, ROOM);
        receiving = new DatagramBatch(BURST, ROOM, octets, ROOM);
        sendingMemory = Memory.of(sending.region());
        receivingMemory = Memory.of(receiving.region());
        received = receiving.region().duplicate();
    }

    private static SaParameters parameters(SaEntry sa) {
        return sa.builder().carriedBySocket(true).build();
    }

    /**
     * Sends a burst if the peer has kept up, and takes what has come.
     *
     * @return whether anything was done
     */
    boolean step(Gateway peer) throws IOException {
        boolean sent = !finished && sentPackets() - peer.receivedPackets() <= WINDOW - BURST;
        if (sent) {
            send();
        }
        int count = endpoint.receive(receiving);
        if (count > 0) {
            open(count);
        } else if (!sent) {
            endpoint.awaitReceivable(1);
        }
        return sent || count > 0;
    }

    /** Sends no more. */
    void finish() {
        finished = true;
    }

    /** {@return whether it sends no more, so that the packets sent are all that there will be} */
    boolean isFinished() {
        return finished;
    }

    private void send() throws IOException {
        long before = sentPackets();
        sending.clear();
        burst.reset(sendingMemory);
        for (int index = 0; index < BURST; index++) {
            byte[] packet = trace.packet(before + index + 1);
            sending.add(null);
            int at = sending.offset(index);
            sending.region().put(at, packet);
            burst.add(at, packet.length, sending.slotStart(index), sending.slotEnd(index));
        }
        worker.encapsulate(burst, outbound);
        for (int index = 0; index < BURST; index++) {
            if (burst.outbound(index) != OutboundOutcome.ENCAPSULATED) {
                throw new IOException("packet " + (before + index + 1) + " was not sent: " + burst.outbound(index));
            }
            sending.place(index, burst.offset(index), burst.length(index));
            if (burst.sequence(index) <= trace.size()) {
                capture.keep(outbound.parameters(), sending.region(), burst.offset(index), burst.length(index));
            }
        }
        int next = endpoint.send(sending, 0);
        while (next < BURST) {
            endpoint.awaitSendable(1);
            next = endpoint.send(sending, next);
        }
        sentPackets.setRelease(before + BURST);
    }

    private void open(int count) {
        burst.reset(receivingMemory, Framing.UDP_PAYLOAD, 0);
        for (int index = 0; index < count; index++) {
            burst.add(
                    receiving.offset(index),
                    receiving.length(index),
                    receiving.slotStart(index),
                    receiving.slotEnd(index));
        }
        worker.decapsulate(burst);
        long identical = 0;
        long octets = 0;
        for (int index = 0; index < count; index++) {
            if (burst.inbound(index) == InboundOutcome.ACCEPTED && isIdentical(index)) {
                identical++;
                octets += burst.length(index);
            }
        }
        identicalOctets.setRelease(identicalOctets() + octets);
        identicalPackets.setRelease(identicalPackets() + identical);
        receivedPackets.setRelease(receivedPackets() + count);
    }

    private boolean isIdentical(int index) {
        int packet = (int) Long.remainderUnsigned(burst.sequence(index) - 1, expected.size());
        received.clear();
        received.position(burst.offset(index)).limit(burst.offset(index) + burst.length(index));
        return expected.get(packet).equals(received);
    }

    long sentPackets() {
        return sentPackets.get();
    }

    long receivedPackets() {
        return receivedPackets.get();
    }

    /** {@return packets that came out as they had gone in} */
    long identicalPackets() {
        return identicalPackets.get();
    }

    long identicalOctets() {
        return identicalOctets.get();
    }

    long acceptedPackets() {
        return inbound.count(InboundOutcome.ACCEPTED);
    }

    String provider() {
        return outbound.provider();
    }

    @Override
    public void close() {
        worker.close();
        dataplane.close();
    }
}
