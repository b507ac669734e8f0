package io.esp4j.tools;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;

/** {@code esp completion}. Stateless. */
@Command(
        name = "completion",
        description = "Print a script that completes commands and options in bash and zsh: source it.",
        helpCommand = false)
final class Completion extends GenerateCompletion {}
