package io.esp4j.io.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Every resolution and offset of a pcapng interface against integers of any length. */
class PcapngTimePropertyTest {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);

    @Provide
    Arbitrary<Long> units() {
        return Arbitraries.oneOf(
                Arbitraries.longs(),
                Arbitraries.longs().between(0, 5_000_000_000L),
                Arbitraries.of(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE),
                Arbitraries.integers().between(0, 63).map(shift -> -1L >>> shift));
    }

    @Provide
    Arbitrary<Long> offsets() {
        return Arbitraries.oneOf(
                Arbitraries.of(0L), Arbitraries.longs().between(-9_300_000_000L, 9_300_000_000L), Arbitraries.longs());
    }

    @Property(tries = 2_000)
    void shouldAgreeWithExactArithmetic(
            @ForAll("units") long units,
            @ForAll @IntRange(min = 0, max = 255) int resolution,
            @ForAll("offsets") long offsetSeconds) {
        BigInteger perSecond =
                resolution < 128 ? BigInteger.TEN.pow(resolution) : BigInteger.ONE.shiftLeft(resolution - 128);
        BigInteger exact = new BigInteger(Long.toUnsignedString(units))
                .multiply(SECOND)
                .divide(perSecond)
                .add(BigInteger.valueOf(offsetSeconds).multiply(SECOND));
        BigInteger wholeSeconds =
                exact.subtract(exact.mod(SECOND)).divide(SECOND).abs();
        boolean inRange = wholeSeconds.compareTo(BigInteger.valueOf(Long.MAX_VALUE / 1_000_000_000 - 1)) <= 0;

        long nanos = new PcapngInterface(1, 0, resolution, offsetSeconds).nanos(units);

        assertEquals(inRange ? exact : BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(nanos));
    }
}
