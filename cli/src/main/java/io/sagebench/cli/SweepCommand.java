package io.sagebench.cli;

import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Setting;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Measures policies at several rates.
@Command(
        name = "sweep",
        description = "Measures one or more policies at several rates, and finds the highest that is still served.",
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench sweep -p fifo --rates 10,50,100,200 -n 500 --simulate"})
final class SweepCommand implements Callable<Integer> {
    private static final String RATES = "--rates";
    private static final String DEFAULT_RATES = "10,50,100,200";
    private static final double MOST_RATE = 1e9;

    private final Surroundings surroundings;

    @Option(
            names = {"-p", "--policy", "--policies"},
            paramLabel = "A,B,...|all",
            order = 0,
            description = "The policies. Default: fifo. 'sage-bench policies' lists them all.")
    private @Nullable String policies;

    @Option(
            names = RATES,
            paramLabel = "RATE,...",
            order = 1,
            description = "Requests per second, in this order. Default: " + DEFAULT_RATES + ". So does -r, here.")
    private @Nullable String rates;

    @Mixin
    private LoadOptions options = new LoadOptions();

    SweepCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var draft = new ConfigDraft(surroundings.policyNames());
        List<Double> read = rates(draft);
        if (policies != null) {
            draft.option(Setting.POLICIES, "--policy", policies);
        }
        read.stream().min(Double::compare).ifPresent(lowest -> draft.option(Setting.REQUEST_RATE, RATES, lowest.toString()));
        options.fill(draft, surroundings.environment());
        draft.otherwise(Setting.POLICY, "fifo");
        return new SweepRun(surroundings, options, draft, read).execute();
    }

    private List<Double> rates(ConfigDraft draft) {
        if (rates != null && options.rate().isPresent()) {
            draft.problem("--rate", "has no effect with " + RATES);
        }
        String given = rates != null ? rates : options.rate().orElse(DEFAULT_RATES);
        return draft.numbers(RATES, given, "above 0 requests/s and at most a billion", rate -> rate > 0 && rate <= MOST_RATE);
    }
}
