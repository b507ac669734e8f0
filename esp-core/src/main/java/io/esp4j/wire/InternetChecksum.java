package io.esp4j.wire;

import io.esp4j.memory.Memory;

/** The checksum of RFC 1071 and its incremental update of RFC 1624. Stateless. */
public final class InternetChecksum {
    private InternetChecksum() {}

    /**
     * {@return the sum, not folded, of octets as 16-bit numbers; an odd last octet counts as if a zero followed}
     *
     * @param memory where they lie
     * @param at position of the first
     * @param octets how many, up to 65535
     */
    public static long sum(Memory memory, int at, int octets) {
        long sum = 0;
        int i = at;
        int end = at + octets;
        int lastEight = end - 8; // a bound that the compiler sees to be one: it unrolls, and checks positions once
        for (; i <= lastEight; i += 8) { // 32-bit numbers are as good until the sum is folded (RFC 1071 §2)
            long words = memory.int64(i);
            sum += (words >>> 32) + (words & 0xffff_ffffL);
        }
        if (end - i >= 4) {
            sum += memory.int32(i) & 0xffff_ffffL;
            i += 4;
        }
        if (end - i >= 2) {
            sum += memory.int16(i);
            i += 2;
        }
        if (i < end) {
            sum += memory.octet(i) << 8;
        }
        return sum;
    }

    /**
     * {@return a sum folded to 16 bits, not complemented}
     *
     * @param sum a sum of 16-bit numbers
     */
    public static int fold(long sum) {
        long folded = (sum & 0xffff_ffffL) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return (int) ((folded & 0xffff) + (folded >>> 16));
    }

    /**
     * {@return the checksum after a 16-bit field that it covers changed (RFC 1624, equation 3)}
     *
     * @param checksum as it was
     * @param before the field as it was
     * @param after the field as it is
     */
    public static int update(int checksum, int before, int after) {
        return ~fold((~checksum & 0xffffL) + (~before & 0xffffL) + after) & 0xffff;
    }

    /**
     * {@return the sum of the pseudo-header that TCP and UDP cover (RFC 9293 §3.1, RFC 8200 §8.1)}
     *
     * @param addressSum the sum of both addresses as 16-bit numbers
     * @param protocol the upper-layer protocol
     * @param octets the upper-layer length
     */
    public static long pseudoHeader(long addressSum, int protocol, int octets) {
        return addressSum + protocol + (octets >>> 16) + (octets & 0xffff);
    }
}
