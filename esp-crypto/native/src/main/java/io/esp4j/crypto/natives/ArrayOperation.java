package io.esp4j.crypto.natives;

import io.esp4j.memory.HeapMemory;

/**
 * What a session does to single packets of an array, where they lie. Threads: as its session.
 *
 * <p>Position and length were checked: the packet lies inside the array and has a length that a packet can have.
 */
public interface ArrayOperation {

    /**
     * Seals a packet.
     *
     * @param memory the array
     * @param at position of the SPI
     * @param octets from SPI to the end of the ICV
     * @param sequence the 64-bit sequence number
     * @return the operation's status
     */
    byte seal(HeapMemory memory, int at, int octets, long sequence);

    /**
     * Opens a packet.
     *
     * @param memory the array
     * @param at position of the SPI
     * @param octets from SPI to the end of the ICV
     * @param sequence the 64-bit sequence number
     * @param restore whether the octets of a refused packet are needed again
     * @return the operation's status
     */
    byte open(HeapMemory memory, int at, int octets, long sequence, boolean restore);
}
