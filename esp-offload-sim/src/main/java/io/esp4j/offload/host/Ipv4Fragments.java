package io.esp4j.offload.host;

import io.esp4j.memory.Memory;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Parameter;
import io.esp4j.offload.simulation.Simulation;
import io.esp4j.wire.Ipv4Header;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fragments of IPv4 (RFC 791 §3.2): cuts packets, and puts them together again. No overlap is accepted (RFC 8200 §4.5 says so
 * of IPv6, for good reasons). Threads: single owner thread.
 */
public final class Ipv4Fragments {
    private static final int MORE = 0x2000;
    private static final int OFFSET = 0x1fff;

    private record Key(long addresses, int identification, int protocol) {}

    private final Simulation simulation;
    private final Frames frames;
    private final Counters counters;
    private final Map<Key, List<Frame>> waiting = new HashMap<>();

    /**
     * For one host or router.
     *
     * @param simulation the run
     * @param frames makes frames
     * @param counters counts what becomes of them
     */
    public Ipv4Fragments(Simulation simulation, Frames frames, Counters counters) {
        this.simulation = simulation;
        this.frames = frames;
        this.counters = counters;
    }

    /**
     * Cuts a packet into fragments.
     *
     * @param frame an Ethernet frame with IPv4, without Don't Fragment; it comes to its end
     * @param ipAt position of its IP header, which has no options
     * @param mtu most octets of a fragment
     * @param to takes the fragments
     */
    public void cut(Frame frame, int ipAt, int mtu, FrameSink to) {
        Memory memory = frame.memory();
        int before = ipAt - frame.offset();
        int payload = Ipv4Header.totalOctets(memory, ipAt) - Ipv4Header.OCTETS;
        int most = (mtu - Ipv4Header.OCTETS) & ~7;
        int flags = memory.int16(ipAt + 6);
        for (int from = 0; from < payload; from += most) {
            int octets = Math.min(most, payload - from);
            Frame fragment = frames.make(before + Ipv4Header.OCTETS + octets);
            Memory target = fragment.memory();
            int targetIp = fragment.offset() + before;
            memory.copyTo(frame.offset(), target, fragment.offset(), before + Ipv4Header.OCTETS);
            memory.copyTo(ipAt + Ipv4Header.OCTETS + from, target, targetIp + Ipv4Header.OCTETS, octets);
            boolean last = from + octets == payload;
            target.int16(targetIp + 2, Ipv4Header.OCTETS + octets);
            target.int16(targetIp + 6, (flags + (from >>> 3)) | (last ? 0 : MORE));
            Ipv4Header.writeChecksum(target, targetIp);
            to.accept(fragment);
        }
        frame.end(counters, Counter.FRAGMENTED);
    }

    /**
     * Takes a fragment.
     *
     * @param frame an Ethernet frame with an IPv4 fragment, which waits or comes to its end
     * @param ipAt position of its IP header
     * @return the whole packet, a frame of its own, or null if some are missing yet
     */
    public Frame collect(Frame frame, int ipAt) {
        Memory memory = frame.memory();
        Key key = new Key(memory.int64(ipAt + 12), memory.int16(ipAt + 4), Ipv4Header.protocol(memory, ipAt));
        List<Frame> parts = waiting.get(key);
        if (parts == null) {
            List<Frame> begun = new ArrayList<>();
            waiting.put(key, begun);
            parts = begun;
            simulation.after(simulation.value(Parameter.REASSEMBLY_NANOS), () -> giveUp(key, begun));
        }
        parts.add(frame);
        int before = ipAt - frame.offset();
        parts.sort((one, other) -> Integer.compare(place(one, before), place(other, before)));
        int total = wholeOctets(parts, before);
        if (total < 0) {
            return null;
        }
        waiting.remove(key);
        return join(parts, before, total);
    }

    private static int place(Frame frame, int before) {
        return (frame.memory().int16(frame.offset() + before + 6) & OFFSET) << 3;
    }

    private static int payloadOctets(Frame frame, int before) {
        int at = frame.offset() + before;
        return Ipv4Header.totalOctets(frame.memory(), at) - Ipv4Header.headerOctets(frame.memory(), at);
    }

    private static int wholeOctets(List<Frame> parts, int before) {
        int expected = 0;
        for (Frame part : parts) {
            if (place(part, before) != expected) {
                return -1;
            }
            expected += payloadOctets(part, before);
        }
        Frame last = parts.get(parts.size() - 1);
        return (last.memory().int16(last.offset() + before + 6) & MORE) == 0 ? expected : -1;
    }

    private Frame join(List<Frame> parts, int before, int total) {
        Frame first = parts.get(0);
        int header = Ipv4Header.headerOctets(first.memory(), first.offset() + before);
        Frame whole = frames.make(before + header + total);
        first.memory().copyTo(first.offset(), whole.memory(), whole.offset(), before + header);
        for (Frame part : parts) {
            int partHeader = Ipv4Header.headerOctets(part.memory(), part.offset() + before);
            part.memory()
                    .copyTo(
                            part.offset() + before + partHeader,
                            whole.memory(),
                            whole.offset() + before + header + place(part, before),
                            payloadOctets(part, before));
        }
        int ipAt = whole.offset() + before;
        whole.memory().int16(ipAt + 2, header + total);
        whole.memory().int16(ipAt + 6, whole.memory().int16(ipAt + 6) & ~(MORE | OFFSET));
        Ipv4Header.writeChecksum(whole.memory(), ipAt);
        parts.forEach(part -> part.end(counters, Counter.REASSEMBLED));
        return whole;
    }

    private void giveUp(Key key, List<Frame> parts) {
        if (waiting.get(key) == parts) {
            waiting.remove(key);
            parts.forEach(part -> part.end(counters, Counter.RX_REASSEMBLY_TIMEOUT));
        }
    }
}
