package io.esp4j.tools.packet;

import io.esp4j.io.capture.CaptureReader;
import io.esp4j.io.capture.CaptureRecord;
import io.esp4j.io.capture.LinkLayer;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.sa.SecretText;
import io.esp4j.tools.terminal.Progress;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A capture through the engine.
 *
 * <ol>
 *   <li>Read the SA file; make the SAs.
 *   <li>For each record: find the IP packet, let the journey take it, write its verdict, write the result if accepted.
 *   <li>Write the numbers reached, before any packet appears that used them.
 *   <li>Put capture and verdicts into place.
 * </ol>
 *
 * <p>Threads: single owner thread.
 */
final class Conversion {
    private static final int RECORDS_PER_PROGRESS = 1024;

    private final Terminal terminal;
    private final ConversionOptions options;
    private final String lastNumber;
    private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);

    /**
     * A conversion.
     *
     * @param lastNumber what the number of an SA is, and what comes of using it twice; two halves of a warning
     */
    Conversion(Terminal terminal, ConversionOptions options, String lastNumber) {
        this.terminal = terminal;
        this.options = options;
        this.lastNumber = lastNumber;
    }

    /**
     * Converts.
     *
     * @param journeys makes the journey from the SA file and from who is told of soft lifetimes
     * @return the exit status, 0 or 1
     * @throws UserError if an input is wrong; then there is no output
     * @throws IOException if reading or writing fails; then there is no output
     */
    int run(BiFunction<SaFile, SoftLifetimes, PacketJourney> journeys) throws IOException {
        try (OutputFiles files = OutputFiles.create(options);
                SaFile saFile = SaFile.read(options.saFile, terminal)) {
            try (PacketJourney journey = journeys.apply(saFile, new SoftLifetimes(terminal))) {
                convert(journey, files);
                files.end();
                writeSequences(saFile, journey);
            }
            files.commit();
        }
        return report();
    }

    private void convert(PacketJourney journey, OutputFiles files) throws IOException {
        try (CaptureReader reader = CaptureReader.open(options.in);
                Progress progress = terminal.progress(options.in.getFileName().toString(), Files.size(options.in))) {
            CaptureRecord record = reader.record();
            while (reader.next()) {
                Verdict verdict = convert(record, journey, files);
                counts.merge(verdict, 1L, Long::sum);
                if (record.number() % RECORDS_PER_PROGRESS == 0) {
                    progress.to(reader.positionOctets());
                }
            }
        }
    }

    private static Verdict convert(CaptureRecord record, PacketJourney journey, OutputFiles files) throws IOException {
        int ipAt = record.ipOffset();
        Verdict verdict;
        if (ipAt < 0) {
            journey.anonymous();
            verdict = ipAt == LinkLayer.NOT_IP ? Verdict.BYPASSED : Verdict.MALFORMED;
        } else {
            int octets = Math.min(record.capturedLength() - ipAt, PacketJourney.MAX_PACKET_OCTETS);
            journey.memory().write(PacketJourney.PACKET_AT, record.array(), record.offset() + ipAt, octets);
            verdict = journey.take(octets);
        }
        files.verdict(
                VerdictLine.of(record.number(), journey.identified(), journey.spi(), journey.sequence(), verdict));
        if (verdict == Verdict.ACCEPTED) {
            files.capture()
                    .write(record.timeNanos(), journey.memory().array(), journey.resultAt(), journey.resultOctets());
        }
        return verdict;
    }

    private void writeSequences(SaFile saFile, PacketJourney journey) throws IOException {
        long[] sequences = new long[saFile.entries().size()];
        for (int i = 0; i < sequences.length; i++) {
            sequences[i] = journey.sequence(i);
        }
        if (options.saOut == null) {
            warnOfNumbers(saFile, sequences);
            return;
        }
        SecretText.write(terminal, saFile.withSequences(sequences), options.saOut);
    }

    private void warnOfNumbers(SaFile saFile, long[] sequences) {
        for (int i = 0; i < sequences.length; i++) {
            SaEntry sa = saFile.entries().get(i);
            terminal.warn("SA \"" + sa.name() + "\": " + lastNumber.formatted("0x" + Long.toHexString(sequences[i])));
        }
    }

    private int report() {
        StringBuilder summary = new StringBuilder();
        long packets = 0;
        boolean fine = true;
        for (Map.Entry<Verdict, Long> count : counts.entrySet()) {
            packets += count.getValue();
            fine &= count.getKey().fine();
            summary.append(summary.isEmpty() ? ": " : ", ")
                    .append(count.getValue())
                    .append(' ')
                    .append(count.getKey().word());
        }
        terminal.note(packets + (packets == 1 ? " record" : " records") + summary);
        return fine ? 0 : 1;
    }
}
