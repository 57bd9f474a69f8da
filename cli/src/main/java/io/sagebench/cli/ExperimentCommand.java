package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.config.ConfigDraft;
import io.sagebench.benchmark.config.Problem;
import io.sagebench.benchmark.config.Setting;
import io.sagebench.benchmark.experiment.CapacityExperiment;
import io.sagebench.benchmark.experiment.CapacityQuestion;
import io.sagebench.benchmark.experiment.CostExperiment;
import io.sagebench.benchmark.experiment.EnginePriceList;
import io.sagebench.benchmark.experiment.Experiment;
import io.sagebench.benchmark.experiment.FairnessExperiment;
import io.sagebench.benchmark.experiment.LatencyExperiment;
import io.sagebench.benchmark.experiment.MixedRatioExperiment;
import io.sagebench.benchmark.experiment.SloComplianceExperiment;
import io.sagebench.benchmark.experiment.TailLatencyExperiment;
import io.sagebench.benchmark.experiment.ThroughputExperiment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs one of the predefined experiments.
@Command(
        name = "experiment",
        description = {
            "Runs a predefined experiment: several benchmarks that answer one question.",
            "The load is hybrid unless said otherwise: half prompts, half texts to embed; 500 requests for each measurement (fairness 2000,"
                    + " tail_latency 5000), 100 a second where the rate is not varied."
        },
        sortOptions = false,
        abbreviateSynopsis = true,
        footer = {"", "Example: sage-bench experiment --name slo --policies all --simulate"})
final class ExperimentCommand implements Callable<Integer> {
    private static final double MOST_USD = 1e6;

    private final Surroundings surroundings;

    @Option(
            names = {"-e", "--name"},
            paramLabel = "NAME",
            required = true,
            order = 0,
            description = {
                "throughput: how much is served as more arrives",
                "latency: how latencies are distributed under one load",
                "slo: what share of the promises is kept as more arrives",
                "mixed_ratio: what the mix of prompts and texts does",
                "fairness: how evenly tenants of unequal demand are served",
                "cost: what tokens cost against promises kept",
                "tail_latency: how p50 to p99.9 grow with the load",
                "capacity: the highest rate at which enough promises are kept"
            })
    private String name = "";

    @Option(
            names = {"-p", "--policies"},
            paramLabel = "A,B,...|all",
            order = 1,
            description = "The policies. Default: fifo,priority,slo_aware.")
    private @Nullable String policies;

    @ArgGroup(validate = false, order = 5, heading = "%nWhat is varied:%n")
    private LevelOptions levels = new LevelOptions();

    @ArgGroup(validate = false, order = 6, heading = "%nThe search of capacity:%n")
    private SearchOptions search = new SearchOptions();

    @Mixin
    private LoadOptions options = new LoadOptions();

    static final class LevelOptions {
        @Option(
                names = "--rates",
                paramLabel = "RATE,...",
                description = "Of throughput: requests per second. Default: 50,100,200,500,1000. Of cost, on a server: 25,50,100,200.")
        private @Nullable String rates;

        @Option(
                names = "--loads",
                paramLabel = "LOAD,...",
                description = "Of slo and fairness: requests per second. Default: 50,100,200,500 and 100,200,400."
                        + " Of tail_latency: parts of --rate. Default: 0.25,0.5,0.75,1,1.25,1.5.")
        private @Nullable String loads;

        @Option(
                names = "--ratios",
                paramLabel = "SHARE,...",
                description = "Of mixed_ratio: shares of prompts. Default: 0,0.25,0.5,0.75,1.")
        private @Nullable String ratios;

        @Option(
                names = "--fleets",
                paramLabel = "N,...",
                description = "Of cost, with --simulate: how many engines there are. Default: 1,2,3,4,6,8.")
        private @Nullable String fleets;

        @Option(
                names = "--prices",
                paramLabel = "PROFILE=USD,...",
                description = "Of cost: what an engine costs in an hour, or 'fleet=USD' for all engines of a server."
                        + " Default: 4.00 for an H100, 2.00 for an A100, 1.20 for an L40S, which is assumed.")
        private @Nullable String prices;
    }

    ExperimentCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Optional<ExperimentKind> known = ExperimentKind.named(name);
        if (known.isEmpty()) {
            surroundings.terminal().say("--name: " + ExperimentKind.unknown(name));
            return ExitCode.WRONG_USAGE;
        }
        ExperimentKind kind = known.get();
        var draft = new ConfigDraft(surroundings.policyNames());
        if (policies != null) {
            draft.option(Setting.POLICIES, "--policies", policies);
        }
        options.fill(draft, surroundings.environment());
        draft.otherwise(Setting.MODE, "hybrid");
        draft.otherwise(Setting.NUM_REQUESTS, kind.usualRequests());
        draft.otherwise(Setting.REQUEST_RATE, "100");
        draft.otherwise(Setting.LLM_RATIO, "0.5");
        List<Double> given = levels(kind, draft);
        CapacityQuestion question = search.question(draft, CapacityQuestion.DEFAULT.firstRate());
        Map<String, Double> prices = prices(draft);
        refuseWhatDoesNothing(kind, draft);
        return new ExperimentRun(surroundings, options, draft)
                .execute(kind, base -> problems(kind, base), base -> experiment(kind, base, given, question, new EnginePriceList(prices)));
    }

    private static Experiment experiment(
            ExperimentKind kind, BenchmarkConfig base, List<Double> given, CapacityQuestion question, EnginePriceList prices) {
        List<Double> levels = given.isEmpty() ? kind.usualLevels(base) : given;
        return switch (kind) {
            case THROUGHPUT -> new ThroughputExperiment(kind.key(), base, levels);
            case LATENCY -> new LatencyExperiment(kind.key(), base);
            case SLO -> new SloComplianceExperiment(kind.key(), base, levels);
            case MIXED_RATIO -> new MixedRatioExperiment(kind.key(), base, levels);
            case FAIRNESS -> new FairnessExperiment(kind.key(), base, levels, FairnessExperiment.DEFAULT_TENANTS);
            case COST -> new CostExperiment(kind.key(), base, levels, prices, CostExperiment.DEFAULT_SLO_TARGET);
            case TAIL_LATENCY -> new TailLatencyExperiment(kind.key(), base, levels);
            case CAPACITY -> new CapacityExperiment(kind.key(), base, question.from(ExperimentRun.rateOf(base)));
        };
    }

    private Map<String, String> givenLevels() {
        var given = new LinkedHashMap<String, String>();
        put(given, "--rates", levels.rates);
        put(given, "--loads", levels.loads);
        put(given, "--ratios", levels.ratios);
        put(given, "--fleets", levels.fleets);
        return given;
    }

    private static void put(Map<String, String> given, String option, @Nullable String value) {
        if (value != null) {
            given.put(option, value);
        }
    }

    private List<Double> levels(ExperimentKind kind, ConfigDraft draft) {
        var given = new HashMap<>(givenLevels());
        String fleetless = kind == ExperimentKind.COST ? given.remove("--rates") : null;
        String own = given.remove(kind.levelsOption());
        given.keySet().forEach(other -> draft.problem(other, noEffect(kind)));
        if (fleetless != null && own != null) {
            draft.problem("--rates", noEffect(kind) + " here");
        } else if (fleetless != null) {
            return draft.numbers("--rates", fleetless, "above 0 requests/s and at most a billion", ExperimentKind::isRate);
        }
        return own == null ? List.of() : draft.numbers(kind.levelsOption(), own, kind.expected(), kind.allowed());
    }

    /// What the target has to do with it.
    private List<Problem> problems(ExperimentKind kind, BenchmarkConfig base) {
        if (kind == ExperimentKind.COST && levels.fleets != null && !CostExperiment.variesFleet(base)) {
            return List.of(new Problem("--fleets", "needs --simulate; of a server whose engines are what they are, vary --rates"));
        }
        if (kind == ExperimentKind.COST && levels.rates != null && CostExperiment.variesFleet(base)) {
            return List.of(new Problem("--rates", "is for a server whose engines are what they are; with --simulate, --fleets are varied"));
        }
        return List.of();
    }

    private static String noEffect(ExperimentKind kind) {
        return "has no effect with the experiment '" + kind.key() + "'"
                + (kind.levelsOption().isEmpty() ? "" : ", which varies " + kind.levelsOption());
    }

    /// What an option says that the experiment decides itself.
    private void refuseWhatDoesNothing(ExperimentKind kind, ConfigDraft draft) {
        if (kind.variesRate() && options.rate().isPresent()) {
            draft.problem("--rate", noEffect(kind));
        }
        if (kind == ExperimentKind.MIXED_RATIO && draft.isOption(Setting.LLM_RATIO)) {
            draft.problem("--llm-ratio", noEffect(kind));
        }
        if (kind != ExperimentKind.CAPACITY) {
            search.anyGiven().ifPresent(option -> draft.problem(option, noEffect(kind)));
        }
        if (kind != ExperimentKind.COST && levels.prices != null) {
            draft.problem("--prices", noEffect(kind));
        }
    }

    private Map<String, Double> prices(ConfigDraft draft) {
        var prices = new HashMap<String, Double>();
        if (levels.prices == null) {
            return prices;
        }
        for (String entry : levels.prices.split(",", -1)) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                draft.problem("--prices", "must be of the form PROFILE=USD,PROFILE=USD, but has '" + entry + "'");
            } else {
                draft.number("--prices", entry.substring(equals + 1), "from 0 to a million US dollars", usd -> usd >= 0 && usd <= MOST_USD)
                        .ifPresent(usd -> prices.put(entry.substring(0, equals).strip(), usd));
            }
        }
        return prices;
    }
}
