package io.esp4j.replay;

import io.esp4j.replay.WindowSpecification.Explanation;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/**
 * Runs a small program of threads on the lock-free window in every possible order of their shared accesses, and requires
 * each to be linearizable. States that were seen before are not gone through again; a state is the memory, each thread's
 * answers, and what can still explain the results.
 */
final class WindowModel {
    private static final long[] NO_ANSWERS = {};

    /** What the threads call, one list for each. */
    record Program(int windowPackets, RingGeometry geometry, long firstTop, List<List<WindowOperation>> threads) {}

    private static final class State {
        final long[] memory;
        final int[] calls;
        final long[][] answers;
        final Set<Explanation> explanations;

        State(long[] memory, int[] calls, long[][] answers, Set<Explanation> explanations) {
            this.memory = memory;
            this.calls = calls;
            this.answers = answers;
            this.explanations = explanations;
        }

        LongBuffer key() {
            int length = memory.length + 2 * calls.length + 2 * explanations.size();
            for (long[] read : answers) {
                length += read.length;
            }
            LongBuffer key = LongBuffer.allocate(length).put(memory);
            for (int thread = 0; thread < calls.length; thread++) {
                key.put(calls[thread]).put(answers[thread].length).put(answers[thread]);
            }
            Explanation[] sorted = explanations.toArray(new Explanation[0]);
            Arrays.sort(sorted);
            for (Explanation explanation : sorted) {
                key.put(explanation.received()).put(explanation.threads());
            }
            return key.flip();
        }
    }

    private final Program program;
    private final StepWords words;
    private final ReplayWindow window;
    private final List<Long> numbers;
    private final WindowSpecification specification;
    private final Set<LongBuffer> visited = new HashSet<>();
    private final Deque<String> schedule = new ArrayDeque<>();

    WindowModel(Program program, StepWords words) {
        this.program = program;
        this.words = words;
        window = new LockFreeReplayWindow(program.windowPackets(), true, program.geometry(), words);
        TreeSet<Long> all = new TreeSet<>();
        program.threads()
                .forEach(calls ->
                        calls.forEach(call -> LongStream.range(call.number(), call.number() + Math.max(1, call.count()))
                                .forEach(all::add)));
        all.add(program.firstTop());
        all.remove(0L);
        numbers = List.copyOf(all);
        specification = new WindowSpecification(program.windowPackets(), numbers);
    }

    /** Returns the number of states. */
    int explore() {
        long[] memory = new long[LockFreeReplayWindow.wordCount(program.geometry())];
        if (program.firstTop() != 0) {
            words.run(window, WindowOperation.commit(program.firstTop()), memory);
        }
        int threads = program.threads().size();
        long[][] answers = new long[threads][];
        Arrays.fill(answers, NO_ANSWERS);
        explore(new State(memory, new int[threads], answers, specification.initial(program.firstTop())));
        return visited.size();
    }

    private void explore(State state) {
        if (!visited.add(state.key())) {
            return;
        }
        boolean ended = true;
        for (int thread = 0; thread < state.calls.length; thread++) {
            if (state.calls[thread] < program.threads().get(thread).size()) {
                ended = false;
                schedule.addLast("thread " + thread);
                explore(step(state, thread));
                schedule.removeLast();
            }
        }
        if (ended) {
            compareAtTheEnd(state);
        }
    }

    private State step(State state, int thread) {
        long[] memory = state.memory.clone();
        int[] calls = state.calls.clone();
        long[][] answers = state.answers.clone();
        WindowOperation call = program.threads().get(thread).get(calls[thread]);
        Set<Explanation> explanations = state.explanations;
        if (answers[thread].length == 0) {
            explanations = WindowSpecification.call(explanations, thread);
        }
        StepWords.Step step = words.step(window, call, memory, answers[thread]);
        if (!step.returned) {
            answers[thread] = step.answers;
            return new State(memory, calls, answers, explanations);
        }
        schedule.addLast(call + " = " + step.result);
        explanations = specification.returned(explanations, underWay(calls), thread, step.result);
        requireExplained(explanations);
        schedule.removeLast();
        answers[thread] = NO_ANSWERS;
        calls[thread]++;
        return new State(memory, calls, answers, explanations);
    }

    private WindowOperation[] underWay(int[] calls) {
        WindowOperation[] operations = new WindowOperation[calls.length];
        for (int thread = 0; thread < calls.length; thread++) {
            List<WindowOperation> all = program.threads().get(thread);
            operations[thread] = calls[thread] < all.size() ? all.get(calls[thread]) : null;
        }
        return operations;
    }

    /** Every number and the top, looked at when all threads have returned: nothing that was received is forgotten. */
    private void compareAtTheEnd(State state) {
        Set<Explanation> explanations = state.explanations;
        for (int number = -1; number < numbers.size(); number++) {
            WindowOperation look = number < 0 ? WindowOperation.top() : WindowOperation.check(numbers.get(number));
            long result = words.run(window, look, state.memory.clone());
            explanations = WindowSpecification.call(explanations, 0);
            explanations = specification.returned(explanations, new WindowOperation[] {look}, 0, result);
            schedule.addLast("at the end " + look + " = " + result);
            requireExplained(explanations);
            schedule.removeLast();
        }
    }

    private void requireExplained(Set<Explanation> explanations) {
        if (explanations.isEmpty()) {
            throw new AssertionError("no order of the calls explains " + schedule + " of " + program);
        }
    }
}
