package io.sagebench.cli;

import io.sagebench.benchmark.BuildInfo;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints a script with which a shell completes commands, options and names of policies.
@Command(
        name = "completion",
        description = {
            "Prints a script with which a shell completes commands, options and names of policies.",
            "Bash: source <(sage-bench completion bash); zsh the same after 'autoload -U +X bashcompinit && bashcompinit'."
        },
        footer = {"", "Example: sage-bench completion bash > ~/.local/share/bash-completion/completions/sage-bench"})
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    private final Terminal terminal;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(paramLabel = "bash|zsh", arity = "0..1", description = "The shell; both take the same script. Default: bash.")
    private String shell = "bash";

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            terminal.say("completion: must be one of " + String.join(", ", SHELLS) + ", but is '" + shell + "'");
            return ExitCode.WRONG_USAGE;
        }
        CommandLine whole = spec.root().commandLine();
        terminal.print(AutoComplete.bash(BuildInfo.PROGRAM, whole));
        // the name the control-plane benchmark has had is completed in the same way
        terminal.printLine("complete -F _complete_" + BuildInfo.PROGRAM + " -o default sage-cp-bench");
        return ExitCode.DONE;
    }
}
