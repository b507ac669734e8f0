package io.esp4j.tools.packet;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code protect} and {@code unprotect} are told. Threads: filled once by picocli. */
final class ConversionOptions {
    @Option(names = "--sa", required = true, paramLabel = "FILE", description = "The SA file (JSON).")
    Path saFile;

    @Option(
            names = "--verdicts",
            paramLabel = "FILE",
            description = "Write one JSON line for each record of IN: what became of it.")
    Path verdicts;

    @Option(
            names = "--sa-out",
            paramLabel = "NEW",
            description = "Write the SA file with its sequence numbers moved on, readable by the owner only."
                    + " It may be the SA file itself.")
    Path saOut;

    @Parameters(index = "0", paramLabel = "IN", description = "A capture file, pcap or pcapng.")
    Path in;

    @Parameters(index = "1", paramLabel = "OUT", description = "The capture file to write: pcap, raw IP, IN's times.")
    Path out;
}
