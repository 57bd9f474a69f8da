package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.experiment.FigureTable;
import io.sagebench.request.Check;
import io.sagebench.request.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/// What share of the promises each policy keeps under more and more load. Every request counts: one that did not complete is a promise broken.
///
/// @param name  stem of its result file
/// @param base  the benchmark at any rate
/// @param loads requests per second, each once
public record SloComplianceExperiment(String name, BenchmarkConfig base, List<Double> loads) implements Experiment {
    public static final List<Double> DEFAULT_LOADS = List.of(50.0, 100.0, 200.0, 500.0);

    public SloComplianceExperiment {
        loads = List.copyOf(loads);
        Check.atLeast(1, loads.size(), "the number of loads");
    }

    /// At the documented loads.
    public SloComplianceExperiment(BenchmarkConfig base) {
        this("slo", base, DEFAULT_LOADS);
    }

    @Override
    public String load() {
        return Loads.requestsOf(base.workload()) + " requests at each rate";
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        Fields parameters =
                Asked.parameters(base).put("load_levels", loads).put("slo_config", Asked.sloConfig(base.workload()));
        return new LevelledRun(name, "slo_compliance", base, Point.atRates(base, loads), parameters).run(surroundings, this::judge);
    }

    Findings judge(List<PointResult> points) {
        var mean = Ranking.figures(points, policy -> compliances(points, policy).average());
        var best = Ranking.highest(mean);
        var policies = new Fields();
        Ranking.policiesIn(points).forEach(policy -> policies.put(policy, summary(points, policy)));
        var summary = new Fields()
                .put("load_levels", loads)
                .put("slo_targets", Asked.sloConfig(base.workload()))
                .put("policies", policies);
        Ranking.put(summary, "best_policy_overall", best);
        summary.put("highest_compliance", Ranking.valueOf(best));
        return new Findings(
                points.stream().map(SloComplianceExperiment::level).toList(),
                summary,
                new Shown(
                        tables(points),
                        Ranking.line("Best SLO Compliance, mean over the loads", mean, best, Tables::share)));
    }

    private List<FigureTable> tables(List<PointResult> points) {
        var tables = new ArrayList<FigureTable>();
        tables.add(Tables.byLevel("SLO Rate", points, Unit.SHARE, Did::attainment));
        if (base.workload().isHybrid()) {
            tables.add(Tables.byLevel("SLO Rate of LLM requests", points, Unit.SHARE, policy -> llm(policy).slo().attainment()));
            tables.add(Tables.byLevel("SLO Rate of embedding requests", points, Unit.SHARE, policy -> texts(policy).slo().attainment()));
        }
        tables.add(Tables.byLevel("P99 E2E", points, Unit.NANOS, policy -> Did.latencyNanos(policy, LatencySummary::p99)));
        return tables;
    }

    private static Fields level(PointResult point) {
        var policies = new Fields();
        for (PolicyReport policy : point.policies()) {
            RunMetrics.Slo slo = policy.metrics().slo();
            policies.put(
                    policy.policy(),
                    new Fields()
                            .put("overall_compliance", slo.attainment())
                            .put("llm_compliance", llm(policy).slo().attainment())
                            .put("embedding_compliance", texts(policy).slo().attainment())
                            .put("high_priority_compliance", of(policy, Priority.HIGH))
                            .put("normal_priority_compliance", of(policy, Priority.NORMAL))
                            .put("low_priority_compliance", of(policy, Priority.LOW))
                            .put("violation_count", slo.total() - slo.met())
                            .put("total_requests", slo.total())
                            .put("avg_latency_ms", Did.latencyMillis(policy, LatencySummary::mean))
                            .put("p99_latency_ms", Did.latencyMillis(policy, LatencySummary::p99)));
        }
        return new Fields().put("load_level", point.point().value()).put("policies", policies);
    }

    private static Fields summary(List<PointResult> points, String policy) {
        var byLoad = new Fields();
        var violations = new Fields();
        for (PointResult point : points) {
            String load = Numbers.plain(point.point().value());
            byLoad.put(load, point.of(policy).map(Did::attainment).orElse(OptionalDouble.empty()));
            point.of(policy).ifPresentOrElse(
                    report -> violations.put(load, report.metrics().slo().total() - report.metrics().slo().met()),
                    () -> violations.unknown(load));
        }
        return new Fields()
                .put("avg_compliance", compliances(points, policy).average())
                .put("compliance_by_load", byLoad)
                .put("violations_by_load", violations)
                .put("min_compliance", compliances(points, policy).min())
                .put("max_compliance", compliances(points, policy).max());
    }

    private static DoubleStream compliances(List<PointResult> points, String policy) {
        return points.stream().flatMapToDouble(point -> point.of(policy).map(Did::attainment).orElse(OptionalDouble.empty()).stream());
    }

    private static Group llm(PolicyReport policy) {
        return policy.metrics().parts().llm();
    }

    private static Group texts(PolicyReport policy) {
        return policy.metrics().parts().embedding();
    }

    private static OptionalDouble of(PolicyReport policy, Priority priority) {
        Group group = policy.metrics().byPriority().get(priority);
        return group == null ? OptionalDouble.empty() : group.slo().attainment();
    }
}
