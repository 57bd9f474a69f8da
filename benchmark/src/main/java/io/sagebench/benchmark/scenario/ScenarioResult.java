package io.sagebench.benchmark.scenario;

import io.sagebench.benchmark.scenario.Scenario.SharedBy;
import io.sagebench.metrics.Fairness;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.policy.Policies;
import io.sagebench.policy.PolicyFactory;
import io.sagebench.random.Seed;
import io.sagebench.report.NotRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;

/// What every policy did in one scenario.
///
/// @param scenario the question
/// @param rows     one for each policy that was run, in the order they are registered
/// @param notRun   the others, with what they need
public record ScenarioResult(Scenario scenario, List<Row> rows, List<NotRun> notRun) {
    public ScenarioResult {
        rows = List.copyOf(rows);
        notRun = List.copyOf(notRun);
    }

    /// Runs every installed policy with every seed.
    ///
    /// @param seeds    at least one
    /// @param progress told of each policy before it runs
    public static ScenarioResult of(Policies policies, Scenario scenario, List<Seed> seeds, Consumer<String> progress) {
        var rows = new ArrayList<Row>();
        var notRun = new ArrayList<NotRun>();
        for (PolicyFactory factory : policies.all()) {
            Optional<String> missing = factory.missing(scenario.offer());
            if (missing.isPresent()) {
                notRun.add(NotRun.needs(factory.name(), missing.get()));
            } else {
                progress.accept(factory.name());
                var runs = seeds.stream()
                        .map(seed -> ScenarioRun.of(policies, factory.name(), scenario, seed))
                        .toList();
                rows.add(new Row(
                        factory.name(),
                        factory.isCeiling(),
                        scenario.sharedBy(),
                        runs.stream().map(ScenarioRun::metrics).toList(),
                        runs.getLast().degraded()));
            }
        }
        return new ScenarioResult(scenario, rows, notRun);
    }

    /// What one policy did.
    ///
    /// @param policy    its name
    /// @param isCeiling whether it is a bound rather than a policy
    /// @param sharedBy  among whom fairness is measured
    /// @param runs      the numbers of each seed
    /// @param degraded  how it fell short of its rule, if it did
    public record Row(
            String policy, boolean isCeiling, SharedBy sharedBy, List<RunMetrics> runs, Optional<String> degraded) {
        public Row {
            runs = List.copyOf(runs);
        }

        /// Share of requests that met their service level.
        public Optional<Spread> attainment() {
            return over(run -> run.slo().attainment());
        }

        /// Requests that met it, per second.
        public Optional<Spread> goodputPerSecond() {
            return over(run -> run.throughput().goodputPerSecond());
        }

        /// 99th percentile of the time to first token, in seconds.
        public Optional<Spread> p99TtftSeconds() {
            return over(run -> orEmpty(run.ttft().map(LatencySummary::p99).map(nanos -> nanos / 1e9)));
        }

        /// Jain's index of the satisfactions.
        public Optional<Spread> jain() {
            return over(run -> orEmpty(fairness(run).map(Fairness::jain)));
        }

        /// The smallest satisfaction.
        public Optional<Spread> worstSatisfaction() {
            return over(run -> orEmpty(fairness(run).map(Fairness::worstSatisfaction)));
        }

        /// What the busy time of the engines cost for each million tokens, in US dollars.
        public Optional<Spread> busyUsdPerMillionTokens() {
            return over(run -> run.cost().busyUsdPer1kTokens().isPresent()
                    ? OptionalDouble.of(run.cost().busyUsdPer1kTokens().getAsDouble() * 1000)
                    : OptionalDouble.empty());
        }

        private Optional<Fairness> fairness(RunMetrics run) {
            return switch (sharedBy) {
                case TENANTS -> run.fairness().byTenant();
                case PRIORITIES -> run.fairness().byPriority();
            };
        }

        private Optional<Spread> over(Function<RunMetrics, OptionalDouble> figure) {
            return Spread.of(runs.stream().map(figure).toList());
        }

        private static OptionalDouble orEmpty(Optional<Double> value) {
            return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        }
    }

    /// What that policy did, if it was run.
    public Optional<Row> row(String policy) {
        return rows.stream().filter(row -> row.policy().equals(policy)).findFirst();
    }
}
