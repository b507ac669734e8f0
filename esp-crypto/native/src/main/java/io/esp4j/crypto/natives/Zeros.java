package io.esp4j.crypto.natives;

import io.esp4j.memory.DirectMemory;
import io.esp4j.memory.Memory;

/** Zeros for packets that are refused: a few are stored, more are copied, which takes no call of C either. No state. */
public final class Zeros {
    private static final int FEW = 128;
    private static final int OCTETS = 2048;
    private static final DirectMemory SOURCE = Memory.allocateDirect(OCTETS);

    private Zeros() {}

    /**
     * Writes zeros.
     *
     * @param target where
     * @param at position of the first
     * @param octets how many
     */
    public static void write(Memory target, int at, int octets) {
        if (octets <= FEW) {
            target.zero(at, octets);
            return;
        }
        for (int done = 0; done < octets; done += OCTETS) {
            SOURCE.copyTo(0, target, at + done, Math.min(OCTETS, octets - done));
        }
    }
}
