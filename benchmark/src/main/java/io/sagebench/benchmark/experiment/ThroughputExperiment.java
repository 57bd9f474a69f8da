package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RawResults;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.sweep.Knee;
import io.sagebench.report.sweep.PolicySweep;
import io.sagebench.report.sweep.RateResult;
import io.sagebench.request.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalDouble;

/// How much each policy serves when more and more arrives.
///
/// @param name  stem of its result file
/// @param base  the benchmark at any rate
/// @param rates requests per second, each once
public record ThroughputExperiment(String name, BenchmarkConfig base, List<Double> rates) implements Experiment {
    public static final List<Double> DEFAULT_RATES = List.of(50.0, 100.0, 200.0, 500.0, 1000.0);

    public ThroughputExperiment {
        rates = List.copyOf(rates);
        Check.atLeast(1, rates.size(), "the number of rates");
    }

    /// At the documented rates.
    public ThroughputExperiment(BenchmarkConfig base) {
        this("throughput", base, DEFAULT_RATES);
    }

    @Override
    public String load() {
        return Loads.requestsOf(base.workload()) + " requests at each rate";
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        Fields parameters = Asked.parameters(base).put("request_rates", rates);
        return new LevelledRun(name, "throughput", base, Point.atRates(base, rates), parameters).run(surroundings, this::judge);
    }

    Findings judge(List<PointResult> points) {
        var figures = Ranking.figures(points, policy -> most(points, policy));
        var best = Ranking.highest(figures);
        var policies = new Fields();
        Ranking.policiesIn(points).forEach(policy -> policies.put(policy, summary(points, policy)));
        var summary = new Fields().put("policies", policies);
        Ranking.put(summary, "best_policy", best);
        summary.put("max_throughput", Ranking.valueOf(best)).put("knee_rule", Knee.RULE);
        var findings = new ArrayList<>(Ranking.line("Best Throughput", figures, best, Tables::rate));
        findings.addAll(knees(points));
        return new Findings(
                points.stream().map(this::level).toList(),
                summary,
                new Shown(
                        List.of(
                                Tables.byLevel("Throughput", points, Unit.RATE, Did::throughput),
                                Tables.byLevel("P99 E2E", points, Unit.NANOS, policy -> Did.latencyNanos(policy, LatencySummary::p99)),
                                Tables.byLevel("SLO Rate", points, Unit.SHARE, Did::attainment)),
                        findings));
    }

    /// One line for all policies with the same knee.
    private static List<String> knees(List<PointResult> points) {
        var policiesByKnee = new LinkedHashMap<String, List<String>>();
        Ranking.policiesIn(points).forEach(policy -> policiesByKnee
                .computeIfAbsent(
                        sweep(points, policy).knee()
                                .map(knee -> Numbers.plain(knee.ratePerSecond()) + " req/s"
                                        + (knee.isHighest() ? " or more, being the highest rate measured" : ""))
                                .orElse("none of these rates"),
                        _ -> new ArrayList<>())
                .add(policy));
        return policiesByKnee.entrySet().stream()
                .map(knee -> "Knee: " + knee.getKey() + " served by " + String.join(", ", knee.getValue()))
                .toList();
    }

    private Fields level(PointResult point) {
        var policies = new Fields();
        for (PolicyReport policy : point.policies()) {
            policies.put(
                    policy.policy(),
                    new Fields()
                            .put("throughput", Did.throughput(policy))
                            .put("avg_latency_ms", Did.latencyMillis(policy, LatencySummary::mean))
                            .put("p99_latency_ms", Did.latencyMillis(policy, LatencySummary::p99))
                            .put("success_rate", Did.success(policy))
                            .put("error_count", Did.errors(policy))
                            .put("slo_compliance", Did.attainment(policy)));
        }
        return new Fields()
                .put("request_rate", point.point().value())
                .put("num_requests", Loads.requestsOf(base.workload()))
                .put("policies", policies);
    }

    private static Fields summary(List<PointResult> points, String policy) {
        OptionalDouble most = most(points, policy);
        OptionalDouble at = points.stream()
                .filter(point -> most.isPresent() && throughput(point, policy).equals(most))
                .mapToDouble(point -> point.point().value())
                .min();
        var byRate = new Fields();
        points.forEach(point -> byRate.put(Numbers.plain(point.point().value()), throughput(point, policy)));
        return new Fields()
                .put("max_throughput", most)
                .put("optimal_rate", at)
                .put("throughputs_by_rate", byRate)
                .put("knee_rate", sweep(points, policy).knee().map(knee -> OptionalDouble.of(knee.ratePerSecond())).orElse(OptionalDouble.empty()));
    }

    private static PolicySweep sweep(List<PointResult> points, String policy) {
        return new PolicySweep(
                policy,
                points.stream()
                        .flatMap(point -> point.of(policy).stream()
                                .map(report -> new RateResult(point.point().value(), report, false, new RawResults.Inline(List.of()))))
                        .toList());
    }

    private static OptionalDouble most(List<PointResult> points, String policy) {
        return points.stream().flatMapToDouble(point -> throughput(point, policy).stream()).max();
    }

    private static OptionalDouble throughput(PointResult point, String policy) {
        return point.of(policy).map(Did::throughput).orElse(OptionalDouble.empty());
    }
}
