package io.esp4j.offload.frame;

/**
 * An Ethernet address. Threads: immutable.
 *
 * @param bits its 48 bits
 */
public record MacAddress(long bits) {
    /** All ones: everybody. */
    public static final MacAddress BROADCAST = new MacAddress(0xffff_ffff_ffffL);

    /**
     * An address.
     *
     * @param bits its 48 bits
     */
    public MacAddress {
        if (bits >>> 48 != 0) {
            throw new IllegalArgumentException("0x" + Long.toHexString(bits) + ": expected 48 bits");
        }
    }

    /**
     * {@return a locally administered unicast address with a number}
     *
     * @param number any; different ones give different addresses
     */
    public static MacAddress local(int number) {
        return new MacAddress(0x0200_0000_0000L | Integer.toUnsignedLong(number));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(17);
        for (int shift = 40; shift >= 0; shift -= 8) {
            text.append(String.format("%02x", (bits >>> shift) & 0xff)).append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
