package io.esp4j.offload.mac;

import io.esp4j.memory.Memory;
import io.esp4j.offload.frame.EthernetHeader;
import io.esp4j.offload.frame.Frame;
import io.esp4j.offload.frame.FrameSink;
import io.esp4j.offload.frame.Frames;
import io.esp4j.offload.frame.MetadataTag;
import io.esp4j.segment.SegmentationVerdict;
import io.esp4j.segment.Segmenter;
import io.esp4j.wire.IpHead;
import io.esp4j.wire.Ipv4Header;
import io.esp4j.wire.Ipv6Header;
import io.esp4j.wire.NextHeader;

/**
 * Cuts a super-frame (TSO). Everything before the upper-layer payload is replicated: addresses, tags, outer header, ESP header
 * with its number, IV. Only the lengths, the IPv4 identification and TCP's own fields are made anew; that all segments then
 * carry one number is for the agent to mend.
 *
 * <pre>
 *   | Ethernet | tag | IP | ESP, IV | inner IP | TCP | payload |   tunnel mode: the inner packet is cut
 *   | Ethernet | tag | IP | ESP, IV | TCP | payload |              transport mode: IP and TCP are put together, and cut
 *   | Ethernet | tag | IP | TCP | payload |                        clear text, or packet offload
 * </pre>
 *
 * <p>Threads: single owner thread.
 */
final class SegmentationOffload {
    private final Frames frames;
    private final Segmenter segmenter = new Segmenter();
    private final EthernetHeader ethernet = new EthernetHeader();
    private final Memory whole = Memory.of(new byte[1 << 16]);
    private final Memory one = Memory.of(new byte[1 << 16]);

    SegmentationOffload(Frames frames) {
        this.frames = frames;
    }

    /** {@return whether the frame was cut, and its segments handed on; it is as before} */
    boolean cut(Frame frame, FrameSink to) {
        boolean tagged = MetadataTag.isOn(frame) && MetadataTag.isWhole(frame);
        boolean crypto = tagged && MetadataTag.offload(frame) && !MetadataTag.packetMode(frame);
        int espOffset = crypto ? MetadataTag.espOffset(frame) : 0;
        int payloadOffset = crypto ? MetadataTag.payloadOffset(frame) : 0;
        int nextHeader = crypto ? MetadataTag.nextHeader(frame) : 0;
        int tagOctets = tagged ? MetadataTag.OCTETS : 0;
        if (!ethernet.walk(frame.memory(), frame.offset() + tagOctets, frame.length() - tagOctets)) {
            return false;
        }
        int ipAt = ethernet.payloadAt();
        if (crypto && nextHeader != NextHeader.IPV4 && nextHeader != NextHeader.IPV6) {
            return cutTransport(frame, ipAt, espOffset, payloadOffset, nextHeader, to);
        }
        return cutInner(frame, ipAt, payloadOffset, to);
    }

    private boolean cutInner(Frame frame, int ipAt, int payloadOffset, FrameSink to) {
        int innerAt = ipAt + payloadOffset;
        if (!plan(frame.memory(), innerAt, frame.end() - innerAt, frame.segmentOctets())) {
            return false;
        }
        int prefix = innerAt - frame.offset();
        for (int index = 0; index < segmenter.segments(); index++) {
            Frame segment = frames.make(prefix + segmenter.octets(index));
            frame.memory().copyTo(frame.offset(), segment.memory(), segment.offset(), prefix);
            segmenter.write(index, segment.memory(), segment.offset() + prefix);
            if (payloadOffset > 0) {
                writeOuter(segment.memory(), segment.offset() + ipAt - frame.offset(), segment.end(), index);
            }
            to.accept(segment);
        }
        return true;
    }

    private boolean cutTransport(
            Frame frame, int ipAt, int espOffset, int payloadOffset, int nextHeader, FrameSink to) {
        Memory memory = frame.memory();
        int payloadOctets = frame.end() - ipAt - payloadOffset;
        memory.copyTo(ipAt, whole, 0, espOffset);
        memory.copyTo(ipAt + payloadOffset, whole, espOffset, payloadOctets);
        rewrite(whole, 0, nextHeader, espOffset + payloadOctets);
        if (!plan(whole, 0, espOffset + payloadOctets, frame.segmentOctets())) {
            return false;
        }
        int before = ipAt - frame.offset();
        int esp = payloadOffset - espOffset;
        for (int index = 0; index < segmenter.segments(); index++) {
            int octets = segmenter.write(index, one, 0);
            Frame segment = frames.make(before + octets + esp);
            Memory target = segment.memory();
            int targetIp = segment.offset() + before;
            memory.copyTo(frame.offset(), target, segment.offset(), before);
            one.copyTo(0, target, targetIp, espOffset);
            memory.copyTo(ipAt + espOffset, target, targetIp + espOffset, esp);
            one.copyTo(espOffset, target, targetIp + payloadOffset, octets - espOffset);
            rewrite(target, targetIp, NextHeader.ESP, octets + esp);
            to.accept(segment);
        }
        return true;
    }

    private boolean plan(Memory memory, int at, int octets, int segmentOctets) {
        return segmenter.plan(memory, at, octets, segmentOctets) == SegmentationVerdict.PLANNED;
    }

    private static void rewrite(Memory memory, int at, int protocol, int octets) {
        if (memory.octet(at) >>> 4 == 6) {
            memory.octet(at + Ipv6Header.NEXT_HEADER_AT, protocol);
            Ipv6Header.totalOctets(memory, at, octets);
        } else {
            Ipv4Header.rewrite(memory, at, protocol, octets);
        }
    }

    /** The outer header of a segment: its length, and an identification that counts up where it may be fragmented. */
    private static void writeOuter(Memory memory, int at, int end, int index) {
        long head = memory.int64(at);
        if (IpHead.isV6(head)) {
            Ipv6Header.totalOctets(memory, at, end - at);
            return;
        }
        memory.int16(at + 2, end - at);
        if (!IpHead.v4DontFragment(head)) {
            memory.int16(at + 4, IpHead.v4Identification(head) + index);
        }
        Ipv4Header.writeChecksum(memory, at);
    }
}
