package io.esp4j.tools.packet;

import io.esp4j.tools.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code esp unprotect}. Threads: single owner thread. */
@Command(
        name = "unprotect",
        description = {
            "Open the ESP packets of a capture.",
            "OUT holds the packets that they carried, those accepted, in order. SAs are found by SPI. UDP is looked into"
                    + " when its destination port is 4500 or one that the SA file names.",
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every packet was accepted, a dummy, a keepalive, IKE, or not ESP",
            "1:some packet was refused: see the verdicts",
            "2:wrong usage or input; then there is no OUT and no verdict file"
        })
public final class UnprotectCommand implements Callable<Integer> {
    private static final String LAST_NUMBER =
            "the highest number received is %s, and the SA file was not updated (--sa-out): running it again from the"
                    + " same file would accept the same packets";

    private final Terminal terminal;

    @Mixin
    private ConversionOptions options;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public UnprotectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        return new Conversion(terminal, options, LAST_NUMBER).run(UnprotectJourney::new);
    }
}
