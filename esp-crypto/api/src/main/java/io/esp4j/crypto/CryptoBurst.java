package io.esp4j.crypto;

import io.esp4j.memory.Memory;

/**
 * Crypto operations on packets of one memory region, as a structure of arrays.
 *
 * <p>Each operation names one ESP packet: the position of its SPI, its length from SPI to the last octet of the ICV, and
 * its 64-bit sequence number, whose low half is the one in the packet. For sealing, the packet lies there complete but for
 * encryption and ICV: header, IV where the transform has one on the wire, plaintext with trailer, room for the ICV. For
 * opening, it lies there as it arrived; its length is at least {@link Transform#minimumPacketOctets()} and its ciphertext
 * is a multiple of the cipher's block.
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

    private final int[] offset;
    private final int[] length;
    private final long[] sequence;
    private final byte[] status;
    private Memory memory;
    private int size;

    /**
     * An empty burst.
     *
     * @param capacity how many operations it can hold
     */
    public CryptoBurst(int capacity) {
        offset = new int[capacity];
        length = new int[capacity];
        sequence = new long[capacity];
        status = new byte[capacity];
    }

    /**
     * Empties the burst and names the region of the operations to come.
     *
     * @param region where the packets lie
     */
    public void reset(Memory region) {
        memory = region;
        size = 0;
    }

    /**
     * Adds an operation.
     *
     * @param packetOffset position of the SPI
     * @param packetLength octets from SPI to the end of the ICV
     * @param sequenceNumber the 64-bit number; without ESN its high half is 0
     * @return the operation's index
     * @throws IndexOutOfBoundsException if the burst is full
     */
    public int add(int packetOffset, int packetLength, long sequenceNumber) {
        int index = size;
        offset[index] = packetOffset;
        length[index] = packetLength;
        sequence[index] = sequenceNumber;
        status[index] = PENDING;
        size = index + 1;
        return index;
    }

    /**
     * Makes an operation pending again under another number.
     *
     * @param index the operation
     * @param sequenceNumber the 64-bit number to try
     */
    public void retry(int index, long sequenceNumber) {
        sequence[index] = sequenceNumber;
        status[index] = PENDING;
    }

    /** {@return the region that the packets lie in} */
    public Memory memory() {
        return memory;
    }

    /** {@return how many operations it holds} */
    public int size() {
        return size;
    }

    /** {@return how many operations it can hold} */
    public int capacity() {
        return offset.length;
    }

    /**
     * {@return the position of an operation's SPI}
     *
     * @param index the operation
     */
    public int offset(int index) {
        return offset[index];
    }

    /**
     * {@return an operation's octets from SPI to the end of the ICV}
     *
     * @param index the operation
     */
    public int length(int index) {
        return length[index];
    }

    /**
     * {@return an operation's 64-bit sequence number}
     *
     * @param index the operation
     */
    public long sequence(int index) {
        return sequence[index];
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
     * Completes an operation.
     *
     * @param index the operation
     * @param newStatus one of the constants
     */
    public void complete(int index, byte newStatus) {
        status[index] = newStatus;
    }
}
