package io.sagebench.cli;

import io.sagebench.benchmark.LoadLine;
import io.sagebench.benchmark.config.Checked;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.RunSettings;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.random.Seed;
import io.sagebench.workload.WorkloadPlan;
import io.sagebench.workload.WorkloadSpec.Load;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Shows the load that `run` and `compare` would send with the same options.
@Command(
        name = "show",
        description = "Shows the load that 'run' or 'compare' would send with the same options.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {
            "",
            "Example: sage-bench workload show balanced",
            "Example: sage-bench workload show --arrivals --arrival gamma -r 50 -n 1000"
        })
final class WorkloadShowCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "NAME|FILE", description = "A workload, as with --workload.")
    private @Nullable String name;

    @Option(names = "--arrivals", order = 0, description = "When requests come: the first times, how they vary, and a plot.")
    private boolean arrivals;

    @Mixin
    private LoadOptions options = new LoadOptions();

    WorkloadShowCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Terminal terminal = surroundings.terminal();
        var draft = new ConfigDraft(surroundings.policyNames());
        if (name != null) {
            draft.option(Setting.WORKLOAD, "workload show", name);
        }
        options.fill(draft, surroundings.environment());
        return switch (draft.check(HowMany.SEVERAL)) {
            case Checked.Invalid(var problems) -> {
                problems.forEach(problem -> terminal.say(problem.toString()));
                yield ExitCode.WRONG_USAGE;
            }
            case Checked.Valid(RunSettings settings) -> {
                settings.notes().forEach(terminal::say);
                if (arrivals) {
                    showArrivals(settings, terminal);
                } else {
                    showRequests(settings, terminal);
                }
                yield ExitCode.DONE;
            }
        };
    }

    private static void showRequests(RunSettings settings, Terminal terminal) {
        var config = settings.config();
        terminal.printLine(LoadLine.load(config.workload().load()) + ", seed " + config.seed());
        terminal.printLine("");
        RequestsText.lines(WorkloadPlan.measured(config.workload(), new Seed(config.seed())), terminal.results().width())
                .forEach(terminal::printLine);
    }

    private static void showArrivals(RunSettings settings, Terminal terminal) {
        var config = settings.config();
        var load = config.workload().load();
        terminal.printLine(LoadLine.load(load) + ", seed " + config.seed());
        if (load instanceof Load.Closed) {
            terminal.printLine("A closed loop has no times of its own: each request follows the end of another.");
            return;
        }
        var plan = WorkloadPlan.measured(config.workload(), new Seed(config.seed()));
        new ArrivalsText(plan, terminal.results().width()).lines().forEach(terminal::printLine);
    }
}
