package io.esp4j.tools.packet;

import io.esp4j.memory.HeapMemory;
import io.esp4j.memory.Memory;

/**
 * What a command does to one IP packet. The packet lies in {@link #memory}, with room around it; afterwards the journey says
 * where the result lies, and what became of the packet. Threads: single owner thread.
 */
abstract class PacketJourney implements AutoCloseable {
    /** Where packets are put: outer headers, and BEET's inner one, need less room than this. */
    static final int PACKET_AT = 512;

    /** No packet is longer than its IP header can say: an IPv6 header and its payload. */
    static final int MAX_PACKET_OCTETS = 40 + 65535;

    private final HeapMemory memory = Memory.of(new byte[PACKET_AT + MAX_PACKET_OCTETS + MAX_PACKET_OCTETS]);
    private boolean identified;
    private int spi;
    private long sequence;

    /**
     * Takes a packet.
     *
     * @param octets how many lie at {@link #PACKET_AT}, at most {@link #MAX_PACKET_OCTETS}; more than the packet's own length
     *     are link-layer padding
     * @return what became of it; if accepted, the result lies at {@link #resultAt()}
     */
    abstract Verdict take(int octets);

    abstract int resultAt();

    abstract int resultOctets();

    /** {@return the number that the SA of an index has reached: sent, or received} */
    abstract long sequence(int sa);

    HeapMemory memory() {
        return memory;
    }

    /** Says that the packet has no SPI. */
    void anonymous() {
        identified = false;
    }

    void identify(int packetSpi, long packetSequence) {
        identified = true;
        spi = packetSpi;
        sequence = packetSequence;
    }

    /** {@return whether the packet taken last has SPI and sequence number} */
    boolean identified() {
        return identified;
    }

    int spi() {
        return spi;
    }

    long sequence() {
        return sequence;
    }

    @Override
    public abstract void close();
}
