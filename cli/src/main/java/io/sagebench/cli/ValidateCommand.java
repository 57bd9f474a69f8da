package io.sagebench.cli;

import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.RunSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Checks a configuration file.
@Command(name = "validate", description = "Checks a configuration file and names every mistake in it.")
final class ValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "A YAML or JSON file.")
    private Path file = Path.of("");

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var draft = new ConfigDraft(surroundings.policyNames());
        draft.file(file);
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                terminal.printLine(file + ": valid; " + String.join(", ", settings.config().policies()) + "; "
                        + LoadLine.of(settings).load());
                yield ExitCode.DONE;
            }
        };
    }
}
