package io.esp4j.replay;

import java.util.Arrays;

/**
 * Runs the code of a window one shared access at a time, on one thread: an operation is called again from its start, gets
 * the answers of its earlier accesses from a record, makes one more access, and is interrupted before the next. What an
 * operation does next depends on those answers alone, so a call, its answers and the memory are the whole state.
 */
class StepWords extends SharedWords {
    /** An operation after one more access: its answers so far, and its result if it returned. */
    static final class Step {
        final long[] answers;
        final boolean returned;
        final long result;

        private Step(long[] answers, boolean returned, long result) {
            this.answers = answers;
            this.returned = returned;
            this.result = result;
        }
    }

    private static final class Interrupted extends RuntimeException {
        private static final long serialVersionUID = 1;

        Interrupted() {
            super(null, null, false, false);
        }
    }

    private long[] memory;
    private long[] answers;
    private int accesses;

    /**
     * Makes the next access of an operation.
     *
     * @param memory the shared words, changed by the access
     * @param earlierAnswers what the operation's accesses so far have read
     */
    Step step(ReplayWindow window, WindowOperation operation, long[] memory, long[] earlierAnswers) {
        this.memory = memory;
        answers = Arrays.copyOf(earlierAnswers, earlierAnswers.length + 1);
        accesses = 0;
        try {
            return new Step(answers, true, operation.callOn(window));
        } catch (Interrupted e) {
            return new Step(answers, false, 0);
        }
    }

    /** Runs an operation to its end without any other in between. */
    long run(ReplayWindow window, WindowOperation operation, long[] memory) {
        Step step = step(window, operation, memory, new long[0]);
        while (!step.returned) {
            step = step(window, operation, memory, step.answers);
        }
        return step.result;
    }

    @Override
    long loadToWrite(int index) {
        return load(index);
    }

    @Override
    long load(int index) {
        if (isNewAccess()) {
            answers[accesses] = memory[index];
        }
        return answers[accesses++];
    }

    @Override
    boolean compareAndSet(int index, long expected, long updated) {
        if (isNewAccess()) {
            answers[accesses] = swap(memory, index, expected, updated) ? 1 : 0;
        }
        return answers[accesses++] == 1;
    }

    boolean swap(long[] memory, int index, long expected, long updated) {
        boolean equal = memory[index] == expected;
        if (equal) {
            memory[index] = updated;
        }
        return equal;
    }

    private boolean isNewAccess() {
        if (accesses == answers.length) {
            throw new Interrupted();
        }
        return accesses == answers.length - 1;
    }
}
