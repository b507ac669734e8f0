package io.esp4j.replay;

import static io.esp4j.replay.ReplayVerdict.ACCEPTED;
import static io.esp4j.replay.ReplayVerdict.REPLAYED;
import static io.esp4j.replay.ReplayVerdict.TOO_OLD;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * RFC 4303 §3.4.3 and Appendix A2 word by word: integers that cannot overflow, the set of all numbers received, two halves
 * with the case distinction of A2.2. Slow, and obviously right.
 */
final class ReplayOracle {
    private static final BigInteger SUBSPACE = BigInteger.ONE.shiftLeft(32);

    private final BigInteger window;
    private final boolean extended;
    private final Set<BigInteger> received = new HashSet<>();
    private BigInteger top;

    ReplayOracle(int windowPackets, boolean extended, BigInteger top) {
        this.window = BigInteger.valueOf(windowPackets);
        this.extended = extended;
        this.top = top;
        if (top.signum() != 0) {
            received.add(top);
        }
    }

    static BigInteger integer(long unsigned) {
        BigInteger signed = BigInteger.valueOf(unsigned);
        return signed.signum() < 0 ? signed.add(BigInteger.ONE.shiftLeft(64)) : signed;
    }

    BigInteger top() {
        return top;
    }

    /** A2.2 "Managing Seq. Number Subspace"; nothing where the high half is none (−1, or past 2^32 − 1). */
    Optional<BigInteger> infer(BigInteger seqL) {
        if (!extended) {
            return Optional.of(seqL);
        }
        BigInteger tL = top.mod(SUBSPACE);
        BigInteger tH = top.divide(SUBSPACE);
        BigInteger one = BigInteger.ONE;
        BigInteger seqH;
        if (tL.compareTo(window.subtract(one)) >= 0) {
            boolean inWindowOrRight = seqL.compareTo(tL.subtract(window).add(one)) >= 0;
            seqH = inWindowOrRight ? tH : tH.add(one);
        } else {
            boolean inPreviousSubspace =
                    seqL.compareTo(tL.subtract(window).add(one).mod(SUBSPACE)) >= 0;
            seqH = inPreviousSubspace ? tH.subtract(one) : tH;
        }
        boolean exists = seqH.signum() >= 0 && seqH.compareTo(SUBSPACE) < 0;
        return exists ? Optional.of(seqH.multiply(SUBSPACE).add(seqL)) : Optional.empty();
    }

    ReplayVerdict check(BigInteger number) {
        if (window.signum() == 0) {
            return ACCEPTED;
        }
        if (number.signum() == 0 || number.compareTo(top.subtract(window)) <= 0) {
            return TOO_OLD;
        }
        return received.contains(number) ? REPLAYED : ACCEPTED;
    }

    ReplayVerdict commit(BigInteger number) {
        ReplayVerdict verdict = check(number);
        if (verdict == ACCEPTED && window.signum() != 0) {
            received.add(number);
            top = top.max(number);
        }
        return verdict;
    }
}
