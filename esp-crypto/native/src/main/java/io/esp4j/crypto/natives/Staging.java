package io.esp4j.crypto.natives;

import io.esp4j.crypto.CryptoBurst;
import io.esp4j.crypto.natives.binding.NativeHeap;
import io.esp4j.crypto.provider.EspLayout;
import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;

/**
 * Brings packets that C can't work on where they are, those of an array and those that need room for the high half of an ESN, to
 * native memory and back: up to {@value NativeSession#PACKETS_PER_CALL} at a time, each at a multiple of 64. There they are packets of a
 * burst of their own. Threads: single owner thread.
 */
final class Staging {
    private static final int OCTETS = 128 * 1024;
    private static final int ALIGNMENT = 64;
    private static final int SPI_OCTETS = 4;

    private final NativeHeap heap;
    private final int limit;
    private long address;
    private DirectMemory memory;
    private CryptoBurst packets;

    Staging(NativeHeap heap, int octetsPerCall) {
        this.heap = heap;
        limit = Math.min(OCTETS, octetsPerCall);
    }

    /** {@return the packets that were loaded} */
    CryptoBurst packets() {
        return packets;
    }

    /** {@return the native address of position 0 of their memory} */
    long address() {
        return address;
    }

    /**
     * Takes as many packets as fit, none from one on whose length no packet has.
     *
     * @param gap octets of room behind the SPI
     * @return how many
     * @throws IndexOutOfBoundsException if one is not inside the region
     */
    int load(CryptoBurst burst, int from, int to, EspLayout layout, int gap) {
        if (memory == null) {
            allocate();
        }
        packets.reset(memory);
        Memory region = burst.memory();
        int end = Math.min(to, from + NativeSession.PACKETS_PER_CALL);
        int position = 0;
        int packet = from;
        for (; packet < end; packet++) {
            int offset = burst.offset(packet);
            int length = burst.length(packet);
            if (!layout.fits(length) || (packet > from && position + length + gap > limit)) {
                break;
            }
            if (gap == 0) {
                region.copyTo(offset, memory, position, length);
            } else {
                region.copyTo(offset, memory, position, SPI_OCTETS);
                region.copyTo(offset + SPI_OCTETS, memory, position + SPI_OCTETS + gap, length - SPI_OCTETS);
            }
            packets.add(position, length + gap, burst.sequence(packet));
            position = (position + length + gap + ALIGNMENT - 1) & -ALIGNMENT;
        }
        return packet - from;
    }

    /** Copies the packets back to where they came from, all but the SPI, which nobody changes, and tells how they ended. */
    void store(CryptoBurst burst, int from) {
        for (int packet = 0; packet < packets.size(); packet++) {
            int length = burst.length(from + packet) - SPI_OCTETS;
            int end = packets.offset(packet) + packets.length(packet);
            memory.copyTo(end - length, burst.memory(), burst.offset(from + packet) + SPI_OCTETS, length);
            burst.complete(from + packet, packets.status(packet));
        }
    }

    private void allocate() {
        address = heap.allocate(OCTETS);
        memory = (DirectMemory) Memory.of(heap.view(address, OCTETS));
        packets = new CryptoBurst(NativeSession.PACKETS_PER_CALL);
    }

    void free() {
        if (memory != null) {
            heap.release(address, OCTETS);
        }
    }
}
