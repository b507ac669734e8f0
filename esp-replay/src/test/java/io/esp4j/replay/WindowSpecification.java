package io.esp4j.replay;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The window as RFC 4303 §3.4.3 describes it, for a few positive numbers, and all the ways in which calls that overlap may
 * have taken effect on it one after another: an explanation is what was received, and for each thread whether its call has
 * taken effect and what it will return. A call of {@code commitLeading} takes effect number by number, and other calls may do
 * so in between; it may stop before any of them, but count none that is not accepted. Linearizable means that an explanation always remains (Wing and Gong).
 */
final class WindowSpecification {
    private static final int IDLE = 0;
    private static final int CALLED = 1;
    private static final int FIRST_RESULT = 2;
    private static final int BITS_PER_THREAD = 8;

    /** What was received, a bit for each number in order; a field of 8 bits for each thread. */
    record Explanation(long received, long threads) implements Comparable<Explanation> {
        @Override
        public int compareTo(Explanation other) {
            int order = Long.compare(received, other.received);
            return order != 0 ? order : Long.compare(threads, other.threads);
        }

        private int state(int thread) {
            return (int) (threads >>> (thread * BITS_PER_THREAD)) & 0xFF;
        }

        private Explanation with(long nowReceived, int thread, int state) {
            int shift = thread * BITS_PER_THREAD;
            return new Explanation(nowReceived, (threads & ~(0xFFL << shift)) | ((long) state << shift));
        }
    }

    private final int windowPackets;
    private final List<Long> numbers;

    /** @param numbers all numbers that calls carry, ascending, at most 60 */
    WindowSpecification(int windowPackets, List<Long> numbers) {
        this.windowPackets = windowPackets;
        this.numbers = numbers;
    }

    Set<Explanation> initial(long top) {
        return Set.of(new Explanation(top == 0 ? 0 : 1L << numbers.indexOf(top), 0));
    }

    /** A call begins. */
    static Set<Explanation> call(Set<Explanation> explanations, int thread) {
        Set<Explanation> after = new HashSet<>();
        for (Explanation explanation : explanations) {
            after.add(explanation.with(explanation.received(), thread, CALLED));
        }
        return after;
    }

    /** A call returns: it, and any others that are under way, took effect at the latest now. Empty if none explains it. */
    Set<Explanation> returned(Set<Explanation> explanations, WindowOperation[] calls, int thread, long result) {
        int expected = FIRST_RESULT + encode(calls[thread], result);
        Set<Explanation> after = new HashSet<>();
        Set<Explanation> seen = new HashSet<>();
        for (Explanation explanation : explanations) {
            collect(explanation, calls, thread, expected, seen, after);
        }
        return after;
    }

    private void collect(
            Explanation from,
            WindowOperation[] calls,
            int thread,
            int expected,
            Set<Explanation> seen,
            Set<Explanation> after) {
        if (!seen.add(from)) {
            return;
        }
        if (from.state(thread) == expected) {
            after.add(from.with(from.received(), thread, IDLE));
        }
        for (int other = 0; other < calls.length; other++) {
            if (from.state(other) != IDLE && calls[other].kind() == WindowOperation.Kind.LEADING) {
                Explanation next = takeEffectNumberByNumber(from, calls[other], other);
                if (next != null) {
                    collect(next, calls, thread, expected, seen, after);
                }
            } else if (from.state(other) == CALLED) {
                collect(takeEffect(from, calls[other], other), calls, thread, expected, seen, after);
            }
        }
    }

    /** {@return what one more number comes to, or null if there is none, or it is not accepted} */
    private Explanation takeEffectNumberByNumber(Explanation from, WindowOperation call, int thread) {
        if (from.state(thread) == CALLED) {
            return from.with(from.received(), thread, FIRST_RESULT);
        }
        int committed = from.state(thread) - FIRST_RESULT;
        if (committed == call.count()) {
            return null;
        }
        WindowOperation one = WindowOperation.commit(call.number() + committed);
        Explanation after = takeEffect(from, one, thread);
        boolean accepted = after.state(thread) == FIRST_RESULT + WindowOperation.code(ReplayVerdict.ACCEPTED);
        return accepted ? after.with(after.received(), thread, FIRST_RESULT + committed + 1) : null;
    }

    private Explanation takeEffect(Explanation from, WindowOperation call, int thread) {
        long received = from.received();
        long top = received == 0 ? 0 : numbers.get(63 - Long.numberOfLeadingZeros(received));
        if (call.kind() == WindowOperation.Kind.TOP) {
            return from.with(received, thread, FIRST_RESULT + encode(call, top));
        }
        long bit = 1L << numbers.indexOf(call.number());
        ReplayVerdict verdict;
        if (call.number() <= top - windowPackets) {
            verdict = ReplayVerdict.TOO_OLD;
        } else {
            verdict = (received & bit) != 0 ? ReplayVerdict.REPLAYED : ReplayVerdict.ACCEPTED;
        }
        boolean receives = verdict == ReplayVerdict.ACCEPTED && call.kind() == WindowOperation.Kind.COMMIT;
        return from.with(
                receives ? received | bit : received,
                thread,
                FIRST_RESULT + encode(call, WindowOperation.code(verdict)));
    }

    /** A result as a small number: the verdict, or 1 + the place of the top among the numbers. */
    private int encode(WindowOperation call, long result) {
        return call.kind() == WindowOperation.Kind.TOP ? numbers.indexOf(result) + 1 : (int) result;
    }
}
