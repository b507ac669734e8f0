package io.esp4j.policy;

import io.esp4j.wire.IpAddress;

/**
 * All addresses from a first to a last one, of one family. Immutable.
 *
 * @param first the lowest address
 * @param last the highest address, not below the first
 */
public record AddressRange(IpAddress first, IpAddress last) {

    /**
     * A range.
     *
     * @throws IllegalArgumentException if the families differ or the last address lies below the first
     */
    public AddressRange {
        if (first.v6() != last.v6() || compare(first.high(), first.low(), last.high(), last.low()) > 0) {
            throw new IllegalArgumentException(
                    "expected a range of addresses of one family, found " + first + " to " + last);
        }
    }

    /**
     * {@return the range of one address}
     *
     * @param address the address
     */
    public static AddressRange of(IpAddress address) {
        return new AddressRange(address, address);
    }

    /** {@return whether these are IPv6 addresses} */
    public boolean v6() {
        return first.v6();
    }

    /** {@return whether it is one address only} */
    public boolean isSingle() {
        return first.equals(last);
    }

    /**
     * {@return whether an address lies within}
     *
     * @param address of either family
     */
    public boolean contains(IpAddress address) {
        return address.v6() == v6()
                && compare(first.high(), first.low(), address.high(), address.low()) <= 0
                && compare(address.high(), address.low(), last.high(), last.low()) <= 0;
    }

    /** Compares two addresses of one family as unsigned 128-bit numbers. */
    static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) : Long.compareUnsigned(high, otherHigh);
    }

    /** {@return the address, the prefix, or first and last address with a hyphen, whichever is shortest} */
    @Override
    public String toString() {
        if (isSingle()) {
            return first.toString();
        }
        for (int length = 0; length < first.octets() * 8; length++) {
            IpPrefix prefix = IpPrefix.containing(first, length);
            if (prefix.range().equals(this)) {
                return prefix.toString();
            }
        }
        return first + "-" + last;
    }
}
