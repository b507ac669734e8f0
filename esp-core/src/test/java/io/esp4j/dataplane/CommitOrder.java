package io.esp4j.dataplane;

import io.esp4j.dataplane.RecordedBursts.Entry;
import io.esp4j.outcome.InboundOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Puts the recorded verdicts of several workers into an order in which they may have taken effect, and judges them in that order
 * by RFC 4303 §3.4.3 word by word: the set of all numbers received and the highest of them.
 *
 * <p>A verdict takes effect between its moments, as late as possible, but for two cases: an accepted number takes along those under
 * way that it would make too old, and a verdict that presupposes an accepted number (its original, or one a window further)
 * takes that along. Threads: single owner thread.
 */
final class CommitOrder {
    private final int windowPackets;
    private final BitSet received = new BitSet();
    private final List<Entry> underWay = new ArrayList<>();
    private long top;
    private long now;

    CommitOrder(int windowPackets) {
        this.windowPackets = windowPackets;
    }

    long top() {
        return top;
    }

    int receivedPackets() {
        return received.cardinality();
    }

    /** Judges bursts whose moments are {@code from} to {@code to} − 1, each of them once. */
    void judge(List<RecordedBursts> workers, long from, long to) {
        Entry[] entryAt = new Entry[(int) (to - from)];
        for (RecordedBursts worker : workers) {
            for (Entry entry : worker.entries) {
                entryAt[(int) (entry.started - from)] = entry;
                entryAt[(int) (entry.opened - from)] = entry;
                entryAt[(int) (entry.ended - from)] = entry;
            }
        }
        for (int moment = 0; moment < entryAt.length; moment++) {
            Entry entry = entryAt[moment];
            now = from + moment;
            if (now == entry.started) {
                underWay.add(entry);
            }
            if (now == entry.ended) {
                for (int index = 0; index < entry.number.length; index++) {
                    takeEffect(entry, index);
                }
                underWay.remove(entry);
            }
        }
    }

    private boolean mayTakeEffect(Entry entry, int index) {
        return !entry.tookEffect[index]
                && entry.verdict[index] != null
                && (entry.verdict[index] != InboundOutcome.ACCEPTED || entry.opened <= now);
    }

    private void takeEffect(Entry entry, int index) {
        if (!mayTakeEffect(entry, index)) {
            return;
        }
        entry.tookEffect[index] = true;
        long number = entry.number[index];
        switch (entry.verdict[index]) {
            case ACCEPTED -> takeAlongWhatWouldBeTooOld(number);
            case REPLAYED -> takeAlongOriginal(number);
            default -> {
                if (verdictOn(number) != InboundOutcome.TOO_OLD) {
                    takeAlongLeastAbove(number + windowPackets);
                }
            }
        }
        InboundOutcome expected = verdictOn(number);
        if (expected != entry.verdict[index]) {
            throw new AssertionError("number " + number + " was " + entry.verdict[index] + ", expected " + expected
                    + " under top " + top + " and a window of " + windowPackets);
        }
        if (expected == InboundOutcome.ACCEPTED) {
            received.set((int) number);
            top = Math.max(top, number);
        }
    }

    private InboundOutcome verdictOn(long number) {
        if (number <= 0 || number <= top - windowPackets) {
            return InboundOutcome.TOO_OLD;
        }
        return received.get((int) number) ? InboundOutcome.REPLAYED : InboundOutcome.ACCEPTED;
    }

    private void takeAlongWhatWouldBeTooOld(long number) {
        if (number <= top) {
            return;
        }
        for (Entry other : underWay) {
            for (int i = 0; i < other.number.length; i++) {
                if (other.number[i] <= number - windowPackets && other.verdict[i] != InboundOutcome.TOO_OLD) {
                    takeEffect(other, i);
                }
            }
        }
    }

    private void takeAlongOriginal(long number) {
        for (Entry other : underWay) {
            for (int i = 0; i < other.number.length; i++) {
                if (other.number[i] == number && other.verdict[i] == InboundOutcome.ACCEPTED) {
                    takeEffect(other, i);
                }
            }
        }
    }

    private void takeAlongLeastAbove(long bound) {
        Entry least = null;
        int at = 0;
        for (Entry other : underWay) {
            for (int i = 0; i < other.number.length; i++) {
                boolean reason = other.number[i] >= bound
                        && other.verdict[i] == InboundOutcome.ACCEPTED
                        && mayTakeEffect(other, i);
                if (reason && (least == null || other.number[i] < least.number[at])) {
                    least = other;
                    at = i;
                }
            }
        }
        if (least != null) {
            takeEffect(least, at);
        }
    }
}
