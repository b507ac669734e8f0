package io.esp4j.tools.bench;

import io.esp4j.io.file.AtomicFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.style.Styler.LegendPosition;

/**
 * Charts: throughput by packet size, a series for each provider, transform and direction; and what a packet costs by stage, a
 * column for each of them. Stateless.
 */
final class BenchChart {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 700;

    private BenchChart() {}

    static void write(List<BenchFigure> figures, Path directory) throws IOException {
        write(throughput(figures), directory, "bench");
        write(stages(figures), directory, "bench-stages");
    }

    private static void write(CategoryChart chart, Path directory, String name) throws IOException {
        try (AtomicFile file = AtomicFile.create(directory.resolve(name + ".svg"))) {
            OutputStream out = file.stream();
            VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
            file.commit();
        }
        try (AtomicFile file = AtomicFile.create(directory.resolve(name + ".png"))) {
            OutputStream out = file.stream();
            BitmapEncoder.saveBitmap(chart, out, BitmapEncoder.BitmapFormat.PNG);
            file.commit();
        }
    }

    private static CategoryChart throughput(List<BenchFigure> figures) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("ESP tunnel mode, one thread, the largest burst")
                .xAxisTitle("octets of an inner packet")
                .yAxisTitle("Gbit/s")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        int largestBurst = largestBurst(figures);
        List<Integer> sizes = figures.stream()
                .map(f -> f.of().innerOctets())
                .distinct()
                .sorted()
                .toList();
        Map<String, Map<Integer, Double>> series = new LinkedHashMap<>();
        for (BenchFigure figure : figures) {
            BenchCase of = figure.of();
            if (of.burst() == largestBurst) {
                String name = of.provider().name() + " " + of.transform() + (of.esn() ? " " : " no ESN ")
                        + figure.direction();
                series.computeIfAbsent(name, key -> new LinkedHashMap<>())
                        .put(of.innerOctets(), figure.gigabitsPerSecond());
            }
        }
        series.forEach((name, values) -> {
            List<Double> heights = new ArrayList<>();
            sizes.forEach(size -> heights.add(values.getOrDefault(size, 0.0)));
            chart.addSeries(name, sizes, heights);
        });
        return chart;
    }

    private static CategoryChart stages(List<BenchFigure> figures) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("What a packet costs by stage, the largest burst")
                .yAxisTitle("ns a packet")
                .build();
        chart.getStyler().setStacked(true).setLegendPosition(LegendPosition.InsideNW);
        chart.getStyler().setXAxisLabelRotation(90);
        int largestBurst = largestBurst(figures);
        List<String> columns = new ArrayList<>();
        List<Double> crypto = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        for (BenchFigure figure : figures) {
            BenchCase of = figure.of();
            if (of.burst() == largestBurst) {
                columns.add(of.provider().name() + " " + of.transform() + (of.esn() ? " " : " no ESN ")
                        + of.innerOctets() + " " + figure.direction());
                crypto.add(figure.cryptoNanosPerPacket());
                others.add(figure.otherNanosPerPacket());
            }
        }
        chart.addSeries("crypto", columns, crypto);
        chart.addSeries("headers, numbers, window", columns, others);
        return chart;
    }

    private static int largestBurst(List<BenchFigure> figures) {
        return figures.stream().mapToInt(f -> f.of().burst()).max().orElse(1);
    }
}
