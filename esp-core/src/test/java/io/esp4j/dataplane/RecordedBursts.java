package io.esp4j.dataplane;

import io.esp4j.outcome.InboundOutcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What one worker saw of the bursts of one SA: the number and the verdict of each packet, and between which moments it was decided.
 * Moments come from one clock of all workers. A refusal was decided between the burst's start and its end, an acceptance
 * after its packets were opened. Threads: single owner thread.
 */
final class RecordedBursts {
    /** One burst; {@code opened} is its end if no packet was opened. */
    static final class Entry {
        final long[] number;
        final InboundOutcome[] verdict;
        final boolean[] tookEffect;
        long started;
        long opened;
        long ended;

        Entry(int packets) {
            number = new long[packets];
            verdict = new InboundOutcome[packets];
            tookEffect = new boolean[packets];
        }
    }

    final List<Entry> entries = new ArrayList<>();
}
