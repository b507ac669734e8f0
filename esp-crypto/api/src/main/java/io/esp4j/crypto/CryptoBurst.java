package io.esp4j.crypto;

import io.esp4j.memory.Memory;
import java.util.Arrays;

/**
 * Crypto operations on packets of one memory region.
 *
 * <p>Each operation names one ESP packet: the position of its SPI, its length from SPI to the last octet of the ICV, and
 * its 64-bit sequence number, whose low half is the one in the packet. For sealing, the packet lies there complete but for
 * encryption and ICV: header, IV where the transform has one on the wire, plaintext with trailer, room for the ICV. For
 * opening, it lies there as it arrived; its length is {@link Transform#minimumPacketOctets()} to 65,535 and its ciphertext
 * is a multiple of the cipher's block.
 *
 * <p>Packets have numbers of their own, in which they may be {@linkplain #describe described} in any order, or not at all; the
 * operations are those of the packets that were {@linkplain #append appended}, in that order. Who needs no such difference
 * uses {@link #add}.
 *
 * <p>Threads: single owner thread.
 */
public final class CryptoBurst {
    /** Not yet computed. */
    public static final byte PENDING = 0;
    /** Sealed, or opened with a correct ICV. */
    public static final byte DONE = 1;
    /** Opened with a wrong ICV; the packet's octets are zeros or the wire's again, never plaintext. */
    public static final byte ICV_MISMATCH = 2;
    /** Not computed because the key is closed or the device failed; the packet's octets are as before or zeros. */
    public static final byte FAILED = 3;

    /** The words of a packet's row: where it lies, and its number. */
    private static final int ROW_SHIFT = 1;

    private static final int PLACE = 0;
    private static final int SEQUENCE = 1;

    private final long[] rows;
    private final int[] order;
    private final byte[] status;
    private Memory memory;
    private int size;

    /**
     * An empty burst.
     *
     * @param capacity how many packets it can hold
     */
    public CryptoBurst(int capacity) {
        rows = new long[capacity << ROW_SHIFT];
        order = new int[capacity];
        status = new byte[capacity];
    }

    /**
     * Empties the burst and names the region of the packets to come.
     *
     * @param region where the packets lie
     */
    public void reset(Memory region) {
        if (memory != region) { // mostly it is the one of before, and a reference written costs more than one read
            memory = region;
        }
        size = 0;
    }

    /**
     * Adds an operation, on a packet with the operation's number.
     *
     * @param packetOffset position of the SPI
     * @param packetLength octets from SPI to the end of the ICV
     * @param sequenceNumber the 64-bit number; without ESN its high half is 0
     * @return its index
     * @throws IndexOutOfBoundsException if the burst is full
     */
    public int add(int packetOffset, int packetLength, long sequenceNumber) {
        describe(size, packetOffset, packetLength, sequenceNumber);
        append(size);
        return size - 1;
    }

    /**
     * Says where a packet lies, and its number.
     *
     * @param packet the packet, from 0 to the capacity − 1
     * @param packetOffset position of the SPI
     * @param packetLength octets from SPI to the end of the ICV
     * @param sequenceNumber the 64-bit number; without ESN its high half is 0
     * @throws IndexOutOfBoundsException if there can be no such packet
     */
    public void describe(int packet, int packetOffset, int packetLength, long sequenceNumber) {
        int row = packet << ROW_SHIFT;
        rows[row + PLACE] = ((long) packetOffset << Integer.SIZE) | Integer.toUnsignedLong(packetLength);
        rows[row + SEQUENCE] = sequenceNumber;
    }

    /**
     * Adds an operation on a packet, which waits for crypto from now on.
     *
     * @param packet a packet that was described, or will be
     * @throws IndexOutOfBoundsException if the burst is full
     */
    public void append(int packet) {
        int index = size;
        order[index] = packet;
        status[index] = PENDING;
        size = index + 1;
    }

    /**
     * Puts a packet in the place of an operation's.
     *
     * @param index the operation
     * @param packet its packet from now on
     */
    public void order(int index, int packet) {
        order[index] = packet;
    }

    /**
     * Prepares an operation to be tried again with another number.
     *
     * @param index the operation
     * @param sequenceNumber the number to try
     */
    public void retry(int index, long sequenceNumber) {
        packetSequence(order[index], sequenceNumber);
        status[index] = PENDING;
    }

    /** {@return the region that the packets lie in} */
    public Memory memory() {
        return memory;
    }

    /** {@return how many operations there are} */
    public int size() {
        return size;
    }

    /** {@return how many operations the burst can hold} */
    public int capacity() {
        return order.length;
    }

    /**
     * {@return the packet of an operation}
     *
     * @param index the operation
     */
    public int packet(int index) {
        return order[index];
    }

    /**
     * {@return the position of an operation's SPI}
     *
     * @param index the operation
     */
    public int offset(int index) {
        return packetOffset(order[index]);
    }

    /**
     * {@return the octets of an operation's packet, from SPI to the end of the ICV}
     *
     * @param index the operation
     */
    public int length(int index) {
        return packetLength(order[index]);
    }

    /**
     * {@return an operation's 64-bit sequence number}
     *
     * @param index the operation
     */
    public long sequence(int index) {
        return packetSequence(order[index]);
    }

    /**
     * {@return the position of a packet's SPI}
     *
     * @param packet the packet
     */
    public int packetOffset(int packet) {
        return (int) (rows[(packet << ROW_SHIFT) + PLACE] >>> Integer.SIZE);
    }

    /**
     * {@return a packet's octets, from SPI to the end of the ICV}
     *
     * @param packet the packet
     */
    public int packetLength(int packet) {
        return (int) rows[(packet << ROW_SHIFT) + PLACE];
    }

    /**
     * {@return a packet's 64-bit sequence number}
     *
     * @param packet the packet
     */
    public long packetSequence(int packet) {
        return rows[(packet << ROW_SHIFT) + SEQUENCE];
    }

    /**
     * Gives a packet another number.
     *
     * @param packet the packet
     * @param sequenceNumber the 64-bit number
     */
    public void packetSequence(int packet, long sequenceNumber) {
        rows[(packet << ROW_SHIFT) + SEQUENCE] = sequenceNumber;
    }

    /**
     * {@return an operation's status: {@link #PENDING}, {@link #DONE}, {@link #ICV_MISMATCH} or {@link #FAILED}}
     *
     * @param index the operation
     */
    public byte status(int index) {
        return status[index];
    }

    /**
     * Completes an operation; called by whoever computes it.
     *
     * @param index the operation
     * @param newStatus what became of it
     */
    public void complete(int index, byte newStatus) {
        status[index] = newStatus;
    }

    /**
     * Completes operations that end alike.
     *
     * @param from the first
     * @param to the one after the last
     * @param newStatus what became of them
     */
    public void complete(int from, int to, byte newStatus) {
        Arrays.fill(status, from, to, newStatus);
    }
}
