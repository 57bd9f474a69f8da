package io.sagebench.cli;

import io.sagebench.benchmark.config.PolicyChoice.HowMany;
import io.sagebench.benchmark.config.Setting;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures several policies under the same load.
@Command(
        name = "compare",
        description = "Measures several scheduling policies under the same load.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench compare -p fifo,slo_aware -n 1000 -r 100 --simulate"})
final class CompareCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Option(
            names = {"-p", "--policies"},
            paramLabel = "A,B,...|all",
            order = 0,
            description = {
                "The policies. Default: fifo,priority,slo_aware. 'sage-bench policies' lists them all.",
                "One that needs what the load or the engines do not offer is left out of all, and listed; named, it is measured as degraded."
                        + " Ceilings are told how long each answer will be, and shown apart."
            })
    private @Nullable String policies;

    @Mixin
    private LoadOptions options = new LoadOptions();

    CompareCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var run = new BenchmarkRun(surroundings, options);
        if (policies != null) {
            run.draft().option(Setting.POLICIES, "--policies", policies);
        }
        return run.execute(HowMany.SEVERAL);
    }
}
