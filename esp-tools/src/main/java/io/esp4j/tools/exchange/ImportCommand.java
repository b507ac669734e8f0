package io.esp4j.tools.exchange;

import io.esp4j.tools.sa.InputText;
import io.esp4j.tools.sa.SaFile;
import io.esp4j.tools.sa.SecretText;
import io.esp4j.tools.terminal.Terminal;
import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code esp sa import}. Threads: single owner thread. */
@Command(
        name = "import",
        description = {
            "Make an SA file of what ip xfrm state prints, or of Wireshark's esp_sa table.",
            "Without OUT it goes to standard output. It holds keys, as IN does: OUT is readable by its owner only."
        })
public final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--format",
            description = "The form of IN: ${COMPLETION-CANDIDATES}. By default told from its first line.")
    private Format format;

    @Parameters(index = "0", paramLabel = "IN", description = "The text; - is standard input.")
    private Path in;

    @Parameters(index = "1", arity = "0..1", paramLabel = "OUT", description = "The SA file to write.")
    private Path out;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        String text = read();
        String name = in.toString();
        Format chosen = format == null ? formatOf(text) : format;
        List<ForeignSa> sas =
                chosen == Format.xfrm ? new XfrmReader(name).read(text) : new EspSaReader(name).read(text);
        String made = SaFileWriter.write(sas);
        SaFile.parse(name, made).close();
        SecretText.write(terminal, made, out, in);
        return 0;
    }

    private static Format formatOf(String text) {
        return text.stripLeading().startsWith("\"") || text.startsWith("#") ? Format.esp_sa : Format.xfrm;
    }

    private String read() throws IOException {
        try {
            return in.toString().equals("-") ? InputText.read(System.in, "standard input") : InputText.read(in);
        } catch (NoSuchFileException e) {
            throw new UserError(in + ": no such file");
        } catch (CharacterCodingException e) {
            throw new UserError(in + ": is not UTF-8 text");
        } catch (IOException e) {
            throw new UserError(in + ": cannot be read (" + e.getMessage() + ")");
        }
    }
}
