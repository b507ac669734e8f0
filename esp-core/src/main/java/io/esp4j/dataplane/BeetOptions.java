package io.esp4j.dataplane;

import io.esp4j.memory.Memory;

/**
 * The pseudo-header that carries IPv4 options in BEET mode (draft-nikander-esp-beet-mode §5.1). Stateless.
 *
 * <pre>
 * |  Next Header  |  Header Len   |    Pad Len    |   Reserved    |
 * |  padding of 0 or 4 octets (NOP)                               |
 * |  IPv4 options                                                 |
 * </pre>
 *
 * <p>Header Len counts units of 8 octets without the first 8.
 */
final class BeetOptions {
    /** The most octets that it is longer than the options in it. */
    static final int GROWTH = 8;

    private static final int FIXED_OCTETS = 4;
    private static final int FOUR_NOPS = 0x01010101;

    private BeetOptions() {}

    /** {@return the pseudo-header's length for options of a multiple of 4 octets} */
    static int octets(int optionOctets) {
        return FIXED_OCTETS + padOctets(optionOctets) + optionOctets;
    }

    /** Pads so that the whole is a multiple of 8. */
    private static int padOctets(int optionOctets) {
        return 4 - (optionOctets & 4);
    }

    /** Writes what precedes the options, which lie in place at the end of the pseudo-header. */
    static void write(Memory memory, int at, int nextHeader, int optionOctets) {
        int padOctets = padOctets(optionOctets);
        memory.int32(at, (nextHeader << 24) | ((optionOctets / 8) << 16) | (padOctets << 8));
        if (padOctets != 0) {
            memory.int32(at + FIXED_OCTETS, FOUR_NOPS);
        }
    }

    static int nextHeader(Memory memory, int at) {
        return memory.octet(at);
    }

    /** {@return the length of a received pseudo-header} */
    static int totalOctets(Memory memory, int at) {
        return (memory.octet(at + 1) + 1) * 8;
    }

    /** {@return the length of the options in a received pseudo-header, or −1 if its fields make no sense} */
    static int optionOctets(Memory memory, int at) {
        int padOctets = memory.octet(at + 2);
        int options = totalOctets(memory, at) - FIXED_OCTETS - padOctets;
        return options >= 0 && options <= 40 && options % 4 == 0 ? options : -1;
    }
}
