package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.metrics.Fairness;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.request.Check;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// How evenly each policy serves tenants of unequal demand under more and more load, see [Fairness].
///
/// @param name    stem of its result file
/// @param base    the benchmark at any rate
/// @param loads   requests per second, all tenants together, each once
/// @param tenants their shares of the requests, by name; at least two
public record FairnessExperiment(String name, BenchmarkConfig base, List<Double> loads, Map<String, Double> tenants) implements Experiment {
    public static final List<Double> DEFAULT_LOADS = List.of(100.0, 200.0, 400.0);
    /// Enough for a queue to grow.
    public static final int DEFAULT_REQUESTS = 2000;
    /// One asks for six times as much as another.
    public static final Map<String, Double> DEFAULT_TENANTS = unequal();

    public FairnessExperiment {
        loads = List.copyOf(loads);
        tenants = Collections.unmodifiableMap(new LinkedHashMap<>(tenants));
        Check.atLeast(1, loads.size(), "the number of loads");
        Check.atLeast(2, tenants.size(), "the number of tenants");
    }

    /// With the default loads and tenants.
    public FairnessExperiment(BenchmarkConfig base) {
        this("fairness", base, DEFAULT_LOADS, DEFAULT_TENANTS);
    }

    private static Map<String, Double> unequal() {
        var tenants = new LinkedHashMap<String, Double>();
        tenants.put("small", 0.1);
        tenants.put("medium", 0.3);
        tenants.put("large", 0.6);
        return Collections.unmodifiableMap(tenants);
    }

    @Override
    public String load() {
        return Loads.requestsOf(base.workload()) + " requests at each rate";
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        BenchmarkConfig shared = base.with(Loads.ofTenants(base.workload(), tenants));
        Fields parameters = Asked.parameters(base).put("load_levels", loads).put("tenants", tenants);
        return new LevelledRun(name, "fairness", shared, Point.atRates(shared, loads), parameters).run(surroundings, this::judge);
    }

    Findings judge(List<PointResult> points) {
        PointResult last = points.getLast();
        var jain = Ranking.figures(List.of(last), policy -> last.of(policy).map(FairnessExperiment::jain).orElse(OptionalDouble.empty()));
        var best = Ranking.highest(jain);
        var policies = new Fields();
        Ranking.policiesIn(points).forEach(policy -> policies.put(policy, summary(points, policy)));
        var summary = new Fields().put("policies", policies);
        Ranking.put(summary, "best_policy", best);
        summary.put("highest_jain", Ranking.valueOf(best)).put("at_load", last.point().value());
        return new Findings(
                points.stream().map(FairnessExperiment::level).toList(),
                summary,
                new Shown(
                        List.of(
                                Tables.byLevel("Jain's index of the tenants' on-time service", points, Unit.NUMBER, FairnessExperiment::jain),
                                Tables.byLevel("Worst tenant's satisfaction", points, Unit.SHARE, policy -> of(policy, Fairness::worstSatisfaction)),
                                Tables.byLevel("Largest gap in weighted tokens", points, Unit.COUNT, policy -> of(policy, Fairness::largestGapTokens)),
                                Tables.byLevel("SLO Rate", points, Unit.SHARE, Did::attainment)),
                        Ranking.line(
                                "Fairest at " + last.point().level(), jain, best,
                                value -> String.format(Locale.ROOT, "%.3f", value))));
    }

    private static Fields level(PointResult point) {
        var policies = new Fields();
        for (PolicyReport policy : point.policies()) {
            var tenants = new Fields();
            policy.metrics().breakdown().byTenant().forEach((tenant, group) -> tenants.put(
                    tenant,
                    new Fields()
                            .put("total_requests", group.total())
                            .put("completed_requests", group.completed())
                            .put("slo_compliance", group.slo().attainment())));
            policies.put(
                    policy.policy(),
                    new Fields()
                            .put("jain", jain(policy))
                            .put("worst_satisfaction", of(policy, Fairness::worstSatisfaction))
                            .put("largest_gap_tokens", of(policy, Fairness::largestGapTokens))
                            .put("slo_compliance", Did.attainment(policy))
                            .put("throughput", Did.throughput(policy))
                            .put("tenants", tenants));
        }
        return new Fields().put("load_level", point.point().value()).put("policies", policies);
    }

    private static Fields summary(List<PointResult> points, String policy) {
        var jain = new Fields();
        var worst = new Fields();
        var gap = new Fields();
        for (PointResult point : points) {
            String load = Numbers.plain(point.point().value());
            Optional<PolicyReport> report = point.of(policy);
            jain.put(load, report.map(FairnessExperiment::jain).orElse(OptionalDouble.empty()));
            worst.put(load, report.map(known -> of(known, Fairness::worstSatisfaction)).orElse(OptionalDouble.empty()));
            gap.put(load, report.map(known -> of(known, Fairness::largestGapTokens)).orElse(OptionalDouble.empty()));
        }
        return new Fields().put("jain_by_load", jain).put("worst_satisfaction_by_load", worst).put("largest_gap_tokens_by_load", gap);
    }

    private static OptionalDouble jain(PolicyReport policy) {
        return of(policy, Fairness::jain);
    }

    private static OptionalDouble of(PolicyReport policy, ToDoubleFunction<Fairness> figure) {
        return policy.metrics().fairness().byTenant()
                .map(fairness -> OptionalDouble.of(figure.applyAsDouble(fairness)))
                .orElse(OptionalDouble.empty());
    }
}
