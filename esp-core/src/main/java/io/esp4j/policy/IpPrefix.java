package io.esp4j.policy;

import io.esp4j.wire.IpAddress;

/**
 * The addresses that share their leading bits. Immutable.
 *
 * @param address the lowest of them: all bits after the prefix are 0
 * @param length how many bits they share: 0 to 32 for IPv4, 0 to 128 for IPv6
 */
public record IpPrefix(IpAddress address, int length) {

    /**
     * A prefix.
     *
     * @throws IllegalArgumentException if the length is out of range, or a bit after the prefix is set
     */
    public IpPrefix {
        checkLength(address, length);
        if (!masked(address, length).equals(address)) {
            throw new IllegalArgumentException(address + "/" + length + " has bits set after its prefix: expected "
                    + masked(address, length) + "/" + length + ", or " + address + " for the one address");
        }
    }

    /**
     * The prefix of a certain length that an address lies in.
     *
     * @param address any address
     * @param length in bits
     * @return the prefix
     * @throws IllegalArgumentException if the length is out of range
     */
    public static IpPrefix containing(IpAddress address, int length) {
        checkLength(address, length);
        return new IpPrefix(masked(address, length), length);
    }

    /**
     * Reads a prefix or a single address.
     *
     * @param text such as {@code 10.0.0.0/8}, {@code 2001:db8::/32} or {@code 192.0.2.1}
     * @return the prefix, of full length for a single address
     * @throws IllegalArgumentException if it is neither
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return new IpPrefix(address, address.octets() * 8);
        }
        String length = text.substring(slash + 1);
        if (!length.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not a prefix: expected a length of 0 to "
                    + address.octets() * 8 + " bits after the slash");
        }
        return new IpPrefix(address, Integer.parseInt(length));
    }

    /** {@return its addresses as a range} */
    public AddressRange range() {
        long hostHigh = address.v6() ? ~mask(length) : 0;
        long hostLow = address.v6() ? ~mask(length - 64) : 0xffff_ffffL & ~mask(length + 32);
        return new AddressRange(
                address, new IpAddress(address.v6(), address.high() | hostHigh, address.low() | hostLow));
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }

    private static IpAddress masked(IpAddress address, int length) {
        return address.v6()
                ? new IpAddress(true, address.high() & mask(length), address.low() & mask(length - 64))
                : new IpAddress(false, 0, address.low() & mask(length + 32));
    }

    /** The leading bits of a long, none for a count of 0 or less, all for 64 or more. */
    private static long mask(int bits) {
        return bits <= 0 ? 0 : bits >= 64 ? -1L : -1L << (64 - bits);
    }

    private static void checkLength(IpAddress address, int length) {
        if (length < 0 || length > address.octets() * 8) {
            throw new IllegalArgumentException(address + "/" + length + " is not a prefix: expected a length of 0 to "
                    + address.octets() * 8 + " bits");
        }
    }
}
