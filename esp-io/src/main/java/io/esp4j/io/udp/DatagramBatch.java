package io.esp4j.io.udp;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Datagrams in the slots of one direct memory region, as a structure of arrays: {@link UdpEndpoint#receive} fills it,
 * {@link UdpEndpoint#send} sends it. A slot is
 *
 * <pre>
 * headroom ‖ datagram ‖ tailroom
 * </pre>
 *
 * <p>and a datagram may be moved, and grow and shrink, anywhere inside its slot ({@link #place}). Positions are octets of
 * the region. Threads: single owner thread; an endpoint's receiving and sending sides each want a batch of their own if
 * they run on two threads.
 */
public final class DatagramBatch {
    final ByteBuffer view;
    final int[] offset;
    final int[] length;
    final SocketAddress[] peer;
    final int datagramOctets;
    private final ByteBuffer region;
    private final int headroom;
    private final int slotOctets;
    private int size;

    /**
     * An empty batch over a new region.
     *
     * @param slots how many datagrams it can hold, at least 1
     * @param headroom octets kept free in front of each datagram received, at least 0
     * @param datagramOctets longest datagram that can be received, 1 to 65535
     * @param tailroom octets kept free behind the longest datagram, at least 0
     * @throws IllegalArgumentException if a number is out of its range or the region would exceed 2^31 − 1 octets
     */
    public DatagramBatch(int slots, int headroom, int datagramOctets, int tailroom) {
        if (slots < 1 || headroom < 0 || datagramOctets < 1 || datagramOctets > 0xffff || tailroom < 0) {
            throw new IllegalArgumentException("slots " + slots + ", headroom " + headroom + ", datagram octets "
                    + datagramOctets + ", tailroom " + tailroom
                    + ": expected slots from 1, datagram octets from 1 to 65535, and no negative room");
        }
        // One octet more than the longest datagram, which shows that a datagram was longer.
        long octetsPerSlot = (long) headroom + datagramOctets + Math.max(tailroom, 1);
        if (octetsPerSlot * slots > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    slots + " slots of " + octetsPerSlot + " octets exceed a region of 2^31 - 1 octets");
        }
        this.headroom = headroom;
        this.datagramOctets = datagramOctets;
        this.slotOctets = (int) octetsPerSlot;
        region = ByteBuffer.allocateDirect(slots * slotOctets);
        view = region.duplicate();
        offset = new int[slots];
        length = new int[slots];
        peer = new SocketAddress[slots];
    }

    /** The memory that all slots lie in, from position 0 to its capacity. */
    public ByteBuffer region() {
        return region;
    }

    /** Datagrams that it can hold. */
    public int capacity() {
        return offset.length;
    }

    /** Datagrams that it holds, the indexes from 0 up. */
    public int size() {
        return size;
    }

    /** Position of a datagram's first octet. */
    public int offset(int index) {
        return offset[Objects.checkIndex(index, size)];
    }

    /** Octets of a datagram. */
    public int length(int index) {
        return length[Objects.checkIndex(index, size)];
    }

    /** Where a datagram came from or is to go; null where nobody has said so. */
    public SocketAddress peer(int index) {
        return peer[Objects.checkIndex(index, size)];
    }

    /** Position of the first octet of a slot, whether it is in use or not. */
    public int slotStart(int index) {
        return Objects.checkIndex(index, capacity()) * slotOctets;
    }

    /** Position after the last octet of a slot, whether it is in use or not. */
    public int slotEnd(int index) {
        return slotStart(index) + slotOctets;
    }

    /** Empties the batch; the octets stay. */
    public void clear() {
        size = 0;
    }

    /**
     * Puts the next slot to use, its datagram empty and behind the headroom; write its octets, then {@link #place} it.
     *
     * @return its index
     * @throws IndexOutOfBoundsException if all slots are in use
     */
    public int add(SocketAddress to) {
        int index = Objects.checkIndex(size, capacity());
        size++;
        offset[index] = slotStart(index) + headroom;
        length[index] = 0;
        peer[index] = to;
        return index;
    }

    /**
     * Says where a datagram is now.
     *
     * @throws IndexOutOfBoundsException if there is no such datagram or it would leave its slot
     */
    public void place(int index, int newOffset, int newLength) {
        Objects.checkIndex(index, size);
        Objects.checkFromIndexSize(newOffset - slotStart(index), newLength, slotOctets);
        offset[index] = newOffset;
        length[index] = newLength;
    }

    /** The view over where the next datagram is received: one octet longer than the longest. */
    ByteBuffer nextSlot() {
        int at = slotStart(size) + headroom;
        return view.limit(at + datagramOctets + 1).position(at);
    }

    /** Keeps what was received into {@link #nextSlot}. */
    void keep(SocketAddress from, int octets) {
        int index = add(from);
        length[index] = octets;
    }

    /** The view over a datagram. */
    ByteBuffer datagram(int index) {
        return view.limit(offset[index] + length[index]).position(offset[index]);
    }
}
