package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.experiment.RateSearch;
import io.sagebench.benchmark.experiment.RateSearch.Answer;
import io.sagebench.benchmark.experiment.RateSearch.Found;
import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// The highest arrival rate at which a policy still reaches an attainment, see [RateSearch].
public final class CapacitySearch {
    private static final double LOWEST = 1.0 / 64;

    private final Policies policies;
    private final DoubleFunction<Scenario> scenarioAt;
    private final List<Seed> seeds;
    private final double attainment;
    private final double precision;

    /// @param scenarioAt makes the scenario with a rate
    /// @param seeds      their mean attainment counts
    /// @param attainment to be reached, from 0 to 1
    /// @param precision  how near the answer must be, as a ratio above 1: 1.05 for 5 %
    public CapacitySearch(
            Policies policies, DoubleFunction<Scenario> scenarioAt, List<Seed> seeds, double attainment, double precision) {
        this.policies = policies;
        this.scenarioAt = scenarioAt;
        this.seeds = List.copyOf(seeds);
        this.attainment = attainment;
        this.precision = precision;
    }

    /// The highest rate found; absent when not even the lowest one tried, 1/64 of `firstRate`, reaches the attainment.
    ///
    /// @param firstRate where to begin, above 0
    public OptionalDouble highestRate(String policy, double firstRate) {
        var search = new RateSearch(precision, LOWEST, Double.MAX_VALUE);
        return switch (search.from(firstRate, rate -> reaches(policy, rate) ? Answer.HOLDS : Answer.FAILS)) {
            case Found.Between(double holds, double _) -> OptionalDouble.of(holds);
            case Found.Nowhere _, Found.Stopped _ -> OptionalDouble.empty();
        };
    }

    private boolean reaches(String policy, double rate) {
        Scenario scenario = scenarioAt.apply(rate);
        double sum = 0;
        for (Seed seed : seeds) {
            sum += ScenarioRun.of(policies, policy, scenario, seed).metrics().slo().attainment().orElse(0);
        }
        return sum / seeds.size() >= attainment;
    }
}
