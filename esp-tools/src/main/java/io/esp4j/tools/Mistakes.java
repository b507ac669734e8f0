package io.esp4j.tools;

import io.esp4j.tools.terminal.UserError;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Says in one line what went wrong. Stateless. */
final class Mistakes {
    private Mistakes() {}

    /** Wrong options or arguments. */
    static int inUsage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        return tell(command, mistake.getMessage().replace('\n', ' ') + " (" + name + " --help tells more)");
    }

    /** Wrong input, or a mistake of ours. */
    static int inExecution(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof UserError || failure instanceof IOException) {
            return tell(command, failure.getMessage());
        }
        return tell(command, "internal error: " + failure);
    }

    private static int tell(CommandLine command, String line) {
        command.getErr().println("esp: " + line);
        command.getErr().flush();
        return Esp.MISTAKE;
    }
}
