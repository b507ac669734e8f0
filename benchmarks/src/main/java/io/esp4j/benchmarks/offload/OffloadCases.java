package io.esp4j.benchmarks.offload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures the cases and writes {@code offload.md} and {@code offload.svg} to a folder.
 *
 * <p>Everything is interleaved: a round is every case with every transform, in an order that alternates, so that a machine that
 * changes its speed meets all of them. A ratio is the median over rounds of the ratio within a round. A round whose calibration
 * loop moved by more than 10 % between its beginning and its end is repeated.
 */
public final class OffloadCases {
    private static final String[] TRANSFORMS = {"null-sha256", "aes256gcm16", "aes128ccm8"};
    private static final int SUPER_PACKETS = 4;
    private static final int WARM_UP_ROUNDS = 15;
    private static final int MAX_REPEATED = 200;
    private static final double CALIBRATION_LIMIT = 1.10;

    private static long calibrationSink;

    private final List<CaseRun> runs = new ArrayList<>();
    private final byte[] stream = new byte[SUPER_PACKETS * SoftwarePath.SUPER_PACKET];
    private final int rounds;
    private final int repetitions;
    private int repeated;

    private OffloadCases(int rounds, int repetitions) {
        this.rounds = rounds;
        this.repetitions = repetitions;
        new Random(4).nextBytes(stream);
        List<Variant> variants = new ArrayList<>();
        for (String transform : TRANSFORMS) {
            variants.addAll(Variant.all(transform));
        }
        variants.add(Variant.CLEAR);
        for (Variant variant : variants) {
            for (StackCase stack : StackCase.values()) {
                runs.add(new CaseRun(stack, variant, SUPER_PACKETS, rounds));
            }
        }
    }

    /**
     * Measures, for some minutes.
     *
     * @param arguments the folder to write to; the number of rounds, at least 15 (optional)
     * @throws IOException if the files can't be written
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            throw new IllegalArgumentException("expected FOLDER [ROUNDS], found " + Arrays.toString(arguments));
        }
        int rounds = arguments.length == 2 ? Integer.parseInt(arguments[1]) : 31;
        if (rounds < 15) {
            throw new IllegalArgumentException(rounds + " rounds: expected 15 or more");
        }
        Path folder = Path.of(arguments[0]);
        OffloadCases cases = new OffloadCases(rounds, 20);
        cases.measure();
        OffloadPage page = new OffloadPage(cases.runs, rounds, cases.repeated);
        Files.writeString(folder.resolve("offload.md"), page.markdown(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("offload.svg"), new OffloadChart(page).svg(), StandardCharsets.UTF_8);
        cases.runs.forEach(CaseRun::close);
    }

    private void measure() {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round(0, i);
        }
        runs.forEach(CaseRun::forgetAllocation);
        for (int round = 0; round < rounds; round++) {
            while (!round(round, round) && repeated < MAX_REPEATED) {
                repeated++;
            }
        }
    }

    /** One round; false if the machine changed its speed meanwhile. */
    private boolean round(int round, int order) {
        double before = calibrate();
        for (int i = 0; i < runs.size(); i++) {
            int index = order % 2 == 0 ? i : runs.size() - 1 - i;
            runs.get(index).round(round, stream, repetitions);
        }
        double after = calibrate();
        return Math.max(before, after) <= CALIBRATION_LIMIT * Math.min(before, after);
    }

    /** Nanoseconds of a loop that does nothing but depend on itself; the best of a few. */
    private static double calibrate() {
        double best = Double.MAX_VALUE;
        for (int attempt = 0; attempt < 5; attempt++) {
            long start = System.nanoTime();
            long value = calibrationSink | 1;
            for (int i = 0; i < 1_000_000; i++) {
                value = value * 6364136223846793005L + 1442695040888963407L;
            }
            calibrationSink = value;
            best = Math.min(best, (double) (System.nanoTime() - start));
        }
        return best;
    }
}
