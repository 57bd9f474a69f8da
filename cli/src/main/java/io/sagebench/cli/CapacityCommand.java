package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.benchmark.experiment.CapacityExperiment;
import io.sagebench.benchmark.experiment.CapacityQuestion;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Finds how much load each policy carries.
@Command(
        name = "capacity",
        description = "Finds the highest rate at which a share of the requests meets its deadlines: brackets it, bisects, and confirms with other seeds.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench capacity -p fifo,slo_aware --slo-target 0.99 --simulate"})
final class CapacityCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-p", "--policies", "--policy"},
            paramLabel = "A,B,...|all",
            order = 0,
            description = "The policies. Default: fifo,priority,slo_aware. 'sage-bench policies' lists them all.")
    private @Nullable String policies;

    @ArgGroup(validate = false, order = 5, heading = "%nThe search, which begins at --rate:%n")
    private SearchOptions search = new SearchOptions();

    @Mixin
    private LoadOptions options = new LoadOptions();

    CapacityCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var draft = new ConfigDraft(surroundings.policyNames());
        if (policies != null) {
            draft.option(Setting.POLICIES, "--policies", policies);
        }
        options.fill(draft, surroundings.environment());
        CapacityQuestion question = search.question(draft, CapacityQuestion.DEFAULT.firstRate());
        return new ExperimentRun(surroundings, options, draft)
                .execute(ExperimentKind.CAPACITY, _ -> List.of(), base -> new CapacityExperiment("capacity", base, question.from(ExperimentRun.rateOf(base))));
    }
}
