package io.esp4j.benchmarks.scaling;

import io.esp4j.crypto.CryptoProvider;
import io.esp4j.crypto.CryptoProviders;
import io.esp4j.crypto.Transform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Two workers on one SA against two workers on two: arguments are the provider, the rounds, and the page to write into. A round
 * runs every way once in each direction; one during which the machine changed its speed by more than a tenth is repeated.
 */
public final class ScalingReport {
    private static final int PACKET_OCTETS = 1420;
    private static final long NANOS = 25_000_000;
    private static final int WARM_UP_ROUNDS = 12;
    private static final double STEADY = 1.10;

    private final Map<Way, Shop> shops = new EnumMap<>(Way.class);
    private final Map<Way, List<Double>> sealed = new EnumMap<>(Way.class);
    private final Map<Way, List<Double>> opened = new EnumMap<>(Way.class);
    private int repeated;

    private ScalingReport(CryptoProvider provider, Transform transform) {
        for (Way way : Way.values()) {
            shops.put(way, new Shop(way, provider, transform, PACKET_OCTETS));
            sealed.put(way, new ArrayList<>());
            opened.put(way, new ArrayList<>());
        }
    }

    /**
     * Measures and writes.
     *
     * @param arguments provider, rounds, page
     * @throws IOException if the page cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        CryptoProvider provider = CryptoProviders.load().named(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path page = Path.of(arguments[2]);
        ScalingReport report = new ScalingReport(provider, Transform.named("aes128gcm16"));
        try (Crew crew = new Crew()) {
            report.run(crew, rounds);
        }
        report.write(page, provider.name(), rounds);
        report.shops.values().forEach(Shop::close);
    }

    private void run(Crew crew, int rounds) {
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            round(crew, round);
        }
        sealed.values().forEach(List::clear);
        opened.values().forEach(List::clear);
        double before = crew.calibrate();
        int attempts = 0;
        for (int round = 0; round < rounds; ) {
            round(crew, round);
            double after = crew.calibrate();
            boolean steady = Math.max(before, after) <= STEADY * Math.min(before, after);
            before = after;
            if (steady || ++attempts > 2 * rounds) {
                round++;
            } else {
                repeated++;
                sealed.values().forEach(list -> list.remove(list.size() - 1));
                opened.values().forEach(list -> list.remove(list.size() - 1));
            }
        }
    }

    private void round(Crew crew, int round) {
        Way[] ways = Way.values();
        for (int i = 0; i < ways.length; i++) {
            Way way = ways[round % 2 == 0 ? i : ways.length - 1 - i];
            sealed.get(way).add(crew.seal(shops.get(way), NANOS));
            opened.get(way).add(crew.open(shops.get(way), NANOS));
        }
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private void write(Path page, String provider, int rounds) throws IOException {
        StringBuilder text = new StringBuilder();
        text.append("Measured on ").append(Page.machine()).append("; provider ").append(provider);
        text.append(String.format(
                Locale.ROOT,
                ", AES-128-GCM, ESN, inner packets of %d octets, bursts of %d. Medians of %d rounds, quartiles in brackets; %d more rounds"
                        + " were repeated because the machine changed its speed.%n%n",
                PACKET_OCTETS,
                Bench.BURST,
                rounds,
                repeated));
        for (boolean out : new boolean[] {true, false}) {
            Map<Way, List<Double>> figures = out ? sealed : opened;
            double[] pair = array(figures.get(Way.TWO_SAS));
            double[] single = array(figures.get(Way.ONE_WORKER));
            text.append(out ? "| encapsulate" : "| decapsulate");
            text.append(" | Gbit/s | × two workers, an SA each | × one worker |\n|---|---|---|---|\n");
            for (Way way : Way.values()) {
                if (out && way == Way.LOCKED) {
                    continue; // there is no window on the way out
                }
                double[] rates = array(figures.get(way));
                text.append(String.format(
                        Locale.ROOT,
                        "| %s | %.1f | %s | %s |%n",
                        way.title,
                        Ratios.of(rates).median() * PACKET_OCTETS * 8 / 1e9,
                        Ratios.of(rates, pair).text(),
                        Ratios.of(rates, single).text()));
            }
            text.append('\n');
        }
        text.append("![two workers on one SA against two on two](scaling/workers.svg)\n");
        System.out.print(text);
        Page.replace(page, "workers", text.toString());
        chart(page.resolveSibling("scaling").resolve("workers.svg"));
    }

    private void chart(Path file) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(900)
                .height(450)
                .title("Inner packets of 1420 octets, AES-128-GCM")
                .yAxisTitle("Gbit/s")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setYAxisMin(0.0);
        List<String> directions = List.of("encapsulate", "decapsulate");
        for (Way way : Way.values()) {
            List<Double> heights = new ArrayList<>();
            for (Map<Way, List<Double>> figures : List.of(sealed, opened)) {
                boolean empty = way == Way.LOCKED && figures == sealed;
                double rate = empty ? 0 : Ratios.of(array(figures.get(way))).median();
                heights.add(rate * PACKET_OCTETS * 8 / 1e9);
            }
            chart.addSeries(way.title, directions, heights);
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }
}
