package io.sagebench.cli;

import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Setting;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures one policy.
@Command(
        name = "run",
        description = "Measures one scheduling policy.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench run -p slo_aware -n 1000 -r 100 --simulate"})
final class RunCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-p", "--policy"},
            paramLabel = "NAME",
            order = 0,
            completionCandidates = PolicyNames.class,
            description = "The policy. Default: fifo. 'sage-bench policies' lists them all.")
    private @Nullable String policy;

    @Mixin
    private LoadOptions options = new LoadOptions();

    RunCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var run = new BenchmarkRun(surroundings, options);
        if (policy != null) {
            run.draft().option(Setting.POLICY, "--policy", policy);
        }
        return run.execute(HowMany.ONE);
    }
}
