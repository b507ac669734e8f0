package io.esp4j.wire;

import io.esp4j.memory.Memory;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/**
 * An IP address of either family, as numbers. An IPv4 address is the low 32 bits of {@code low}, {@code high} is 0.
 *
 * @param v6 whether it is an IPv6 address
 * @param high the first 8 octets of an IPv6 address, 0 for IPv4
 * @param low the last 8 octets of an IPv6 address, or the 4 octets of an IPv4 address
 */
public record IpAddress(boolean v6, long high, long low) {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)"; // no 010, which some read as octal
    private static final Pattern DOTTED = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
    private static final Pattern DOT = Pattern.compile("\\.");
    // Begins as an address does and has a colon, so that the Java library never takes it for a host's name.
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F]*:[0-9a-fA-F:.]*");

    /**
     * An IPv4 address.
     *
     * @param octets its four octets
     * @return the address
     */
    public static IpAddress v4(int octets) {
        return new IpAddress(false, 0, octets & 0xffff_ffffL);
    }

    /**
     * An address of the Java library.
     *
     * @param address IPv4 or IPv6
     * @return the same address
     */
    public static IpAddress of(InetAddress address) {
        ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? v4(octets.getInt())
                : new IpAddress(true, octets.getLong(), octets.getLong());
    }

    /**
     * Parses a literal; no name is ever looked up.
     *
     * @param literal an IPv4 address in dotted decimal or an IPv6 address
     * @return the address
     * @throws IllegalArgumentException if it is neither
     */
    public static IpAddress parse(String literal) {
        if (DOTTED.matcher(literal).matches()) {
            return dotted(literal);
        }
        if (COLONS.matcher(literal).matches()) {
            return colons(literal);
        }
        throw notAnAddress(literal, null);
    }

    private static IpAddress dotted(String literal) {
        int octets = 0;
        for (String number : DOT.split(literal, -1)) {
            octets = (octets << 8) | Integer.parseInt(number);
        }
        return v4(octets);
    }

    private static IpAddress colons(String literal) {
        try {
            IpAddress address = of(InetAddress.getByName(literal));
            // The Java library turns ::ffff:a.b.c.d into an IPv4 address; here it stays what was written.
            return address.v6 ? address : new IpAddress(true, 0, 0xffff_0000_0000L | address.low);
        } catch (UnknownHostException e) {
            throw notAnAddress(literal, e);
        }
    }

    private static IllegalArgumentException notAnAddress(String literal, Exception cause) {
        return new IllegalArgumentException(
                "\"" + literal + "\" is not an IP address: expected one such as 192.0.2.1 or 2001:db8::1", cause);
    }

    /** {@return the address's length, 4 or 16 octets} */
    public int octets() {
        return v6 ? 16 : 4;
    }

    /**
     * Reads an address.
     *
     * @param memory where it lies
     * @param at position of its first octet
     * @param v6 whether it is 16 octets long, rather than 4
     * @return the address
     */
    public static IpAddress read(Memory memory, int at, boolean v6) {
        return v6 ? new IpAddress(true, memory.int64(at), memory.int64(at + 8)) : v4(memory.int32(at));
    }

    /**
     * Writes the address.
     *
     * @param memory where to
     * @param at position of its first octet
     */
    public void write(Memory memory, int at) {
        if (v6) {
            memory.int64(at, high);
            memory.int64(at + 8, low);
        } else {
            memory.int32(at, (int) low);
        }
    }

    /** {@return the address as the Java library has it} */
    public InetAddress toInetAddress() {
        ByteBuffer octets = ByteBuffer.allocate(octets());
        if (v6) {
            octets.putLong(high).putLong(low);
        } else {
            octets.putInt((int) low);
        }
        try {
            return InetAddress.getByAddress(octets.array());
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 octets is always legal", e);
        }
    }

    @Override
    public String toString() {
        if (!v6) {
            return (low >>> 24) + "." + ((low >>> 16) & 0xff) + "." + ((low >>> 8) & 0xff) + "." + (low & 0xff);
        }
        return Ipv6Text.of(high, low);
    }
}
