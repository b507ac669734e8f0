package io.esp4j.tools.packet;

import io.esp4j.io.capture.CaptureReader;
import io.esp4j.io.capture.CaptureRecord;
import io.esp4j.io.capture.LinkLayer;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.terminal.Progress;
import io.esp4j.tools.terminal.Table;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code esp inspect}. Threads: single owner thread. */
@Command(
        name = "inspect",
        description = {
            "Show the ESP packets of a capture, by SPI.",
            "Gaps are numbers between the lowest and the highest that never came; the reordering depth is how far a packet"
                    + " came behind the highest number before it. With keys, only packets whose ICV is right count for"
                    + " these, and ICV failures and padding are shown, too."
        })
public final class InspectCommand implements Callable<Integer> {
    private static final int RECORDS_PER_PROGRESS = 1024;
    private static final List<String> HEADINGS =
            List.of("SPI", "packets", "octets", "first", "last", "gaps", "duplicates", "depth");
    private static final List<String> HEADINGS_WITH_KEYS =
            List.of("ICV failures", "malformed", "pad octets", "unusual padding", "SA");

    private final Terminal terminal;

    @Option(names = "--sa", paramLabel = "FILE", description = "The SA file (JSON), for its keys.")
    private Path saFile;

    @Parameters(index = "0", paramLabel = "IN", description = "A capture file, pcap or pcapng.")
    private Path in;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public InspectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (Inspection inspection = new Inspection()) {
            if (saFile != null) {
                addKeys(inspection);
            }
            read(inspection);
            print(inspection);
        }
        return 0;
    }

    private void addKeys(Inspection inspection) {
        try (SaFile file = SaFile.read(saFile, terminal)) {
            inspection.add(file);
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UserError(saFile + ": " + e.getMessage());
        }
    }

    private void read(Inspection inspection) throws IOException {
        try (CaptureReader reader = CaptureReader.open(in);
                Progress progress = terminal.progress(in.getFileName().toString(), Files.size(in))) {
            CaptureRecord record = reader.record();
            while (reader.next()) {
                int ipAt = record.ipOffset();
                if (ipAt < 0) {
                    inspection.other(ipAt == LinkLayer.NOT_IP ? Verdict.BYPASSED : Verdict.MALFORMED);
                } else {
                    int octets = Math.min(record.capturedLength() - ipAt, PacketJourney.MAX_PACKET_OCTETS);
                    inspection.take(record.array(), record.offset() + ipAt, octets);
                }
                if (record.number() % RECORDS_PER_PROGRESS == 0) {
                    progress.to(reader.positionOctets());
                }
            }
        }
    }

    private void print(Inspection inspection) {
        List<String> headings = new ArrayList<>(HEADINGS);
        if (saFile != null) {
            headings.addAll(HEADINGS_WITH_KEYS);
        }
        Table table = new Table(headings.toArray(String[]::new));
        inspection.streams().forEach((stream, statistics) -> {
            List<String> row = new ArrayList<>(List.of(
                    "0x%08x".formatted(stream.spi()),
                    Long.toString(statistics.packets()),
                    Long.toString(statistics.octets()),
                    statistics.hasNumbers() ? "0x" + Long.toHexString(statistics.first()) : "-",
                    statistics.hasNumbers() ? "0x" + Long.toHexString(statistics.last()) : "-",
                    Long.toString(statistics.gaps()),
                    Long.toString(statistics.duplicates()),
                    Long.toString(statistics.depth())));
            if (saFile != null) {
                row.addAll(withKeys(stream, statistics));
            }
            table.row(row.toArray(String[]::new));
        });
        table.print(terminal.out());
        for (Map.Entry<Verdict, Long> other : inspection.others().entrySet()) {
            terminal.out()
                    .println(other.getValue() + " records without ESP: "
                            + other.getKey().word());
        }
        terminal.out().flush();
    }

    private static List<String> withKeys(Inspection.Stream stream, SpiStatistics statistics) {
        if (stream.name().isEmpty()) {
            return List.of("-", "-", "-", "-", "none");
        }
        return List.of(
                Long.toString(statistics.icvFailures()),
                Long.toString(statistics.malformed()),
                Long.toString(statistics.padOctets()),
                Long.toString(statistics.unusualPadding()),
                stream.name());
    }
}
