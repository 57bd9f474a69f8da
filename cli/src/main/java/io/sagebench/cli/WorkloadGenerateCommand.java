package io.sagebench.cli;

import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.benchmark.data.Conversion;
import io.sagebench.random.Seed;
import io.sagebench.workload.WorkloadPlan;
import io.sagebench.workload.WorkloadSpec.Load;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Writes the requests of a load to a file.
@Command(
        name = "generate",
        description = "Writes the requests that 'run' or 'compare' would send with the same options to a file (JSONL), which --trace replays.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench workload generate plan.jsonl --workload medium --seed 7"})
final class WorkloadGenerateCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "FILE", description = "Must not be there yet.")
    private Path file = Path.of("");

    @Option(names = "--texts", order = 0, description = "With the text of each prompt.")
    private boolean texts;

    @Mixin
    private LoadOptions options = new LoadOptions();

    WorkloadGenerateCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var draft = new ConfigDraft(surroundings.policyNames());
        options.fill(draft, surroundings.environment());
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                yield write(settings, terminal);
            }
        };
    }

    private int write(RunSettings settings, Terminal terminal) {
        var config = settings.config();
        if (config.workload().load() instanceof Load.Closed) {
            terminal.say("--concurrency: a closed loop has no times of its own, so there is no plan to write");
            return ExitCode.WRONG_USAGE;
        }
        if (config.workload().conversations().isPresent()) {
            terminal.say("--turns: only the first turns of conversations have times of their own, so there is no plan to write");
            return ExitCode.WRONG_USAGE;
        }
        var plan = WorkloadPlan.measured(config.workload(), new Seed(config.seed()));
        return DataText.show(terminal, Conversion.generate(plan, texts, file), what -> terminal.printLine(file + ": " + what));
    }
}
