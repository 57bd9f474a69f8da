package io.sagebench.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Refuses an option that is given twice and has one value. Picocli takes the second of a group as the beginning of another group, and forgets what else
/// stood in the first.
final class RepeatedOptions {
    private RepeatedOptions() {}

    /// @throws ParameterException when there is one
    static void refuse(ParseResult parsed) {
        ParseResult command = parsed;
        while (command.hasSubcommand()) {
            command = command.subcommand();
        }
        CommandSpec spec = command.commandSpec();
        Set<OptionSpec> seen = new HashSet<>();
        List<String> arguments = command.originalArgs();
        for (int i = 0; i < arguments.size(); i++) {
            OptionSpec option = optionOf(arguments.get(i), spec);
            if (option == null) {
                continue;
            }
            boolean hasValue = option.arity().max() > 0;
            if (hasValue && !option.isMultiValue() && !seen.add(option)) {
                throw new ParameterException(spec.commandLine(), option.longestName() + ": is given twice");
            }
            boolean valueFollows = hasValue && spec.findOption(arguments.get(i)) != null;
            boolean mayBeLeftOut = option.arity().min() == 0;
            if (valueFollows && !(mayBeLeftOut && i + 1 < arguments.size() && optionOf(arguments.get(i + 1), spec) != null)) {
                i++; // its value
            }
        }
    }

    /// The option of `--name`, `--name=value`, `-n` or `-nvalue`.
    private static @Nullable OptionSpec optionOf(String argument, CommandSpec spec) {
        if (argument.startsWith("--")) {
            int equals = argument.indexOf('=');
            return spec.findOption(equals < 0 ? argument : argument.substring(0, equals));
        }
        return argument.startsWith("-") && argument.length() > 1 ? spec.findOption(argument.substring(0, 2)) : null;
    }
}
