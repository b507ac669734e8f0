package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;
import java.util.Objects;

/**
 * Up to {@value #CAPACITY} packets of a run, in direct memory and known by address. Threads: single owner thread.
 *
 * <p>Packets of an array, and those that need room for the high half of an ESN, are copied to a staging area, each at a
 * multiple of 64, and back by {@link #store}.
 */
public final class PacketBatch {
    /** How many packets it can hold. */
    public static final int CAPACITY = 64;

    /** The longest packet, from SPI to ICV: what an IP length can say. */
    public static final int MAXIMUM_PACKET_OCTETS = 65_535;

    private static final int STAGING_OCTETS = 128 * 1024;
    private static final int STAGING_ALIGNMENT = 64;
    private static final int SPI_OCTETS = 4;

    private final NativeHeap heap;
    private final DirectAddresses addresses;
    private final int octetsPerCall;
    /** Position and length of each packet. */
    private final long[] places = new long[CAPACITY];

    private boolean staged;
    private DirectMemory memory;
    private long base;
    private int size;
    private long stagingAddress;
    private DirectMemory staging;

    PacketBatch(NativeHeap heap, DirectAddresses addresses, int octetsPerCall) {
        this.heap = heap;
        this.addresses = addresses;
        this.octetsPerCall = octetsPerCall;
    }

    /** {@return how many packets it holds} */
    public int size() {
        return size;
    }

    /** {@return where the packets lie} */
    public DirectMemory memory() {
        return memory;
    }

    /** {@return the native address of position 0 of {@link #memory()}} */
    public long base() {
        return base;
    }

    /**
     * {@return the position of a packet's SPI}
     *
     * @param packet its index in this batch
     */
    public int at(int packet) {
        return (int) (places[packet] >>> Integer.SIZE);
    }

    /**
     * {@return a packet's octets from SPI to the end of the ICV, as it lies here}
     *
     * @param packet its index in this batch
     */
    public int octets(int packet) {
        return (int) places[packet];
    }

    private static long place(int position, int length) {
        return ((long) position << Integer.SIZE) | length;
    }

    /** {@return whether C can work on a packet of a length: C itself checks nothing} */
    static boolean fits(EspLayout layout, int length) {
        return length <= MAXIMUM_PACKET_OCTETS && layout.fits(length);
    }

    /**
     * Takes as many packets as fit from a run, none from one on whose length no packet has.
     *
     * @throws IndexOutOfBoundsException if a packet is not inside the region
     */
    void load(CryptoBurst burst, int from, int to, EspLayout layout, boolean roomForHighHalf) {
        Memory region = burst.memory();
        int end = Math.min(to, from + CAPACITY);
        staged = roomForHighHalf || !(region instanceof DirectMemory);
        if (staged) {
            if (staging == null) {
                stage();
            }
            memory = staging;
            base = stagingAddress;
            size = loadStaged(region, burst, from, end, layout, roomForHighHalf ? Integer.BYTES : 0);
        } else {
            memory = (DirectMemory) region;
            base = addresses.of(memory);
            size = loadDirect(burst, from, end, layout);
        }
    }

    private int loadDirect(CryptoBurst burst, int from, int end, EspLayout layout) {
        int regionOctets = memory.length();
        long left = octetsPerCall;
        int count = 0;
        for (int i = from; i < end; i++) {
            int offset = burst.offset(i);
            int length = burst.length(i);
            left -= length;
            if (!fits(layout, length) || (left < 0 && count > 0)) {
                break;
            }
            Objects.checkFromIndexSize(offset, length, regionOctets);
            places[count++] = place(offset, length);
        }
        return count;
    }

    private int loadStaged(Memory region, CryptoBurst burst, int from, int end, EspLayout layout, int gap) {
        int limit = Math.min(STAGING_OCTETS, octetsPerCall);
        int position = 0;
        int count = 0;
        for (int i = from; i < end; i++) {
            int offset = burst.offset(i);
            int length = burst.length(i);
            if (!fits(layout, length) || (count > 0 && position + length + gap > limit)) {
                break;
            }
            if (gap == 0) {
                region.copyTo(offset, memory, position, length);
            } else {
                region.copyTo(offset, memory, position, SPI_OCTETS);
                region.copyTo(offset + SPI_OCTETS, memory, position + SPI_OCTETS + gap, length - SPI_OCTETS);
            }
            places[count++] = place(position, length + gap);
            position = (position + length + gap + STAGING_ALIGNMENT - 1) & -STAGING_ALIGNMENT;
        }
        return count;
    }

    /** Copies staged packets back to where they came from, all but the SPI, which nobody changes. */
    void store(CryptoBurst burst, int from) {
        if (staged) {
            for (int i = 0; i < size; i++) {
                int length = burst.length(from + i) - SPI_OCTETS;
                int end = at(i) + octets(i);
                memory.copyTo(end - length, burst.memory(), burst.offset(from + i) + SPI_OCTETS, length);
            }
        }
    }

    /** Keeps nobody's memory beyond the run. */
    void forget() {
        memory = null;
    }

    private void stage() {
        stagingAddress = heap.allocate(STAGING_OCTETS);
        staging = (DirectMemory) Memory.of(heap.view(stagingAddress, STAGING_OCTETS));
    }

    void free() {
        if (staging != null) {
            heap.release(stagingAddress, STAGING_OCTETS);
        }
    }
}
