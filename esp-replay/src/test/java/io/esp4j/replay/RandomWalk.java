package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random packets of one SA, received by the oracle and by both windows: in order, late, at the edges of the window,
 * duplicated, lost by the million, around multiples of 2^32, with failing ICVs, and with copies that arrive while their
 * original is being opened.
 */
final class RandomWalk {
    private static final BigInteger LOW_HALF = BigInteger.valueOf(0xFFFF_FFFFL);
    private static final int SWEEP_LIMIT_PACKETS = 4096;
    private static final int LONGEST_ROW = 200;

    private final Random random;
    private final int windowPackets;
    private final boolean extended;
    private final long firstTop;
    private final BigInteger lastNumber;
    private final ReplayOracle oracle;
    private final List<ReplayWindow> windows;

    RandomWalk(Random random) {
        this(random, WalkChoices.windowPackets(random), random.nextInt(4) != 0);
    }

    private RandomWalk(Random random, int windowPackets, boolean extended) {
        this(random, windowPackets, windowPackets, extended, WalkChoices.top(random, extended, windowPackets));
    }

    RandomWalk(Random random, int oraclePackets, int windowPackets, boolean extended, long firstTop) {
        this.random = random;
        this.windowPackets = windowPackets;
        this.extended = extended;
        this.firstTop = firstTop;
        lastNumber = extended ? ReplayOracle.integer(-1) : LOW_HALF;
        oracle = new ReplayOracle(oraclePackets, extended, ReplayOracle.integer(firstTop));
        windows = List.of(
                ReplayWindow.singleOwner(windowPackets, extended, firstTop),
                ReplayWindow.lockFree(windowPackets, extended, firstTop));
    }

    /** One packet: infer, check, open (in which others may arrive), commit. Or several in a row. */
    void step() {
        if (random.nextInt(16) == 0) {
            commitRow(sentNumber(), random.nextInt(Math.min(2 * windowPackets, LONGEST_ROW)) + 1);
        }
        BigInteger sent = sentNumber();
        BigInteger wire = sent.and(LOW_HALF);
        BigInteger inferred = oracle.infer(wire).orElse(BigInteger.ZERO);
        ReplayVerdict preliminary = oracle.check(inferred);
        for (ReplayWindow window : windows) {
            long number = window.infer(wire.intValue());
            assertEquals(inferred, ReplayOracle.integer(number), () -> "inferred from " + wire.toString(16));
            assertEquals(preliminary, window.check(number), () -> "check of " + inferred.toString(16));
        }
        if (random.nextInt(16) == 0) {
            commit(random.nextBoolean() ? inferred : sentNumber());
        }
        boolean icvVerifies = inferred.equals(sent) && random.nextInt(32) != 0;
        if (icvVerifies) {
            commit(inferred);
        }
    }

    private void commit(BigInteger number) {
        ReplayVerdict expected = oracle.commit(number);
        for (ReplayWindow window : windows) {
            assertEquals(expected, window.commit(number.longValue()), () -> "commit of " + number.toString(16));
            assertEquals(oracle.top(), ReplayOracle.integer(window.top()));
        }
    }

    private void commitRow(BigInteger first, int count) {
        if (first.add(BigInteger.valueOf(count - 1)).compareTo(lastNumber) > 0) {
            return;
        }
        List<ReplayVerdict> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            expected.add(oracle.commit(first.add(BigInteger.valueOf(i))));
        }
        for (ReplayWindow window : windows) {
            int leading = window.commitLeading(first.longValue(), count);
            for (int i = 0; i < count; i++) {
                ReplayVerdict verdict = i < leading ? ReplayVerdict.ACCEPTED : window.commit(first.longValue() + i);
                assertEquals(
                        expected.get(i),
                        verdict,
                        () -> count + " from " + first.toString(16) + ", in one step " + leading);
            }
            assertEquals(oracle.top(), ReplayOracle.integer(window.top()));
        }
    }

    /** Every number inside the window and a few beyond its edges. */
    void compareWholeWindow() {
        if (windowPackets > SWEEP_LIMIT_PACKETS) {
            return;
        }
        for (long offset = -windowPackets - 3L; offset <= 3; offset++) {
            BigInteger number = within(oracle.top().add(BigInteger.valueOf(offset)));
            for (ReplayWindow window : windows) {
                assertEquals(oracle.check(number), window.check(number.longValue()), () -> number.toString(16));
            }
        }
    }

    private BigInteger sentNumber() {
        BigInteger top = oracle.top();
        int kind = random.nextInt(100);
        if (kind < 30) {
            return offset(top, 1);
        }
        if (kind < 55) {
            return offset(top, -random.nextInt(windowPackets));
        }
        if (kind < 70) {
            return offset(top, random.nextInt(5) - 2L - windowPackets);
        }
        if (kind < 80) {
            return offset(top, random.nextInt(2 * windowPackets) + 1L);
        }
        if (kind < 88) {
            return offset(boundaryNear(top), random.nextInt(2 * windowPackets + 1) - (long) windowPackets);
        }
        if (kind < 91) {
            // Just inside and just outside of what A2.2 can infer.
            return offset(top, (1L << 32) - windowPackets + random.nextInt(5) - 2);
        }
        if (kind < 93) {
            return offset(top, random.nextLong() >>> 32);
        }
        if (kind < 94) {
            return offset(top, random.nextLong() >>> 28);
        }
        if (kind < 97) {
            return offset(BigInteger.ZERO, random.nextInt(2 * windowPackets));
        }
        return kind < 99 ? boundaryNear(top) : within(ReplayOracle.integer(random.nextLong()));
    }

    private BigInteger boundaryNear(BigInteger number) {
        return within(
                number.shiftRight(32).add(BigInteger.valueOf(random.nextInt(2))).shiftLeft(32));
    }

    private BigInteger offset(BigInteger number, long by) {
        return within(number.add(BigInteger.valueOf(by)));
    }

    /** Numbers past either end of the number space become its end. */
    private BigInteger within(BigInteger number) {
        return number.max(BigInteger.ZERO).min(lastNumber);
    }

    @Override
    public String toString() {
        return String.format(
                "window %d, ESN %b, from %x, top %s",
                windowPackets, extended, firstTop, oracle.top().toString(16));
    }
}
