package io.esp4j.tools.bench;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import io.esp4j.tools.terminal.Progress;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code esp bench}. Threads: single owner thread. */
@Command(
        name = "bench",
        description =
                "Measure what whole journeys cost here, by provider, transform and packet size: tunnel mode over IPv4,"
                        + " one thread. Writes bench.json and two charts beside the table: throughput, and what a packet costs by stage.")
public final class BenchCommand implements Callable<Integer> {
    private static final List<String> QUICK_TRANSFORMS = List.of("aes128gcm16", "aes256gcm16", "chacha20poly1305");
    private static final List<String> FULL_TRANSFORMS = List.of(
            "aes128gcm16",
            "aes256gcm16",
            "aes128ccm16",
            "chacha20poly1305",
            "aes128gmac",
            "aes128-sha256",
            "null-sha256");
    private static final List<Integer> QUICK_SIZES = List.of(64, 1420);
    private static final List<Integer> FULL_SIZES = List.of(64, 256, 576, 1420, 8900);
    private static final int LEAST_SIZE = 20;
    private static final int GREATEST_SIZE = 65000;

    private final Terminal terminal;

    @Option(names = "--quick", description = "A few transforms and sizes, under a minute (the default).")
    private boolean quick;

    @Option(names = "--full", description = "All sizes, more transforms, a second for each figure.")
    private boolean full;

    @Option(
            names = "--provider",
            split = ",",
            paramLabel = "NAME",
            description = "Crypto providers; all that there are.")
    private List<String> providers;

    @Option(names = "--transform", split = ",", paramLabel = "NAME", description = "Transforms.")
    private List<String> transforms;

    @Option(
            names = "--size",
            split = ",",
            paramLabel = "OCTETS",
            description = "Lengths of the inner packet, 20 to 65000.")
    private List<Integer> sizes;

    @Option(names = "--burst", split = ",", paramLabel = "N", description = "Packets at a time: 1, 2, 4, 8, 16 or 32.")
    private List<Integer> bursts = List.of(1, 32);

    @Option(names = "--esn", split = ",", paramLabel = "on|off", description = "Extended sequence numbers; on.")
    private List<String> esn = List.of("on");

    @Option(names = "--window", paramLabel = "N", description = "Anti-replay window in packets; 128.")
    private int window = 128;

    @Option(names = "--seconds", paramLabel = "S", description = "Time for each figure.")
    private Double seconds;

    @Option(
            names = "--csv",
            description = "Print nothing but lines PROVIDER,TRANSFORM,ESN,SIZE,BURST,DIRECTION,NS,B_ALLOCATED.")
    private boolean csv;

    @Option(
            names = "--stages",
            description = "With --csv: lines of PROVIDER-crypto too, for the crypto in each journey.")
    private boolean stages;

    @Option(
            names = "--wait",
            description =
                    "Warm, before the journeys of each case and before the crypto in them: print \"ready\", then wait for a line"
                            + " of standard input or its end. Programs that are compared can take turns so.")
    private boolean wait;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the files go; the current directory.")
    private Path directory = Path.of("");

    /**
     * Made by the command line.
     *
     * @param terminal where it writes
     */
    public BenchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        double time = seconds != null ? seconds : full ? 1.0 : 0.25;
        if (!(time > 0 && time <= 3600)) {
            throw new UserError("--seconds " + time + ": expected more than 0 and at most 3600");
        }
        if (quick && full) {
            throw new UserError("--quick and --full: expected one of them");
        }
        List<BenchCase> cases = cases();
        if (!csv) {
            createDirectory();
        }
        List<BenchFigure> figures = new ArrayList<>();
        try (Progress progress = terminal.progress("bench", cases.size())) {
            for (int i = 0; i < cases.size(); i++) {
                BenchCase of = cases.get(i);
                progress.say(of.provider().name() + " " + of.transform() + " " + of.innerOctets());
                try (JourneyMeter meter = new JourneyMeter(of)) {
                    figures.addAll(meter.measure(time, this::whenWarm));
                }
                if (csv) {
                    figures.subList(figures.size() - 2, figures.size()).forEach(this::printCsv);
                    terminal.out().flush();
                }
                progress.to(i + 1L);
            }
        }
        if (!csv) {
            BenchReport.print(figures, terminal.out());
            BenchReport.write(figures, directory);
            BenchChart.write(figures, directory);
            terminal.note("wrote bench.json, bench.svg, bench.png, bench-stages.svg and bench-stages.png");
        }
        return 0;
    }

    private void whenWarm() {
        if (!wait) {
            return;
        }
        terminal.out().println("ready");
        terminal.out().flush();
        try {
            for (int octet = System.in.read(); octet >= 0 && octet != '\n'; ) {
                octet = System.in.read();
            }
        } catch (IOException e) {
            throw new UserError("--wait: expected a line of standard input, which can't be read: " + e.getMessage());
        }
    }

    private void createDirectory() {
        try {
            Files.createDirectories(directory.toAbsolutePath());
        } catch (IOException e) {
            throw new UserError("--out " + directory + ": expected a directory for bench.json and the charts");
        }
    }

    private void printCsv(BenchFigure figure) {
        terminal.out().println(figure.csv());
        if (stages) {
            terminal.out().println(figure.cryptoCsv());
        }
    }

    /** Long bursts come first: what the JIT makes of loops that it saw run once is no good for them. */
    private List<BenchCase> cases() {
        CryptoProviders installed = CryptoProviders.load();
        List<BenchCase> cases = new ArrayList<>();
        for (int burst : bursts.stream().sorted(Comparator.reverseOrder()).toList()) {
            for (String transformName : transforms != null ? transforms : full ? FULL_TRANSFORMS : QUICK_TRANSFORMS) {
                Transform transform = transform(transformName);
                for (CryptoProvider provider : providers(installed, transform)) {
                    for (String extended : esn) {
                        for (int size : sizes != null ? sizes : full ? FULL_SIZES : QUICK_SIZES) {
                            cases.add(benchCase(provider, transform, extended, size, burst));
                        }
                    }
                }
            }
        }
        return cases;
    }

    private BenchCase benchCase(CryptoProvider provider, Transform transform, String extended, int size, int burst) {
        if (size < LEAST_SIZE || size > GREATEST_SIZE) {
            throw new UserError("--size " + size + ": expected " + LEAST_SIZE + " to " + GREATEST_SIZE + " octets");
        }
        if (burst < 1 || burst > 32 || Integer.bitCount(burst) != 1) {
            throw new UserError("--burst " + burst + ": expected 1, 2, 4, 8, 16 or 32");
        }
        if (!extended.equals("on") && !extended.equals("off")) {
            throw new UserError("--esn " + extended + ": expected on or off");
        }
        boolean on = extended.equals("on");
        if (window < 0 || window > 1 << 20 || (on && window == 0)) {
            throw new UserError("--window " + window + ": expected 1 to 1048576 packets, or 0 (off) without ESN");
        }
        return new BenchCase(provider, transform, on, size, burst, window);
    }

    private static Transform transform(String name) {
        try {
            return Transform.named(name);
        } catch (IllegalArgumentException e) {
            throw new UserError("--transform: " + e.getMessage());
        }
    }

    /** The providers asked for, or all that can; one that was asked for by name and can't is a mistake. */
    private List<CryptoProvider> providers(CryptoProviders installed, Transform transform) {
        List<CryptoProvider> able = new ArrayList<>();
        for (String name : providers != null ? providers : installed.names()) {
            CryptoProvider provider = named(installed, name);
            if (provider.supports(transform)) {
                able.add(provider);
            } else if (providers != null) {
                throw new UserError("--provider " + name + ": does not compute " + transform + " here ("
                        + provider.availability().detail() + ")");
            }
        }
        return able;
    }

    private static CryptoProvider named(CryptoProviders installed, String name) {
        try {
            return installed.named(name);
        } catch (IllegalArgumentException e) {
            throw new UserError("--provider: " + e.getMessage());
        }
    }
}
