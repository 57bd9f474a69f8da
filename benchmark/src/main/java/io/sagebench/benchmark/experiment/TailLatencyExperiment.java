package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.request.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// How the tail of the latency grows with the load: p50 to p99.9 at growing parts of one rate.
///
/// @param name        stem of its result file
/// @param base        the benchmark at the rate that is load factor 1
/// @param loadFactors by which that is multiplied, each once
public record TailLatencyExperiment(String name, BenchmarkConfig base, List<Double> loadFactors) implements Experiment {
    public static final List<Double> DEFAULT_LOAD_FACTORS = List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5);
    /// Enough for a 99.9th percentile, with some to spare for requests that do not complete.
    public static final int DEFAULT_REQUESTS = 5000;

    public TailLatencyExperiment {
        loadFactors = List.copyOf(loadFactors);
        Check.atLeast(1, loadFactors.size(), "the number of load factors");
    }

    /// At the default load factors.
    public TailLatencyExperiment(BenchmarkConfig base) {
        this("tail_latency", base, DEFAULT_LOAD_FACTORS);
    }

    @Override
    public String load() {
        return Experiment.super.load() + " at load factor 1";
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        double rate = Loads.rateOf(base.workload());
        Fields parameters = Asked.parameters(base).put("request_rate", rate).put("load_factors", loadFactors);
        List<Point> points = Point.of(loadFactors, "x", factor -> base.with(Loads.atRate(base.workload(), factor * rate)));
        return new LevelledRun(name, "tail_latency", base, points, parameters).run(surroundings, this::judge);
    }

    Findings judge(List<PointResult> points) {
        PointResult last = points.getLast();
        var p99 = Ranking.figures(
                List.of(last),
                policy -> last.of(policy).map(report -> Did.percentileMillis(report, 99, LatencySummary::p99)).orElse(OptionalDouble.empty()));
        var best = Ranking.lowest(p99);
        var policies = new Fields();
        Ranking.policiesIn(points).forEach(policy -> policies.put(policy, summary(points, policy)));
        var summary = new Fields().put("policies", policies);
        Ranking.put(summary, "best_policy_p99", best);
        summary.put("lowest_p99", Ranking.valueOf(best)).put("at_load_factor", last.point().value());
        var findings = new ArrayList<>(Ranking.line("Best P99 at " + last.point().level(), p99, best, Tables::millis));
        if (points.stream().flatMap(point -> point.policies().stream()).anyMatch(policy -> nanos(policy, 99.9, LatencySummary::p999).isEmpty())) {
            findings.add("Where P99.9 is not known, fewer than " + Percentiles.fewest(99.9) + " requests completed");
        }
        return new Findings(
                points.stream().map(this::level).toList(),
                summary,
                new Shown(
                        List.of(
                                Tables.byLevel("P50 E2E", points, Unit.NANOS, policy -> nanos(policy, 50, LatencySummary::p50)),
                                Tables.byLevel("P99 E2E", points, Unit.NANOS, policy -> nanos(policy, 99, LatencySummary::p99)),
                                Tables.byLevel("P99.9 E2E", points, Unit.NANOS, policy -> nanos(policy, 99.9, LatencySummary::p999)),
                                Tables.byLevel("SLO Rate", points, Unit.SHARE, Did::attainment)),
                        findings));
    }

    private Fields level(PointResult point) {
        var policies = new Fields();
        for (PolicyReport policy : point.policies()) {
            policies.put(
                    policy.policy(),
                    new Fields()
                            .put("percentiles", PercentileFields.of(policy))
                            .put("max_ms", Did.latencyMillis(policy, LatencySummary::max))
                            .put("samples", policy.metrics().counts().completed())
                            .put("throughput", Did.throughput(policy))
                            .put("success_rate", Did.success(policy))
                            .put("slo_compliance", Did.attainment(policy)));
        }
        return new Fields()
                .put("load_factor", point.point().value())
                .put("request_rate", point.point().value() * Loads.rateOf(base.workload()))
                .put("policies", policies);
    }

    private static Fields summary(List<PointResult> points, String policy) {
        var p99 = new Fields();
        var p999 = new Fields();
        var ratio = new Fields();
        for (PointResult point : points) {
            String factor = Numbers.plain(point.point().value());
            OptionalDouble half = of(point, policy, 50, LatencySummary::p50);
            OptionalDouble most = of(point, policy, 99, LatencySummary::p99);
            p99.put(factor, most);
            p999.put(factor, of(point, policy, 99.9, LatencySummary::p999));
            ratio.put(factor, half.isPresent() && most.isPresent() ? most.getAsDouble() / half.getAsDouble() : Double.NaN);
        }
        return new Fields().put("p99_by_load_factor", p99).put("p99_9_by_load_factor", p999).put("p99_to_p50_by_load_factor", ratio);
    }

    private static OptionalDouble of(PointResult point, String policy, double percent, ToDoubleFunction<LatencySummary> figure) {
        return point.of(policy).map(report -> Did.percentileMillis(report, percent, figure)).orElse(OptionalDouble.empty());
    }

    private static OptionalDouble nanos(PolicyReport policy, double percent, ToDoubleFunction<LatencySummary> figure) {
        OptionalDouble millis = Did.percentileMillis(policy, percent, figure);
        return millis.isPresent() ? OptionalDouble.of(millis.getAsDouble() * 1e6) : millis;
    }
}
