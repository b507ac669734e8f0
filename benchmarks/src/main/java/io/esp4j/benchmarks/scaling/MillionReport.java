package io.esp4j.benchmarks.scaling;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.KeyingMaterial;
import io.esp4j.crypto.Transform;
import io.esp4j.dataplane.Dataplane;
import io.esp4j.dataplane.InboundSa;
import io.esp4j.memory.Memory;
import io.esp4j.sa.SaParameters;
import io.esp4j.sad.SecurityAssociationDatabase;
import io.esp4j.wire.IpAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A million SAs in each direction: what they take, what a lookup among them costs, and how they come and go while two workers
 * forward. Arguments are the provider and the page to write into; wants a heap of 4 GiB.
 */
public final class MillionReport {
    private static final int MILLION = 1_000_000;
    private static final int ROUNDS = 15;
    private static final int LOOKUPS = 1 << 20;
    private static final int CHASE_WORDS = 1 << 25; // 128 MiB, more than any cache
    private static final Transform GCM = Transform.named("aes128gcm16");

    private final Dataplane dataplane;
    private final StringBuilder text = new StringBuilder();
    /** What measured loops come to: a field, so that the JIT cannot leave them out. */
    private long consumed;

    private MillionReport(CryptoProvider provider) {
        dataplane = Dataplane.builder().provider(provider).build();
    }

    /**
     * Measures and writes.
     *
     * @param arguments provider, page
     * @throws IOException if the page cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        MillionReport report = new MillionReport(CryptoProviders.load().named(arguments[0]));
        report.text
                .append("Measured on ")
                .append(Page.machine())
                .append("; provider ")
                .append(arguments[0]);
        report.text.append(
                ", AES-128-GCM, windows of 64 packets for several workers, random SPIs, no two SAs with an address in common.\n\n");
        report.text.append("| | |\n|---|---|\n");
        report.fill();
        report.lookUp();
        new Churn(report.dataplane).measure(report.text);
        System.out.print(report.text);
        Page.replace(Path.of(arguments[1]), "million", report.text.toString());
    }

    /** The SPI of an SA: a permutation of all 32-bit numbers, so no two are equal. */
    static int spi(int number) {
        int mixed = number * 0x9e3779b1;
        return mixed ^ mixed >>> 16;
    }

    static SaParameters parameters(int number) {
        return SaParameters.tunnel(
                        spi(number), GCM, IpAddress.v4(0x0a000000 | number), IpAddress.v4(0x0b000000 | number))
                .severalWorkers(true)
                .build();
    }

    static KeyingMaterial key(int number, int direction) {
        byte[] key = new byte[GCM.keyOctets() + GCM.saltOctets()];
        Memory.of(key).int64(0, (long) direction << 32 | number);
        return KeyingMaterial.of(key);
    }

    static boolean isUsable(int number) {
        return Integer.compareUnsigned(spi(number), SecurityAssociationDatabase.MINIMUM_SPI) >= 0;
    }

    private void fill() throws IOException {
        long heap = heap();
        long resident = resident();
        long began = System.nanoTime();
        IntStream.range(1, MILLION + 1).filter(MillionReport::isUsable).forEach(number -> {
            dataplane.addInbound(parameters(number), key(number, 1));
            dataplane.addOutbound(parameters(number), key(number, 2));
        });
        double seconds = (System.nanoTime() - began) / 1e9;
        double perSa = (heap() - heap) / (2.0 * MILLION);
        double outside = (resident() - resident - committedGrowth()) / (2.0 * MILLION);
        row("octets of heap for an idle SA, mean of both directions", "%.0f", perSa);
        row("octets outside the heap for an idle SA (resident set less heap)", "%.0f", Math.max(0, outside));
        row("SAs added a second, none forwarding", "%,.0f", 2 * MILLION / seconds);
    }

    private long committedBefore;

    /** Heap that was touched meanwhile is in the resident set too. */
    private long committedGrowth() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted() - committedBefore;
    }

    private long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        if (committedBefore == 0) {
            committedBefore =
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        }
        return heapInUse();
    }

    /** {@return octets of heap in use; what is garbage counts until it is collected} */
    static long heapInUse() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** {@return octets of the process's resident set} */
    static long resident() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("/proc/self/status has no line VmRSS");
    }

    /** Random lookups among many and few, and loads that depend on one another in memory that no cache holds. */
    private void lookUp() {
        SecurityAssociationDatabase<InboundSa> few = new SecurityAssociationDatabase<>();
        few.add(dataplane.sad().lookup(spi(1), 0));
        int[] one = new int[LOOKUPS];
        int[] million = new int[LOOKUPS];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < LOOKUPS; i++) {
            one[i] = spi(1);
            million[i] = spi(1 + random.nextInt(MILLION));
        }
        int[] chase = cycle(random);
        double[] oneNanos = new double[ROUNDS];
        double[] millionNanos = new double[ROUNDS];
        double[] missNanos = new double[ROUNDS];
        for (int round = -3; round < ROUNDS; round++) {
            double first = lookUp(few, one);
            double second = lookUp(dataplane.sad(), million);
            double third = chase(chase);
            if (round >= 0) {
                oneNanos[round] = first;
                millionNanos[round] = second;
                missNanos[round] = third;
            }
        }
        row("lookup among one, ns", "%.1f", Ratios.of(oneNanos).median());
        row("lookup among a million, ns", "%.1f", Ratios.of(millionNanos).median());
        row(
                "a cache miss (each load depends on the one before, in 128 MiB), ns",
                "%.1f",
                Ratios.of(missNanos).median());
        text(
                "lookup among a million × among one",
                Ratios.of(millionNanos, oneNanos).text());
        text(
                "lookup among a million × a cache miss",
                Ratios.of(millionNanos, missNanos).text());
    }

    private double lookUp(SecurityAssociationDatabase<InboundSa> sad, int[] spis) {
        long began = System.nanoTime();
        long sum = 0;
        for (int spi : spis) {
            InboundSa sa = sad.lookup(spi, 0);
            sum += sa == null ? 0 : sa.spi();
        }
        consumed += sum;
        return (System.nanoTime() - began) / (double) spis.length;
    }

    /** One cycle through all words (Sattolo). */
    private static int[] cycle(SplittableRandom random) {
        int[] next = IntStream.range(0, CHASE_WORDS).toArray();
        for (int i = CHASE_WORDS - 1; i > 0; i--) {
            int j = random.nextInt(i);
            int swapped = next[i];
            next[i] = next[j];
            next[j] = swapped;
        }
        return next;
    }

    private double chase(int[] next) {
        long began = System.nanoTime();
        int at = (int) (consumed & (CHASE_WORDS - 1));
        int steps = LOOKUPS / 4;
        for (int i = 0; i < steps; i++) {
            at = next[at];
        }
        consumed += at;
        return (System.nanoTime() - began) / (double) steps;
    }

    private void row(String what, String format, double value) {
        text(what, String.format(Locale.ROOT, format, value));
    }

    private void text(String what, String value) {
        text.append("| ").append(what).append(" | ").append(value).append(" |\n");
    }
}
