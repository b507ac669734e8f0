package io.esp4j.replay;

import java.util.Locale;

/** One call on a window, and its result as a number, for tests that choose who runs when. */
record WindowOperation(Kind kind, long number, int count) {
    enum Kind {
        COMMIT,
        LEADING,
        CHECK,
        TOP
    }

    static WindowOperation commit(long number) {
        return new WindowOperation(Kind.COMMIT, number, 1);
    }

    static WindowOperation leading(long first, int count) {
        return new WindowOperation(Kind.LEADING, first, count);
    }

    static WindowOperation check(long number) {
        return new WindowOperation(Kind.CHECK, number, 1);
    }

    static WindowOperation top() {
        return new WindowOperation(Kind.TOP, 0, 0);
    }

    /** The verdict's code, how many were committed, or the top. */
    long callOn(ReplayWindow window) {
        return switch (kind) {
            case COMMIT -> code(window.commit(number));
            case LEADING -> window.commitLeading(number, count);
            case CHECK -> code(window.check(number));
            case TOP -> window.top();
        };
    }

    static int code(ReplayVerdict verdict) {
        return switch (verdict) {
            case ACCEPTED -> 0;
            case REPLAYED -> 1;
            case TOO_OLD -> 2;
        };
    }

    static ReplayVerdict verdict(long code) {
        return code == 0 ? ReplayVerdict.ACCEPTED : code == 1 ? ReplayVerdict.REPLAYED : ReplayVerdict.TOO_OLD;
    }

    @Override
    public String toString() {
        return switch (kind) {
            case TOP -> "top()";
            case LEADING -> "leading(" + number + ", " + count + ")";
            default -> kind.name().toLowerCase(Locale.ROOT) + "(" + number + ")";
        };
    }
}
