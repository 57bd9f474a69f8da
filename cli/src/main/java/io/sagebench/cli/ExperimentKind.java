package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.config.DidYouMean;
import io.sagebench.benchmark.experiment.CostExperiment;
import io.sagebench.benchmark.experiment.FairnessExperiment;
import io.sagebench.benchmark.experiment.MixedRatioExperiment;
import io.sagebench.benchmark.experiment.SloComplianceExperiment;
import io.sagebench.benchmark.experiment.TailLatencyExperiment;
import io.sagebench.benchmark.experiment.ThroughputExperiment;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoublePredicate;

/// The experiments there are, and what each varies.
enum ExperimentKind {
    THROUGHPUT("--rates", true),
    LATENCY("", false),
    SLO("--loads", true),
    MIXED_RATIO("--ratios", false),
    FAIRNESS("--loads", true),
    COST("--fleets", false),
    TAIL_LATENCY("--loads", false),
    CAPACITY("", false);

    private static final double MOST_RATE = 1e9;
    private static final int MOST_FACTOR = 1000;

    private final String levels;
    private final boolean variesRate;

    ExperimentKind(String levels, boolean variesRate) {
        this.levels = levels;
        this.variesRate = variesRate;
    }

    /// Its name on the command line, and of its file.
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ExperimentKind> named(String name) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(name)).findFirst();
    }

    static String unknown(String name) {
        List<String> names = Arrays.stream(values()).map(ExperimentKind::key).toList();
        return "unknown experiment '" + name + "'; there are " + String.join(", ", names) + DidYouMean.hint(names, name);
    }

    /// The option that says its levels; empty for none.
    String levelsOption() {
        return levels;
    }

    /// Whether its levels are rates, so that `--rate` says nothing.
    boolean variesRate() {
        return variesRate;
    }

    /// Whether every load it measures has a rate that it sets.
    boolean needsRate() {
        return this != LATENCY && this != MIXED_RATIO;
    }

    /// How many requests a measurement has unless said otherwise.
    String usualRequests() {
        return switch (this) {
            case TAIL_LATENCY -> Integer.toString(TailLatencyExperiment.DEFAULT_REQUESTS);
            case FAIRNESS -> Integer.toString(FairnessExperiment.DEFAULT_REQUESTS);
            case THROUGHPUT, LATENCY, SLO, MIXED_RATIO, COST, CAPACITY -> "500";
        };
    }

    /// What a level must be, in words.
    String expected() {
        return switch (this) {
            case MIXED_RATIO -> "a share from 0 to 1";
            case TAIL_LATENCY -> "above 0 and at most " + MOST_FACTOR;
            case COST -> "a whole number from 1 to " + MOST_FACTOR;
            case THROUGHPUT, SLO, FAIRNESS, LATENCY, CAPACITY -> "above 0 requests/s and at most a billion";
        };
    }

    /// Whether a level is that.
    DoublePredicate allowed() {
        return switch (this) {
            case MIXED_RATIO -> level -> level >= 0 && level <= 1;
            case TAIL_LATENCY -> level -> level > 0 && level <= MOST_FACTOR;
            case COST -> level -> level >= 1 && level <= MOST_FACTOR && level == Math.rint(level);
            case THROUGHPUT, SLO, FAIRNESS, LATENCY, CAPACITY -> ExperimentKind::isRate;
        };
    }

    static boolean isRate(double level) {
        return level > 0 && level <= MOST_RATE;
    }

    /// Its levels unless said otherwise.
    List<Double> usualLevels(BenchmarkConfig base) {
        return switch (this) {
            case THROUGHPUT -> ThroughputExperiment.DEFAULT_RATES;
            case SLO -> SloComplianceExperiment.DEFAULT_LOADS;
            case MIXED_RATIO -> MixedRatioExperiment.DEFAULT_LLM_RATIOS;
            case FAIRNESS -> FairnessExperiment.DEFAULT_LOADS;
            case COST -> CostExperiment.variesFleet(base) ? CostExperiment.DEFAULT_FLEETS : CostExperiment.DEFAULT_RATES;
            case TAIL_LATENCY -> TailLatencyExperiment.DEFAULT_LOAD_FACTORS;
            case LATENCY, CAPACITY -> List.of();
        };
    }
}
