package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.request.Check;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// What the mix of prompts and texts to embed does to each policy, at one rate.
///
/// @param name      stem of its result file
/// @param base      the benchmark of any mix of both
/// @param llmRatios shares of prompts from 0 to 1, each once
public record MixedRatioExperiment(String name, BenchmarkConfig base, List<Double> llmRatios) implements Experiment {
    public static final List<Double> DEFAULT_LLM_RATIOS = List.of(0.0, 0.25, 0.5, 0.75, 1.0);

    public MixedRatioExperiment {
        llmRatios = List.copyOf(llmRatios);
        Check.atLeast(1, llmRatios.size(), "the number of ratios");
    }

    /// With the documented mixes.
    public MixedRatioExperiment(BenchmarkConfig base) {
        this("mixed_ratio", base, DEFAULT_LLM_RATIOS);
    }

    @Override
    public boolean variesMix() {
        return true;
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        Fields parameters = Asked.parameters(base)
                .put("llm_ratios", llmRatios)
                .put("request_rate", Loads.rateOf(base.workload()))
                .put("slo_config", Asked.sloConfig(base.workload()));
        List<Point> points = llmRatios.stream()
                .map(ratio -> new Point(
                        "LLM " + Numbers.plain(100 * ratio) + "%", ratio, base.with(Loads.withLlmRatio(base.workload(), ratio))))
                .toList();
        return new LevelledRun(name, "mixed_ratio", base, points, parameters).run(surroundings, this::judge);
    }

    Findings judge(List<PointResult> points) {
        var most = Ranking.figures(points, policy -> throughputs(points, policy).max());
        var best = Ranking.highest(most);
        var policies = new Fields();
        var optimal = new Fields();
        for (String policy : Ranking.policiesIn(points)) {
            policies.put(policy, summary(points, policy));
            optimal.put(policy, optimalRatio(points, policy));
        }
        var summary = new Fields()
                .put("llm_ratios", llmRatios)
                .put("request_rate", Loads.rateOf(base.workload()))
                .put("policies", policies)
                .put("optimal_ratio_by_policy", optimal);
        best.ifPresentOrElse(
                known -> summary.put(
                        "best_overall_config",
                        new Fields()
                                .put("policy", known.policies().getFirst())
                                .put("llm_ratio", optimalRatio(points, known.policies().getFirst()))
                                .put("throughput", known.value())),
                () -> summary.unknown("best_overall_config"));
        best.filter(known -> known.policies().size() > 1).ifPresent(known -> summary.put("best_overall_config_tied", known.policies()));
        summary.put("best_throughput", Ranking.valueOf(best));
        var findings = new ArrayList<>(Ranking.line("Best Throughput of any mix", most, best, Tables::rate));
        var mean = new LinkedHashMap<>(Ranking.figures(points, policy -> compliances(points, policy).average()));
        findings.addAll(Ranking.line("Best SLO Compliance, mean over the mixes", mean, Ranking.highest(mean), Tables::share));
        return new Findings(
                points.stream().map(MixedRatioExperiment::level).toList(),
                summary,
                new Shown(
                        List.of(
                                Tables.byLevel("Throughput", points, Unit.RATE, Did::throughput),
                                Tables.byLevel("SLO Rate", points, Unit.SHARE, Did::attainment),
                                Tables.byLevel("P99 E2E", points, Unit.NANOS, policy -> Did.latencyNanos(policy, LatencySummary::p99))),
                        findings));
    }

    private static Fields level(PointResult point) {
        var policies = new Fields();
        for (PolicyReport policy : point.policies()) {
            policies.put(
                    policy.policy(),
                    new Fields()
                            .put("throughput", Did.throughput(policy))
                            .put("avg_latency_ms", Did.latencyMillis(policy, LatencySummary::mean))
                            .put("p50_latency_ms", Did.latencyMillis(policy, LatencySummary::p50))
                            .put("p99_latency_ms", Did.latencyMillis(policy, LatencySummary::p99))
                            .put("success_rate", Did.success(policy))
                            .put("slo_compliance", Did.attainment(policy))
                            .put("llm_stats", stats(policy.metrics().parts().llm()))
                            .put("embedding_stats", stats(policy.metrics().parts().embedding())));
        }
        return new Fields().put("llm_ratio", point.point().value()).put("policies", policies);
    }

    /// Of completed requests.
    private static Fields stats(Group part) {
        Optional<LatencySummary> latency = part.endToEnd();
        return new Fields()
                .put("count", part.completed())
                .put("avg_latency_ms", Did.millis(latency, LatencySummary::mean))
                .put("p50_latency_ms", Did.millis(latency, LatencySummary::p50))
                .put("p99_latency_ms", Did.millis(latency, LatencySummary::p99));
    }

    private static Fields summary(List<PointResult> points, String policy) {
        return new Fields()
                .put("throughputs_by_ratio", byRatio(points, policy, Did::throughput))
                .put("compliances_by_ratio", byRatio(points, policy, Did::attainment))
                .put("max_throughput", throughputs(points, policy).max())
                .put("optimal_ratio", optimalRatio(points, policy))
                .put("avg_compliance", compliances(points, policy).average());
    }

    private static Fields byRatio(List<PointResult> points, String policy, Function<PolicyReport, OptionalDouble> figure) {
        var fields = new Fields();
        points.forEach(point ->
                fields.put(Numbers.share(point.point().value()), point.of(policy).map(figure).orElse(OptionalDouble.empty())));
        return fields;
    }

    /// The lowest of the ratios at which the throughput was highest.
    private static OptionalDouble optimalRatio(List<PointResult> points, String policy) {
        OptionalDouble most = throughputs(points, policy).max();
        return points.stream()
                .filter(point -> most.isPresent() && point.of(policy).map(Did::throughput).filter(most::equals).isPresent())
                .mapToDouble(point -> point.point().value())
                .min();
    }

    private static DoubleStream throughputs(List<PointResult> points, String policy) {
        return points.stream().flatMapToDouble(point -> point.of(policy).map(Did::throughput).orElse(OptionalDouble.empty()).stream());
    }

    private static DoubleStream compliances(List<PointResult> points, String policy) {
        return points.stream().flatMapToDouble(point -> point.of(policy).map(Did::attainment).orElse(OptionalDouble.empty()).stream());
    }
}
