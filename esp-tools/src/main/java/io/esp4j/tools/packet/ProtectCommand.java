package io.esp4j.tools.packet;

import io.esp4j.tools.terminal.Terminal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code esp protect}. Threads: single owner thread. */
@Command(
        name = "protect",
        description = {
            "Make ESP packets of the IP packets of a capture.",
            "Each packet takes the first SA whose selector matches; in transport mode the first whose addresses are the"
                    + " packet's, too. Frames may be Ethernet with VLAN tags, raw IP, or Linux cooked.",
            "",
            "Without --sa-out, do not run it twice from one SA file: the same numbers would go out again, and with"
                    + " them the same nonces."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:every packet was protected or is not IP",
            "1:some packet was not: see the verdicts",
            "2:wrong usage or input; then there is no OUT and no verdict file"
        })
public final class ProtectCommand implements Callable<Integer> {
    private static final String LAST_NUMBER =
            "the last number used is %s, and the SA file was not updated (--sa-out): running it again from the same"
                    + " file would repeat nonces";

    private final Terminal terminal;

    @Mixin
    private ConversionOptions options;

    /**
     * The command.
     *
     * @param terminal where it writes
     */
    public ProtectCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        return new Conversion(terminal, options, LAST_NUMBER).run(ProtectJourney::new);
    }
}
