package io.esp4j.tools.packet;

/** A set of 64-bit numbers that only grows, without an object for each. Threads: single owner thread. */
final class LongSet {
    private static final int LEAST_CAPACITY = 64;

    private long[] slots = new long[LEAST_CAPACITY];
    private boolean[] taken = new boolean[LEAST_CAPACITY];
    private int size;

    /** {@return whether the number is new} */
    boolean add(long number) {
        if (size > slots.length / 2) {
            grow();
        }
        int slot = slot(number);
        if (taken[slot]) {
            return false;
        }
        put(slot, number);
        return true;
    }

    int size() {
        return size;
    }

    private void put(int slot, long number) {
        slots[slot] = number;
        taken[slot] = true;
        size++;
    }

    /** Where the number is, or would be. */
    private int slot(long number) {
        int mask = slots.length - 1;
        int slot = Long.hashCode(number * 0x9e37_79b9_7f4a_7c15L) & mask;
        while (taken[slot] && slots[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] numbers = slots;
        boolean[] present = taken;
        slots = new long[numbers.length * 2];
        taken = new boolean[slots.length];
        size = 0;
        for (int i = 0; i < numbers.length; i++) {
            if (present[i]) {
                put(slot(numbers[i]), numbers[i]);
            }
        }
    }
}
