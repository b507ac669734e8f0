package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;

/**
 * Brings packets of a run, up to {@value #CAPACITY} at a time, to where C can work on them: direct memory whose address is
 * known. Threads: single owner thread.
 *
 * <p>Packets of direct memory are there already. Packets of an array, and those that need room for the high half of an ESN,
 * are copied to a staging area, each at a multiple of 64, and become packets of a burst there; {@link #store} brings back what
 * became of them.
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

    private boolean staged;
    private long base;
    private long stagingAddress;
    private DirectMemory staging;
    private CryptoBurst stagedPackets;

    PacketBatch(NativeHeap heap, DirectAddresses addresses, int octetsPerCall) {
        this.heap = heap;
        this.addresses = addresses;
        this.octetsPerCall = octetsPerCall;
    }

    /** {@return whether C can work on a packet of a length: C itself checks nothing} */
    static boolean fits(EspLayout layout, int length) {
        return length <= MAXIMUM_PACKET_OCTETS && layout.fits(length);
    }

    /**
     * Takes as many packets as fit from a run; of those that are staged, none from one on whose length no packet has.
     *
     * @return how many
     * @throws IndexOutOfBoundsException if a staged packet is not inside the region
     */
    int load(CryptoBurst burst, int from, int to, EspLayout layout, boolean roomForHighHalf) {
        int end = Math.min(to, from + CAPACITY);
        staged = roomForHighHalf || !(burst.memory() instanceof DirectMemory);
        if (staged) {
            return stage(burst, from, end, layout, roomForHighHalf ? Integer.BYTES : 0);
        }
        base = addresses.of((DirectMemory) burst.memory());
        return end - from;
    }

    /** {@return how many octets one call should have at most, if it has several packets} */
    int octetsPerCall() {
        return octetsPerCall;
    }

    /** {@return the burst whose packets were loaded, in direct memory} */
    CryptoBurst packets(CryptoBurst burst) {
        return staged ? stagedPackets : burst;
    }

    /** {@return the index of the first packet in that burst} */
    int first(int from) {
        return staged ? 0 : from;
    }

    /** {@return the native address of position 0 of that burst's memory} */
    long base() {
        return base;
    }

    private int stage(CryptoBurst burst, int from, int end, EspLayout layout, int gap) {
        if (staging == null) {
            allocateStaging();
        }
        base = stagingAddress;
        stagedPackets.reset(staging);
        Memory region = burst.memory();
        int limit = Math.min(STAGING_OCTETS, octetsPerCall);
        int position = 0;
        int packet = from;
        for (; packet < end; packet++) {
            int offset = burst.offset(packet);
            int length = burst.length(packet);
            if (!fits(layout, length) || (packet > from && position + length + gap > limit)) {
                break;
            }
            if (gap == 0) {
                region.copyTo(offset, staging, position, length);
            } else {
                region.copyTo(offset, staging, position, SPI_OCTETS);
                region.copyTo(offset + SPI_OCTETS, staging, position + SPI_OCTETS + gap, length - SPI_OCTETS);
            }
            stagedPackets.add(position, length + gap, burst.sequence(packet));
            position = (position + length + gap + STAGING_ALIGNMENT - 1) & -STAGING_ALIGNMENT;
        }
        return packet - from;
    }

    /** Copies staged packets back to where they came from, all but the SPI, which nobody changes, and tells how they ended. */
    void store(CryptoBurst burst, int from) {
        if (staged) {
            for (int packet = 0; packet < stagedPackets.size(); packet++) {
                int length = burst.length(from + packet) - SPI_OCTETS;
                int end = stagedPackets.offset(packet) + stagedPackets.length(packet);
                staging.copyTo(end - length, burst.memory(), burst.offset(from + packet) + SPI_OCTETS, length);
                burst.complete(from + packet, stagedPackets.status(packet));
            }
        }
    }

    private void allocateStaging() {
        stagingAddress = heap.allocate(STAGING_OCTETS);
        staging = (DirectMemory) Memory.of(heap.view(stagingAddress, STAGING_OCTETS));
        stagedPackets = new CryptoBurst(CAPACITY);
    }

    void free() {
        if (staging != null) {
            heap.release(stagingAddress, STAGING_OCTETS);
        }
    }
}
