package io.esp4j.tools.exchange;

import io.esp4j.tools.exchange.Export.UnsupportedException;
import io.esp4j.tools.sa.SaEntry;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.sa.SecretText;
import io.esp4j.tools.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code esp sa export}. Threads: single owner thread. */
@Command(
        name = "export",
        description = {
            "Write the SAs of a file as ip xfrm state shows them, or as Wireshark's esp_sa table.",
            "Without OUT they go to standard output. They hold keys: OUT is readable by its owner only."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all SAs were written",
            "1:some were left out, since the form has no way to say them; they are named",
            "2:wrong usage or input"
        })
public final class ExportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(names = "--format", required = true, description = "The form to write: ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Parameters(index = "0", paramLabel = "FILE", description = "The SA file.")
    private Path file;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OUT", description = "The file to write.")
    private Path out;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public ExportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Export export = format == Format.xfrm ? new XfrmExport() : new EspSaExport();
        StringBuilder text = new StringBuilder();
        int status = 0;
        try (SaFile sas = SaFile.read(file, terminal)) {
            for (SaEntry sa : sas.entries()) {
                try {
                    text.append(export.write(sa));
                } catch (UnsupportedException e) {
                    terminal.warn("SA \"" + sa.name() + "\" is left out: " + e.getMessage());
                    status = 1;
                }
            }
        }
        SecretText.write(terminal, text.toString(), out, file);
        return status;
    }
}
