package io.esp4j.replay;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Commits that threads made, with the moments at which each began and returned, put into an order in which they may have
 * taken effect; the oracle judges them in that order and must come to the recorded verdicts.
 *
 * <p>The order respects time: a commit takes effect between its begin and its return. Within that, it takes effect as late
 * as possible, but for two cases: an accepted number takes along the commits under way that it would make too old, and a
 * verdict that presupposes an accepted number (its original, or one a window further) takes that along. If any order
 * explains the verdicts, this one does.
 */
final class RecordedHistory {
    /** A commit. Moments are distinct, of all threads together. */
    record Commit(long number, ReplayVerdict verdict, long began, long returned) {}

    private final BigInteger windowPackets;
    private final ReplayOracle oracle;
    private final List<Commit> underWay = new ArrayList<>();

    RecordedHistory(int windowPackets, long firstTop) {
        this.windowPackets = BigInteger.valueOf(windowPackets);
        oracle = new ReplayOracle(windowPackets, true, ReplayOracle.integer(firstTop));
    }

    /** Throws AssertionError for a verdict that the oracle does not give. Returns the top at the end. */
    BigInteger judge(List<Commit> commits) {
        long[] moments = new long[2 * commits.size()];
        for (int index = 0; index < commits.size(); index++) {
            moments[2 * index] = commits.get(index).began();
            moments[2 * index + 1] = commits.get(index).returned();
        }
        // Moments are far fewer than 2^40, the index of the commit rides below them.
        long[] events = new long[moments.length];
        for (int event = 0; event < events.length; event++) {
            events[event] = moments[event] << 24 | event;
        }
        Arrays.sort(events);
        for (long event : events) {
            int which = (int) event & 0xFF_FFFF;
            Commit commit = commits.get(which / 2);
            if (which % 2 == 0) {
                underWay.add(commit);
            } else if (underWay.contains(commit)) {
                takeEffect(commit);
            }
        }
        return oracle.top();
    }

    private void takeEffect(Commit commit) {
        underWay.remove(commit);
        BigInteger number = ReplayOracle.integer(commit.number());
        switch (commit.verdict()) {
            case ACCEPTED -> {
                for (Commit other : List.copyOf(underWay)) {
                    boolean madeTooOld = isWindowAbove(number, other) && other.verdict() != ReplayVerdict.TOO_OLD;
                    if (madeTooOld && underWay.contains(other)) {
                        takeEffect(other);
                    }
                }
            }
            case REPLAYED -> {
                for (Commit other : List.copyOf(underWay)) {
                    if (other.number() == commit.number() && other.verdict() == ReplayVerdict.ACCEPTED) {
                        takeEffect(other);
                    }
                }
            }
            case TOO_OLD -> {
                if (oracle.check(number) != ReplayVerdict.TOO_OLD) {
                    takeEffectOfLeastAbove(commit);
                }
            }
        }
        ReplayVerdict expected = oracle.commit(number);
        if (expected != commit.verdict()) {
            throw new AssertionError(commit + ", but the oracle says " + expected + " under top " + oracle.top());
        }
    }

    private void takeEffectOfLeastAbove(Commit tooOld) {
        Commit least = null;
        for (Commit other : underWay) {
            boolean reason = other.verdict() == ReplayVerdict.ACCEPTED
                    && isWindowAbove(ReplayOracle.integer(other.number()), tooOld);
            if (reason && (least == null || SequenceNumbers.isAbove(least.number(), other.number()))) {
                least = other;
            }
        }
        if (least != null) {
            takeEffect(least);
        }
    }

    private boolean isWindowAbove(BigInteger number, Commit other) {
        return number.subtract(windowPackets).compareTo(ReplayOracle.integer(other.number())) >= 0;
    }
}
