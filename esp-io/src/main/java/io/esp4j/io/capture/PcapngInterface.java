package io.esp4j.io.capture;

/**
 * An interface as a pcapng section describes it, and what its packets' times mean. Immutable.
 *
 * @param linkTypeCode the LINKTYPE_ number
 * @param snapshotOctets octets kept of a packet at most; 0 = all
 * @param resolution if_tsresol: units of 10^−n seconds, or with the top bit set 2^−n seconds
 * @param offsetSeconds if_tsoffset: added to every time
 */
record PcapngInterface(int linkTypeCode, long snapshotOctets, int resolution, long offsetSeconds) {
    static final int OPTION_RESOLUTION = 9;
    static final int OPTION_OFFSET = 14;
    static final int MICROSECONDS = 6;

    /** Nanoseconds in 64 bits reach from 1677 to 2262. */
    static final long OUT_OF_RANGE = Long.MIN_VALUE;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long MAX_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;
    private static final int BINARY = 0x80;
    private static final int NANOSECONDS = 9;

    /** 10^19 is the highest power of ten in 64 bits, read as unsigned. */
    private static final int MAX_POWER_OF_TEN = 19;

    /** The link type, or null if it is not known here. */
    LinkType linkType() {
        return LinkType.of(linkTypeCode);
    }

    /** Nanoseconds since the epoch of an unsigned 64-bit time in this interface's units, or {@link #OUT_OF_RANGE}. */
    long nanos(long units) {
        int exponent = resolution & ~BINARY;
        long seconds;
        long nanos;
        if ((resolution & BINARY) != 0) {
            seconds = exponent < Long.SIZE ? units >>> exponent : 0;
            nanos = binaryFraction(units, exponent);
        } else {
            boolean wholeSeconds = exponent <= MAX_POWER_OF_TEN;
            long unitsPerSecond = wholeSeconds ? powerOfTen(exponent) : 0;
            seconds = wholeSeconds ? Long.divideUnsigned(units, unitsPerSecond) : 0;
            nanos = decimalFraction(wholeSeconds ? Long.remainderUnsigned(units, unitsPerSecond) : units, exponent);
        }
        return sum(seconds, nanos);
    }

    /** Seconds are unsigned, the offset is signed: their sum in 64 bits is right unless it wrapped. */
    private long sum(long seconds, long nanos) {
        long sum = seconds + offsetSeconds;
        boolean wrapped = (seconds < 0) == (offsetSeconds < 0) ? sum < 0 : seconds < 0;
        return wrapped || sum > MAX_SECONDS || sum < -MAX_SECONDS ? OUT_OF_RANGE : sum * NANOS_PER_SECOND + nanos;
    }

    private static long decimalFraction(long rest, int exponent) {
        if (exponent <= NANOSECONDS) {
            return rest * powerOfTen(NANOSECONDS - exponent);
        }
        int finer = exponent - NANOSECONDS;
        return finer <= MAX_POWER_OF_TEN ? Long.divideUnsigned(rest, powerOfTen(finer)) : 0;
    }

    /** The fraction of units · 2^−exponent seconds, through the 128-bit product with 10^9. */
    private static long binaryFraction(long units, int exponent) {
        if (exponent == 0) {
            return 0;
        }
        long rest = exponent < Long.SIZE ? units & ((1L << exponent) - 1) : units;
        long low = rest * NANOS_PER_SECOND;
        long high = Math.multiplyHigh(rest, NANOS_PER_SECOND) + (rest >> 63 & NANOS_PER_SECOND);
        return exponent < Long.SIZE
                ? high << (Long.SIZE - exponent) | low >>> exponent
                : high >>> (exponent - Long.SIZE);
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }
}
