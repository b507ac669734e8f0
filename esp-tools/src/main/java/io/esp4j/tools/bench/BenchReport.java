package io.esp4j.tools.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.esp4j.io.file.AtomicFile;
import io.esp4j.tools.terminal.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Figures as a table and as JSON. Stateless. */
final class BenchReport {
    private BenchReport() {}

    static void print(List<BenchFigure> figures, PrintWriter out) {
        Table table = new Table(
                "provider",
                "transform",
                "ESN",
                "octets",
                "burst",
                "direction",
                "ns/packet",
                "crypto",
                "Mpps",
                "Gbit/s",
                "B/packet");
        for (BenchFigure figure : figures) {
            BenchCase of = figure.of();
            table.row(
                    of.provider().name(),
                    of.transform().name(),
                    of.esn() ? "on" : "off",
                    Integer.toString(of.innerOctets()),
                    Integer.toString(of.burst()),
                    figure.direction(),
                    decimal("%.1f", figure.nanosPerPacket()),
                    decimal("%.1f", figure.cryptoNanosPerPacket()),
                    decimal("%.2f", figure.packetsPerSecond() / 1e6),
                    decimal("%.2f", figure.gigabitsPerSecond()),
                    decimal("%.1f", figure.octetsAllocated()));
        }
        table.print(out);
    }

    private static String decimal(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    static void write(List<BenchFigure> figures, Path directory) throws IOException {
        try (AtomicFile file = AtomicFile.create(directory.resolve("bench.json"))) {
            JsonGenerator json = new JsonFactory().createGenerator(file.stream());
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("java", Runtime.version().toString());
            json.writeArrayFieldStart("javaOptions");
            for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
                if (option.startsWith("-X")) { // the others are paths and properties
                    json.writeString(option);
                }
            }
            json.writeEndArray();
            json.writeStringField("machine", System.getProperty("os.arch"));
            json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
            json.writeStringField(
                    "time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
            json.writeArrayFieldStart("figures");
            for (BenchFigure figure : figures) {
                write(figure, json);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.flush();
            file.commit();
        }
    }

    private static void write(BenchFigure figure, JsonGenerator json) throws IOException {
        BenchCase of = figure.of();
        json.writeStartObject();
        json.writeStringField("provider", of.provider().name());
        json.writeStringField("transform", of.transform().name());
        json.writeBooleanField("esn", of.esn());
        json.writeNumberField("innerOctets", of.innerOctets());
        json.writeNumberField("burst", of.burst());
        json.writeNumberField("window", of.window());
        json.writeStringField("direction", figure.direction());
        json.writeNumberField("nanosPerPacket", figure.nanosPerPacket());
        json.writeNumberField("cryptoNanosPerPacket", figure.cryptoNanosPerPacket());
        json.writeNumberField("octetsAllocatedPerPacket", figure.octetsAllocated());
        json.writeEndObject();
    }
}
