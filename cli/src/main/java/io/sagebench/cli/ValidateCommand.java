package io.sagebench.cli;

import io.sagebench.benchmark.LoadLine;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ClusterDraft;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.EngineSpecs;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.policy.Policies;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Checks a configuration file.
@Command(name = "validate", description = "Checks a configuration or cluster file and names every mistake in it.")
final class ValidateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "A YAML or JSON file.")
    private Path file = Path.of("");

    @Option(
            names = {"-m", "--mode"},
            paramLabel = "llm|hybrid",
            description = "The mode it is to be used in. Default: what the file says, else llm.")
    private @Nullable String mode;

    ValidateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        if (ClusterDraft.isClusterFile(file)) {
            return validateCluster(terminal);
        }
        var draft = new ConfigDraft(surroundings.policyNames());
        if (mode != null) {
            draft.option(Setting.MODE, "--mode", mode);
        }
        draft.file(file);
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                terminal.printLine(file + ": valid; " + String.join(", ", settings.config().policies()) + "; "
                        + LoadLine.of(settings.config()).load());
                yield ExitCode.DONE;
            }
        };
    }

    private int validateCluster(Terminal terminal) {
        var draft = new ClusterDraft(Policies.installed(), surroundings.environment());
        draft.file(file);
        return switch (draft.check()) {
            case ClusterDraft.Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case ClusterDraft.Checked.Valid(var config, var notes) -> {
                notes.forEach(terminal::say);
                terminal.printLine(file + ": valid cluster file; policy " + config.policy().name() + "; "
                        + String.join(", ", EngineSpecs.ids(config.engines())));
                yield ExitCode.DONE;
            }
        };
    }
}
