package io.esp4j.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one selector field of up to 16 bits: ANY, OPAQUE, or a list of ranges (RFC 4301 §4.4.1.1).
 *
 * <p>Besides ports, such fields are the protocol, ICMP type and code as {@code type * 256 + code}, and the type of a
 * Mobility Header as {@code type * 256}: the form that IKE gives them, in which ranges compare as the RFC demands.
 *
 * <p>Threads: immutable.
 */
public final class ValueSet {
    /** Every value, and OPAQUE too. */
    public static final ValueSet ANY = new ValueSet(true, true, new int[0]);

    /** Only where the packet does not show the field. */
    public static final ValueSet OPAQUE = new ValueSet(false, true, new int[0]);

    /** Stands for a field that a packet does not show. */
    static final int UNAVAILABLE = -1;

    private static final int MAXIMUM = 0xffff;

    private final boolean any;
    private final boolean opaque;
    private final int[] bounds;

    private ValueSet(boolean any, boolean opaque, int[] bounds) {
        this.any = any;
        this.opaque = opaque;
        this.bounds = bounds;
    }

    /**
     * A single value.
     *
     * @param value 0 to 65535
     * @return the set of it
     */
    public static ValueSet of(int value) {
        return range(value, value);
    }

    /**
     * A range.
     *
     * @param first 0 to 65535
     * @param last not below the first, up to 65535
     * @return the set of all values from first to last
     * @throws IllegalArgumentException if they are out of range or out of order
     */
    public static ValueSet range(int first, int last) {
        if (first < 0 || last > MAXIMUM || first > last) {
            throw new IllegalArgumentException("expected a range within 0 to 65535, found " + first + " to " + last);
        }
        return new ValueSet(false, false, new int[] {first, last});
    }

    /**
     * ICMP messages of one type with any code.
     *
     * @param type 0 to 255
     * @return the set of them
     */
    public static ValueSet icmpType(int type) {
        return icmp(type, 0, type, 255);
    }

    /**
     * ICMP messages from one type and code to another: those with {@code first <= type * 256 + code <= last}.
     *
     * @param firstType 0 to 255
     * @param firstCode 0 to 255
     * @param lastType 0 to 255
     * @param lastCode 0 to 255
     * @return the set of them
     */
    public static ValueSet icmp(int firstType, int firstCode, int lastType, int lastCode) {
        return range(octet(firstType) << 8 | octet(firstCode), octet(lastType) << 8 | octet(lastCode));
    }

    /**
     * Mobility Headers of certain types.
     *
     * @param firstType 0 to 255
     * @param lastType 0 to 255
     * @return the set of them
     */
    public static ValueSet mobilityTypes(int firstType, int lastType) {
        return range(octet(firstType) << 8, octet(lastType) << 8 | 0xff);
    }

    /**
     * Reads ports.
     *
     * @param text one such as {@code 443}, or a range such as {@code 1000-2000}
     * @return the set of them
     * @throws IllegalArgumentException if it is neither
     */
    public static ValueSet parsePorts(String text) {
        if (text.matches("\\d{1,5}(-\\d{1,5})?")) {
            String[] bounds = text.split("-", -1);
            int first = Integer.parseInt(bounds[0]);
            int last = Integer.parseInt(bounds[bounds.length - 1]);
            if (first <= last && last <= MAXIMUM) {
                return range(first, last);
            }
        }
        throw new IllegalArgumentException("\"" + text
                + "\" is not a port or a range of ports: expected such as 443 or 1000-2000, from 0 to 65535");
    }

    /**
     * The union of two lists of ranges.
     *
     * @param other neither ANY nor OPAQUE, as this must be
     * @return all values of both
     * @throws IllegalStateException if one of them is no list of ranges
     */
    public ValueSet and(ValueSet other) {
        if (opaque || other.opaque) {
            throw new IllegalStateException("expected two lists of ranges, found " + this + " and " + other);
        }
        int[] union = Arrays.copyOf(bounds, bounds.length + other.bounds.length);
        System.arraycopy(other.bounds, 0, union, bounds.length, other.bounds.length);
        return new ValueSet(false, false, union);
    }

    /** {@return whether it is ANY} */
    public boolean isAny() {
        return any;
    }

    /** {@return whether it is OPAQUE} */
    public boolean isOpaque() {
        return opaque && !any;
    }

    /** Whether a field of a packet is in the set. */
    boolean contains(int value) {
        if (any) {
            return true;
        }
        if (value == UNAVAILABLE) {
            return opaque;
        }
        for (int i = 0; i < bounds.length; i += 2) {
            if (bounds[i] <= value && value <= bounds[i + 1]) {
                return true;
            }
        }
        return false;
    }

    /** First and last value of each range in turn. */
    int[] bounds() {
        return bounds.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueSet set
                && any == set.any
                && opaque == set.opaque
                && Arrays.equals(bounds, set.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds) * 4 + (any ? 2 : 0) + (opaque ? 1 : 0);
    }

    @Override
    public String toString() {
        if (opaque) {
            return any ? "any" : "opaque";
        }
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < bounds.length; i += 2) {
            ranges.add(bounds[i] == bounds[i + 1] ? "" + bounds[i] : bounds[i] + "-" + bounds[i + 1]);
        }
        return String.join(",", ranges);
    }

    private static int octet(int value) {
        if (value < 0 || value > 255) {
            throw new IllegalArgumentException("expected 0 to 255, found " + value);
        }
        return value;
    }
}
