package io.esp4j.sad;

/**
 * A set of SPIs at 8 to 16 octets each. SPI 0, which is never allocated, marks an empty slot.
 *
 * <p>Threads: single owner, or under its owner's lock.
 */
final class SpiSet {
    private int[] slots = new int[16];
    private int size;

    int size() {
        return size;
    }

    boolean contains(int spi) {
        return slots[indexOf(spi)] == spi;
    }

    /** False if it is there already. */
    boolean add(int spi) {
        int i = indexOf(spi);
        if (slots[i] == spi) {
            return false;
        }
        slots[i] = spi;
        size++;
        if (size * 2 > slots.length) {
            int[] old = slots;
            slots = new int[old.length * 2];
            for (int present : old) {
                if (present != 0) {
                    slots[indexOf(present)] = present;
                }
            }
        }
        return true;
    }

    /** False if it is not there. */
    boolean remove(int spi) {
        int hole = indexOf(spi);
        if (slots[hole] != spi) {
            return false;
        }
        size--;
        int mask = slots.length - 1;
        // Entries after the hole move into it unless their home lies between the hole and them.
        for (int i = (hole + 1) & mask; slots[i] != 0; i = (i + 1) & mask) {
            int home = SadHash.of(slots[i], 0, slots.length);
            if (((i - home) & mask) >= ((i - hole) & mask)) {
                slots[hole] = slots[i];
                hole = i;
            }
        }
        slots[hole] = 0;
        return true;
    }

    /** Where the SPI is, or the empty slot where it would go. */
    private int indexOf(int spi) {
        int i = SadHash.of(spi, 0, slots.length);
        while (slots[i] != 0 && slots[i] != spi) {
            i = (i + 1) & (slots.length - 1);
        }
        return i;
    }
}
