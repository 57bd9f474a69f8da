package io.sagebench.benchmark.scenario;

import io.sagebench.policy.Policies;
import io.sagebench.random.Seed;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/// The highest arrival rate at which a policy still reaches an attainment: doubles the rate until it does not, then bisects.
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
        double reached = firstRate;
        while (!reaches(policy, reached)) {
            reached /= 2;
            if (reached < firstRate * LOWEST) {
                return OptionalDouble.empty();
            }
        }
        double missed = reached * 2;
        while (reaches(policy, missed)) {
            reached = missed;
            missed *= 2;
        }
        while (missed / reached > precision) {
            double middle = Math.sqrt(missed * reached);
            if (reaches(policy, middle)) {
                reached = middle;
            } else {
                missed = middle;
            }
        }
        return OptionalDouble.of(reached);
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
