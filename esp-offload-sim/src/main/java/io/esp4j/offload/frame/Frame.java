package io.esp4j.offload.frame;

import io.esp4j.memory.HeapMemory;
import io.esp4j.offload.simulation.Counter;
import io.esp4j.offload.simulation.Counters;
import io.esp4j.offload.simulation.Event;
import io.esp4j.offload.simulation.Simulation;

/**
 * One Ethernet frame on its way, from the addresses to the end of the payload (no FCS), in memory with room around it; beside
 * it, what a descriptor ring carries between driver and MAC and nobody else sees.
 *
 * <p>A frame is in one place at a time, and comes to exactly one end ({@link #end}). Positions and lengths are octets. Threads: single owner thread.
 */
public final class Frame implements Event {
    private final Frames book;
    private final long number;
    private final HeapMemory memory;
    private int offset;
    private int length;
    private boolean ended;
    private FrameSink next;

    private int segmentOctets;
    private ReceiveStatus status = ReceiveStatus.NOT_OFFLOADED;
    private OffloadMode mode = OffloadMode.NONE;
    private int saHandle;
    private int sequenceHigh;
    private int queue;

    Frame(Frames book, long number, HeapMemory memory, int offset, int length) {
        this.book = book;
        this.number = number;
        this.memory = memory;
        this.offset = offset;
        this.length = length;
    }

    /** {@return the frame's number in its run, from 1} */
    public long number() {
        return number;
    }

    /** {@return where it lies} */
    public HeapMemory memory() {
        return memory;
    }

    /** {@return the position of its first octet} */
    public int offset() {
        return offset;
    }

    /** {@return its octets} */
    public int length() {
        return length;
    }

    /** {@return the position after its last octet} */
    public int end() {
        return offset + length;
    }

    /**
     * Says anew where it lies in its memory.
     *
     * @param from position of its first octet
     * @param octets its length
     */
    public void view(int from, int octets) {
        offset = from;
        length = octets;
    }

    /** {@return a copy of its octets} */
    public byte[] octets() {
        byte[] copy = new byte[length];
        memory.read(offset, copy, 0, length);
        return copy;
    }

    /** {@return a new frame with the same octets and the same descriptor} */
    public Frame copy() {
        Frame copy = book.make(length);
        memory.copyTo(offset, copy.memory, copy.offset, length);
        copy.describe(this);
        return copy;
    }

    /**
     * Takes over another frame's descriptor, but for the request to be cut.
     *
     * @param other the frame
     */
    public void describe(Frame other) {
        status = other.status;
        mode = other.mode;
        saHandle = other.saHandle;
        sequenceHigh = other.sequenceHigh;
        queue = other.queue;
    }

    /** {@return octets of upper-layer payload that the MAC shall cut it into, 0 for not at all} */
    public int segmentOctets() {
        return segmentOctets;
    }

    /**
     * Asks the MAC to cut it.
     *
     * @param octets of upper-layer payload in each segment
     */
    public void segmentOctets(int octets) {
        segmentOctets = octets;
    }

    /** {@return what the device says about decryption} */
    public ReceiveStatus status() {
        return status;
    }

    /** {@return how the device worked on it, of use where its status is about an SA} */
    public OffloadMode mode() {
        return mode;
    }

    /** {@return the handle of the SA that the device used, 0 for none} */
    public int saHandle() {
        return saHandle;
    }

    /** {@return the high half of the number that the device used} */
    public int sequenceHigh() {
        return sequenceHigh;
    }

    /**
     * Notes what the device says, in the receive descriptor.
     *
     * @param receiveStatus how decryption went
     * @param offloadMode how the device worked on it
     * @param handle the SA's handle
     * @param high the high half of the number
     */
    public void mark(ReceiveStatus receiveStatus, OffloadMode offloadMode, int handle, int high) {
        status = receiveStatus;
        mode = offloadMode;
        saHandle = handle;
        sequenceHigh = high;
    }

    /** {@return the receive queue that it came through} */
    public int queue() {
        return queue;
    }

    /**
     * Notes the receive queue.
     *
     * @param number its number, from 0
     */
    public void queue(int number) {
        queue = number;
    }

    /**
     * Hands it on at a later time.
     *
     * @param simulation the run
     * @param nanos when
     * @param sink to whom
     */
    public void passTo(Simulation simulation, long nanos, FrameSink sink) {
        next = sink;
        simulation.at(nanos, this);
    }

    @Override
    public void happen() {
        next.accept(this);
    }

    /**
     * Comes to its end.
     *
     * @param counters who counts it
     * @param counter how it ended
     * @throws IllegalStateException if it has ended before: it would be counted twice
     */
    public void end(Counters counters, Counter counter) {
        if (ended || !counter.isEnd()) {
            throw new IllegalStateException("frame " + number + " ends as " + counter
                    + (ended ? ", but it has ended before" : ", which is no end"));
        }
        ended = true;
        counters.count(counter);
        book.ended(this, counters, counter);
    }

    /** {@return whether it has come to its end} */
    public boolean hasEnded() {
        return ended;
    }
}
