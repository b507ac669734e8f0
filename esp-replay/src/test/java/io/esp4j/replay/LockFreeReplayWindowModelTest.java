package io.esp4j.replay;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.esp4j.replay.WindowModel.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every interleaving of small programs on the lock-free window is linearizable. The code that runs is the window's own, a
 * step is one access to the shared words. Linearizable includes: of all commits of one number one is accepted, nothing is
 * refused as too old that is inside the window at that moment, nothing is accepted that is not.
 */
final class LockFreeReplayWindowModelTest {
    private record Shape(int windowPackets, RingGeometry geometry, long firstTop) {}

    /** Windows of 1 to 4 packets, blocks of 1 to 4 numbers, the smallest ring that holds them. */
    private static List<Shape> smallShapes() {
        List<Shape> shapes = new ArrayList<>();
        for (int windowPackets = 1; windowPackets <= 4; windowPackets++) {
            for (int blockShift = 0; blockShift <= 2; blockShift++) {
                RingGeometry geometry = RingGeometry.forBlocksOf(blockShift, windowPackets);
                shapes.add(new Shape(windowPackets, geometry, 0));
                shapes.add(new Shape(windowPackets, geometry, 3));
            }
        }
        return shapes;
    }

    @Test
    @DisplayName("R21 R22 R23 model: any three single calls, numbers 1 to 6 but for 5")
    void shouldLinearizeThreeCalls() {
        List<WindowOperation> alphabet = new ArrayList<>(commits(1, 2, 3, 4, 6));
        alphabet.addAll(checks(1, 3));
        alphabet.add(WindowOperation.top());
        for (Shape shape : smallShapes()) {
            for (List<List<WindowOperation>> threads : unordered(3, sequences(1, alphabet))) {
                explore(shape, threads);
            }
        }
    }

    @Test
    @DisplayName("R21 R22 R23 model: any two rows of numbers in one call each, and another call beside them")
    void shouldLinearizeRows() {
        List<WindowOperation> alphabet = new ArrayList<>(commits(1, 2, 4));
        alphabet.add(WindowOperation.leading(1, 2));
        alphabet.add(WindowOperation.leading(1, 3));
        alphabet.add(WindowOperation.leading(2, 3));
        alphabet.add(WindowOperation.leading(3, 2));
        alphabet.addAll(checks(2));
        alphabet.add(WindowOperation.top());
        for (Shape shape : smallShapes()) {
            for (List<List<WindowOperation>> threads : unordered(3, sequences(1, alphabet))) {
                explore(shape, threads);
            }
        }
    }

    @Test
    void shouldFindThatBlindStoresOfRowsAcceptTwice() {
        Shape shape = new Shape(4, RingGeometry.forBlocksOf(2, 4), 0);
        WindowOperation row = WindowOperation.leading(1, 2);
        Program program = program(shape, List.of(List.of(row), List.of(row)));

        assertThrows(AssertionError.class, () -> new WindowModel(program, new BlindWords()).explore());
    }

    @Test
    @DisplayName("R21 R22 R23 model: four commits on four threads, a sample")
    void shouldLinearizeFourCommitsSampled() {
        sample(4, 1, List.of(1L, 2L, 3L, 5L), 1);
    }

    @Test
    @Tag("long")
    @DisplayName("R21 R22 R23 model: any four commits on four threads, numbers 1 to 5")
    void shouldLinearizeFourCommits() {
        for (Shape shape : smallShapes()) {
            for (List<List<WindowOperation>> threads : unordered(4, sequences(1, commits(1, 2, 3, 5)))) {
                explore(shape, threads);
            }
        }
    }

    @Test
    @DisplayName("R21 R22 R23 model: two threads of two calls each, a sample")
    void shouldLinearizeTwoTimesTwoCallsSampled() {
        sample(2, 2, List.of(1L, 2L, 3L, 4L, 6L), 100);
    }

    @Test
    @DisplayName("R21 R22 R23 model: three threads of two calls each, a sample")
    void shouldLinearizeThreeTimesTwoCallsSampled() {
        sample(3, 2, List.of(1L, 2L, 4L, 5L), 3);
    }

    @Test
    @Tag("long")
    @DisplayName("R21 R22 R23 model: two threads of two calls each, all of them, numbers 1 to 6 but for 5")
    void shouldLinearizeTwoTimesTwoCalls() {
        List<WindowOperation> alphabet = new ArrayList<>(commits(1, 2, 3, 4, 6));
        alphabet.addAll(checks(2));
        alphabet.add(WindowOperation.top());
        for (Shape shape : smallShapes()) {
            for (List<List<WindowOperation>> threads : unordered(2, sequences(2, alphabet))) {
                explore(shape, threads);
            }
        }
    }

    @Test
    @Tag("long")
    @DisplayName("R21 R22 R23 model: three threads of two commits each, all of them")
    void shouldLinearizeThreeTimesTwoCommits() {
        Shape shape = new Shape(2, RingGeometry.forBlocksOf(1, 2), 0);
        for (List<List<WindowOperation>> threads : unordered(3, sequences(2, commits(1, 2, 3, 5)))) {
            explore(shape, threads);
        }
    }

    @Test
    @DisplayName("R21 R22 R23 model: the ring as it is used, full to the last number, laps and edges of the window")
    void shouldLinearizeOnTheRingAsUsed() {
        // 249 packets are the most that 32 blocks of 8 hold.
        Shape shape = new Shape(249, RingGeometry.forTaggedBlocks(249), 0);
        List<WindowOperation> alphabet = new ArrayList<>(commits(1, 7, 8, 249, 250, 256, 263, 512));
        alphabet.addAll(checks(1, 256));
        for (List<List<WindowOperation>> threads : unordered(3, sequences(1, alphabet))) {
            explore(shape, threads);
        }
    }

    @Test
    void shouldFindThatBlindStoresAcceptTwice() {
        Shape shape = new Shape(2, RingGeometry.forBlocksOf(0, 2), 0);
        Program program = program(shape, unordered(2, sequences(1, commits(1))).get(0));

        assertThrows(AssertionError.class, () -> new WindowModel(program, new BlindWords()).explore());
    }

    @Test
    void shouldFindThatTooFewSlotsForgetNumbers() {
        // Two packets may lie in two blocks: one slot is too few.
        Shape shape = new Shape(2, new RingGeometry(0, 0), 0);
        Program program =
                program(shape, unordered(2, sequences(2, commits(1, 2))).get(1));

        assertThrows(AssertionError.class, () -> new WindowModel(program, new StepWords()).explore());
    }

    /** Stores without comparing. */
    private static final class BlindWords extends StepWords {
        @Override
        boolean swap(long[] memory, int index, long expected, long updated) {
            memory[index] = updated;
            return true;
        }
    }

    private static void sample(int threads, int calls, List<Long> numbers, int programsPerShape) {
        Random random = new Random(Seeds.next("LockFreeReplayWindowModelTest"));
        for (Shape shape : smallShapes()) {
            for (int sampled = 0; sampled < programsPerShape; sampled++) {
                List<List<WindowOperation>> program = new ArrayList<>();
                for (int thread = 0; thread < threads; thread++) {
                    program.add(randomCalls(calls, numbers, random));
                }
                explore(shape, program);
            }
        }
    }

    private static List<WindowOperation> randomCalls(int count, List<Long> numbers, Random random) {
        List<WindowOperation> calls = new ArrayList<>();
        while (calls.size() < count) {
            long number = numbers.get(random.nextInt(numbers.size()));
            calls.add(
                    switch (random.nextInt(8)) {
                        case 0 -> WindowOperation.top();
                        case 1 -> WindowOperation.check(number);
                        default -> WindowOperation.commit(number);
                    });
        }
        return calls;
    }

    private static void explore(Shape shape, List<List<WindowOperation>> threads) {
        new WindowModel(program(shape, threads), new StepWords()).explore();
    }

    private static Program program(Shape shape, List<List<WindowOperation>> threads) {
        return new Program(shape.windowPackets(), shape.geometry(), shape.firstTop(), threads);
    }

    private static List<WindowOperation> commits(long... numbers) {
        return LongStream.of(numbers).mapToObj(WindowOperation::commit).toList();
    }

    private static List<WindowOperation> checks(long... numbers) {
        return LongStream.of(numbers).mapToObj(WindowOperation::check).toList();
    }

    /** All sequences of a length. */
    private static List<List<WindowOperation>> sequences(int length, List<WindowOperation> alphabet) {
        List<List<WindowOperation>> sequences = List.of(List.of());
        for (int grown = 0; grown < length; grown++) {
            List<List<WindowOperation>> longer = new ArrayList<>();
            for (List<WindowOperation> sequence : sequences) {
                for (WindowOperation operation : alphabet) {
                    List<WindowOperation> extended = new ArrayList<>(sequence);
                    extended.add(operation);
                    longer.add(extended);
                }
            }
            sequences = longer;
        }
        return sequences;
    }

    /** All choices of a sequence for each thread; threads are alike, so their order does not matter. */
    private static List<List<List<WindowOperation>>> unordered(int threads, List<List<WindowOperation>> sequences) {
        List<List<List<WindowOperation>>> choices = new ArrayList<>();
        choose(threads, 0, sequences, new ArrayList<>(), choices);
        return choices;
    }

    private static void choose(
            int threads,
            int from,
            List<List<WindowOperation>> sequences,
            List<List<WindowOperation>> chosen,
            List<List<List<WindowOperation>>> choices) {
        if (chosen.size() == threads) {
            choices.add(List.copyOf(chosen));
            return;
        }
        for (int next = from; next < sequences.size(); next++) {
            chosen.add(sequences.get(next));
            choose(threads, next, sequences, chosen, choices);
            chosen.remove(chosen.size() - 1);
        }
    }
}
