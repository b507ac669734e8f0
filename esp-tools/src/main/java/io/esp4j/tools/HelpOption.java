package io.esp4j.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option that every command has. Threads: filled once by picocli. */
@Command
final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean asked;
}
