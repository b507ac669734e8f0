package io.esp4j.tools;

import io.esp4j.tools.bench.BenchCommand;
import io.esp4j.tools.demo.DemoCommand;
import io.esp4j.tools.exchange.SaCommand;
import io.esp4j.tools.offload.OffloadCommand;
import io.esp4j.tools.packet.InspectCommand;
import io.esp4j.tools.packet.ProtectCommand;
import io.esp4j.tools.packet.UnprotectCommand;
import io.esp4j.tools.selftest.SelftestCommand;
import io.esp4j.tools.terminal.CommandFactory;
import io.esp4j.tools.terminal.Terminal;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code esp} command: ESP packets from the command line.
 *
 * <p>Threads: single owner thread.
 */
@Command(
        name = "esp",
        description = "ESP (RFC 4303) from the command line: protect and open packets of capture files, look into them,"
                + " try out the engine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ProtectCommand.class,
            UnprotectCommand.class,
            InspectCommand.class,
            SaCommand.class,
            SelftestCommand.class,
            DemoCommand.class,
            BenchCommand.class,
            OffloadCommand.class,
            HelpCommand.class,
            Completion.class
        },
        footer = {
            "",
            "esp help COMMAND tells more of one command. Completion for this shell:",
            "  source <(esp completion)"
        })
public final class Esp implements Runnable {
    /** Wrong usage or wrong input. */
    static final int MISTAKE = 2;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected a command");
    }

    /**
     * {@return the command, ready to be executed}
     *
     * @param terminal where it writes
     */
    public static CommandLine commandLine(Terminal terminal) {
        CommandLine commandLine = new CommandLine(new Esp(), new CommandFactory(terminal));
        commandLine.setOut(terminal.out());
        commandLine.setErr(terminal.err());
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commandLine.setParameterExceptionHandler(Mistakes::inUsage);
        commandLine.setExecutionExceptionHandler(Mistakes::inExecution);
        for (CommandLine subcommand : commandLine.getSubcommands().values()) {
            addHelp(subcommand);
        }
        return commandLine;
    }

    private static void addHelp(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        if (spec.findOption("--help") == null && !spec.helpCommand()) {
            spec.mixinStandardHelpOptions(false);
            spec.addMixin("help", CommandSpec.forAnnotatedObject(new HelpOption()));
        }
        command.getSubcommands().values().forEach(Esp::addHelp);
    }

    /**
     * Runs the command.
     *
     * @param arguments of the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(Terminal.system(), System.out, arguments));
    }

    /**
     * {@return the exit status}
     *
     * @param out what the terminal's standard output ends in: a writer over it can't tell that it fails
     */
    static int run(Terminal terminal, PrintStream out, String... arguments) {
        try {
            int status = commandLine(terminal).execute(arguments);
            terminal.out().flush();
            if (out.checkError()) {
                terminal.note("standard output: cannot be written");
                return MISTAKE;
            }
            return status;
        } catch (OutOfMemoryError e) {
            terminal.note("out of memory (" + e.getMessage()
                    + "): expected smaller input, or more heap (JAVA_TOOL_OPTIONS=-Xmx8g, say)");
            return MISTAKE;
        }
    }
}
