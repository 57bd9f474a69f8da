package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.journal.Journal;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.Samples;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RecordSink;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.experiment.FigureTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// How the latencies of each policy are distributed under one load.
///
/// @param name stem of its result file
/// @param base the benchmark
public record LatencyExperiment(String name, BenchmarkConfig base) implements Experiment {
    public static final List<Double> DEFAULT_PERCENTILES = List.of(50.0, 90.0, 95.0, 99.0, 99.9);

    private static final int FIRST = 100;
    private static final double NANOS_PER_MILLI = 1e6;

    /// Under its usual name.
    public LatencyExperiment(BenchmarkConfig base) {
        this("latency", base);
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        var kept = new Kept();
        Fields parameters = Asked.parameters(base)
                .put("request_rate", Loads.rateOf(base.workload()))
                .put("percentiles", DEFAULT_PERCENTILES);
        return new LevelledRun(name, "latency", base, List.of(new Point("this load", 0, base)), parameters)
                .run(surroundings, _ -> kept, points -> judge(points.getFirst(), kept));
    }

    private Findings judge(PointResult point, Kept kept) {
        var p50 = Ranking.figures(List.of(point), policy -> figure(point, policy, 50, LatencySummary::p50));
        var p99 = Ranking.figures(List.of(point), policy -> figure(point, policy, 99, LatencySummary::p99));
        var policies = new Fields();
        point.policies().forEach(policy -> policies.put(policy.policy(), summary(policy)));
        var summary = new Fields()
                .put("request_rate", Loads.rateOf(base.workload()))
                .put("num_requests", Loads.requestsOf(base.workload()))
                .put("policies", policies);
        Ranking.put(summary, "best_policy_p50", Ranking.lowest(p50));
        Ranking.put(summary, "best_policy_p99", Ranking.lowest(p99));
        summary.put("lowest_p50", Ranking.valueOf(Ranking.lowest(p50))).put("lowest_p99", Ranking.valueOf(Ranking.lowest(p99)));
        var findings = new ArrayList<>(Ranking.line("Best P50", p50, Ranking.lowest(p50), Tables::millis));
        findings.addAll(Ranking.line("Best P99", p99, Ranking.lowest(p99), Tables::millis));
        if (point.policies().stream().noneMatch(policy -> Did.percentileMillis(policy, 99.9, LatencySummary::p999).isPresent())) {
            findings.add("P99.9 is not known: it needs at least " + Percentiles.fewest(99.9) + " completed requests");
        }
        return new Findings(
                point.policies().stream().map(policy -> result(policy, kept.of(policy.policy()))).toList(),
                summary,
                new Shown(List.of(table(point)), findings));
    }

    private static OptionalDouble figure(
            PointResult point, String policy, double percent, ToDoubleFunction<LatencySummary> figure) {
        return point.of(policy).map(report -> Did.percentileMillis(report, percent, figure)).orElse(OptionalDouble.empty());
    }

    private static Fields summary(PolicyReport policy) {
        return new Fields()
                .put("mean_ms", Did.latencyMillis(policy, LatencySummary::mean))
                .put("p50_ms", Did.latencyMillis(policy, LatencySummary::p50))
                .put("p99_ms", Did.latencyMillis(policy, LatencySummary::p99))
                .put("std_dev_ms", Did.latencyMillis(policy, LatencySummary::stddev))
                .put("success_rate", Did.success(policy));
    }

    private static Fields result(PolicyReport policy, List<Latency> completed) {
        return new Fields()
                .put("policy", policy.policy())
                .put("total_requests", policy.metrics().counts().total())
                .put("success_rate", Did.success(policy))
                .put(
                        "latency_stats",
                        new Fields()
                                .put("mean_ms", Did.latencyMillis(policy, LatencySummary::mean))
                                .put("min_ms", Did.latencyMillis(policy, LatencySummary::min))
                                .put("max_ms", Did.latencyMillis(policy, LatencySummary::max))
                                .put("p50_ms", Did.latencyMillis(policy, LatencySummary::p50))
                                .put("p90_ms", Did.latencyMillis(policy, LatencySummary::p90))
                                .put("p95_ms", Did.latencyMillis(policy, LatencySummary::p95))
                                .put("p99_ms", Did.latencyMillis(policy, LatencySummary::p99))
                                .put("std_dev_ms", Did.latencyMillis(policy, LatencySummary::stddev)))
                .put("percentiles", PercentileFields.of(policy))
                .put("raw_latencies", completed.stream().limit(FIRST).map(latency -> latency.nanos() / NANOS_PER_MILLI).toList())
                .put("cdf_ms", cdf(completed));
    }

    /// The latency below which each percent of the requests lies, from 0 to 100; empty when none completed.
    private static List<Double> cdf(List<Latency> completed) {
        long[] sorted = completed.stream().mapToLong(Latency::nanos).sorted().toArray();
        return sorted.length == 0
                ? List.of()
                : IntStream.rangeClosed(0, 100).mapToObj(percent -> Samples.percentile(sorted, percent) / NANOS_PER_MILLI).toList();
    }

    private static FigureTable table(PointResult point) {
        return new FigureTable(
                "",
                List.of("Policy", "Mean", "P50", "P90", "P95", "P99", "P99.9", "Max", "Std Dev", "Success"),
                point.policies().stream()
                        .map(policy -> List.of(
                                Figure.text(policy.policy()),
                                nanos(policy, LatencySummary::mean),
                                nanos(policy, LatencySummary::p50),
                                nanos(policy, LatencySummary::p90),
                                nanos(policy, LatencySummary::p95),
                                nanos(policy, LatencySummary::p99),
                                policy.metrics().endToEnd().filter(known -> Percentiles.isKnown(99.9, known.count())).isPresent()
                                        ? nanos(policy, LatencySummary::p999)
                                        : Figure.of(Unit.NANOS, OptionalDouble.empty()),
                                nanos(policy, LatencySummary::max),
                                nanos(policy, LatencySummary::stddev),
                                Figure.of(Unit.SHARE, Did.success(policy))))
                        .toList());
    }

    private static Figure nanos(PolicyReport policy, ToDoubleFunction<LatencySummary> figure) {
        return Figure.of(Unit.NANOS, Did.latencyNanos(policy, figure));
    }

    /// The end-to-end latency of a completed request.
    ///
    /// @param index the request's in its plan
    private record Latency(long index, long nanos) {}

    /// Those of each policy. Several policies may be measured at the same time, each by one thread.
    private static final class Kept implements RecordSink {
        private final Map<String, List<Latency>> completed = new HashMap<>();

        @Override
        public Journal open(MeasuredWindow window) {
            List<Latency> own;
            synchronized (completed) {
                own = completed.computeIfAbsent(window.policy(), _ -> new ArrayList<>());
            }
            return ended -> {
                if (ended.isCompleted()) {
                    ended.endToEndNanos().ifPresent(nanos -> own.add(new Latency(ended.planned().index(), nanos)));
                }
            };
        }

        /// In the order in which they were to be sent.
        List<Latency> of(String policy) {
            synchronized (completed) {
                return completed.getOrDefault(policy, List.of()).stream()
                        .sorted(Comparator.comparingLong(Latency::index))
                        .toList();
            }
        }
    }
}
