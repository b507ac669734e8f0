package io.esp4j.tools.exchange;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code esp sa}: the SA file to and from other forms. Threads: single owner thread. */
@Command(
        name = "sa",
        description = "Bring SAs in from other tools, and give them out.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {ImportCommand.class, ExportCommand.class})
public final class SaCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command: import or export");
    }
}
