package io.sagebench.cli;

import io.sagebench.benchmark.config.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells of a command line that cannot be understood: what was given, what was probably meant, where to look.
final class UsageMistakes implements IParameterExceptionHandler {
    private final Terminal terminal;

    UsageMistakes(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            terminal.say(unknown(unmatched.getUnmatched().getFirst(), command));
        } else if (mistake instanceof MissingParameterException missing) {
            terminal.say(String.valueOf(missing.getMessage()));
        } else {
            terminal.say(String.valueOf(mistake.getMessage()));
        }
        terminal.say("'" + command.getCommandSpec().qualifiedName() + " --help' shows what there is.");
        return ExitCode.WRONG_USAGE;
    }

    private static String unknown(String argument, CommandLine command) {
        var spec = command.getCommandSpec();
        if (argument.startsWith("-")) {
            String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            var names = new ArrayList<String>();
            spec.options().forEach(option -> names.addAll(List.of(option.names())));
            return "unknown option '" + name + "'" + DidYouMean.hint(names, name);
        }
        if (!spec.subcommands().isEmpty()) {
            return "unknown command '" + argument + "'" + DidYouMean.hint(spec.subcommands().keySet(), argument);
        }
        return "unexpected '" + argument + "'";
    }
}
