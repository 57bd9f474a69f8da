package io.sagebench.benchmark.experiment;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.experiment.PolicyCapacity.Try;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.Validity.Verdict;
import io.sagebench.report.NotRun;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.experiment.ExperimentResult;
import io.sagebench.report.experiment.ExperimentResult.MeasuredAt;
import io.sagebench.report.experiment.ExperimentResult.Shown;
import io.sagebench.report.experiment.Fields;
import io.sagebench.report.experiment.Figure;
import io.sagebench.report.experiment.Figure.Unit;
import io.sagebench.report.experiment.FigureTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The highest rate at which each policy keeps a share of its promises.
///
/// @param name     stem of its result file
/// @param base     the benchmark at any rate
/// @param question how it is looked for
public record CapacityExperiment(String name, BenchmarkConfig base, CapacityQuestion question) implements Experiment {
    /// As usual: 99 % within 5 %.
    public CapacityExperiment(BenchmarkConfig base) {
        this("capacity", base, CapacityQuestion.DEFAULT);
    }

    @Override
    public String load() {
        return "at least " + Loads.requestsOf(base.workload()) + " requests at each rate tried";
    }

    @Override
    public Outcome run(Surroundings surroundings) {
        Instant startedAt = surroundings.clock().instant();
        try (var series = new PointSeries(surroundings.runner(), base, surroundings.listener(), surroundings.stop())) {
            var tries = new AtomicInteger();
            List<PolicyCapacity> found = all(series, what -> {
                synchronized (tries) {
                    surroundings.listener().position(what, tries.getAndIncrement(), 0);
                }
            });
            boolean interrupted = surroundings.stop().isRequested();
            List<PolicyCapacity> done = found.stream().filter(one -> !one.tries().isEmpty() && !one.stopped() && one.failure().isEmpty()).toList();
            Optional<String> failure = found.stream().flatMap(one -> one.failure().stream()).findFirst();
            List<NotRun> notRun = found.stream().flatMap(one -> one.notRun().stream()).distinct().toList();
            if (done.isEmpty()) {
                String why = failure.orElseGet(() -> interrupted
                        ? "stopped before the capacity of any policy was found"
                        : notRun.stream().map(NotRun::sentence).collect(Collectors.joining("; ")));
                return new Outcome.NothingMeasured(why, interrupted && failure.isEmpty());
            }
            Findings findings = judge(done);
            return new Outcome.Finished(new ExperimentResult(
                    name,
                    "capacity",
                    startedAt,
                    surroundings.clock().instant(),
                    parameters(),
                    series.target().orElseThrow(),
                    findings.results(),
                    findings.summary(),
                    done.stream().flatMap(one -> one.atCapacity().stream().limit(1)
                                    .map(at -> new MeasuredAt(Tables.rate(at.ratePerSecond()), at.report())))
                            .toList(),
                    notRun,
                    findings.shown(),
                    List.of(),
                    failure.or(() -> interrupted ? Optional.of("interrupted: policies whose capacity was not found yet are left out") : Optional.empty()),
                    interrupted));
        }
    }

    private List<PolicyCapacity> all(PointSeries series, Consumer<String> before) {
        if (series.isVirtual()) {
            return Cores.forEach(base.policies(), policy -> new CapacityFinder(base, policy, question, series, before).find());
        }
        var found = new ArrayList<PolicyCapacity>();
        for (String policy : base.policies()) {
            if (!series.isStopped()) {
                found.add(new CapacityFinder(base, policy, question, series, before).find());
            }
        }
        return found;
    }

    private Fields parameters() {
        return Asked.parameters(base)
                .put("slo_target", question.sloTarget())
                .put("tolerance", question.tolerance())
                .put("confirm", question.confirm())
                .put("first_rate", question.firstRate())
                .put("probe_seconds", question.atLeast().toMillis() / 1e3)
                .put("slo_config", Asked.sloConfig(base.workload()));
    }

    private Findings judge(List<PolicyCapacity> found) {
        Map<String, OptionalDouble> capacities = new LinkedHashMap<>();
        found.stream()
                .filter(one -> one.tries().stream().map(Try::report).noneMatch(PolicyReport::isCeiling))
                .forEach(one -> capacities.put(one.policy(), one.rate()));
        var best = Ranking.highest(capacities);
        var policies = new Fields();
        found.forEach(one -> policies.put(one.policy(), summary(one)));
        var summary = new Fields().put("slo_target", question.sloTarget()).put("policies", policies);
        Ranking.put(summary, "best_policy", best);
        summary.put("highest_capacity", Ranking.valueOf(best));
        var findings = new ArrayList<>(Ranking.line("Highest capacity", capacities, best, Tables::rate));
        found.stream().filter(one -> one.rate().isEmpty()).forEach(one -> findings.add(
                one.policy() + " keeps " + Tables.share(question.sloTarget()) + " of its promises at no rate tried"
                        + one.missedAt().stream().mapToObj(rate -> ", not even at " + Numbers.plain(rate) + " req/s").collect(Collectors.joining())));
        found.stream().filter(one -> one.rate().isPresent() && one.missedAt().isEmpty()).forEach(one -> findings.add(
                one.policy() + " keeps its promises even at the highest rate tried; its capacity lies beyond"));
        found.stream().filter(one -> clientLimited(one) > 0).forEach(one -> findings.add(
                one.policy() + ": the load generator fell behind in " + clientLimited(one) + " of " + one.tries().size()
                        + " tries, so that its capacity may be higher"));
        return new Findings(found.stream().map(CapacityExperiment::result).toList(), summary, new Shown(List.of(table(found)), findings));
    }

    private static long clientLimited(PolicyCapacity one) {
        return one.tries().stream().filter(at -> at.report().metrics().validity().verdict() == Verdict.CLIENT_LIMITED).count();
    }

    private static Fields result(PolicyCapacity one) {
        return new Fields()
                .put("policy", one.policy())
                .put("capacity", one.rate())
                .put(
                        "tries",
                        one.tries().stream()
                                .map(at -> new Fields()
                                        .put("request_rate", at.ratePerSecond())
                                        .put("seed", at.seed())
                                        .put("num_requests", at.total())
                                        .put("slo_compliance", Did.attainment(at.report()))
                                        .put("throughput", Did.throughput(at.report()))
                                        .put("success_rate", Did.success(at.report()))
                                        .put("validity", at.report().metrics().validity().verdict().wireName())
                                        .put("p99_latency_ms", Did.latencyMillis(at.report(), LatencySummary::p99)))
                                .toList());
    }

    private static Fields summary(PolicyCapacity one) {
        var at = one.atCapacity();
        return new Fields()
                .put("capacity", one.rate())
                .put("slo_compliance", one.attainment())
                .put("missed_at", one.missedAt())
                .put("seeds", at.stream().map(Try::seed).toList())
                .put("throughput", at.isEmpty() ? OptionalDouble.empty() : Did.throughput(at.getFirst().report()))
                .put("tries", one.tries().size());
    }

    private static FigureTable table(List<PolicyCapacity> found) {
        return new FigureTable(
                "",
                List.of("Policy", "Capacity", "SLO Rate", "Missed at", "Throughput", "P99 E2E", "Tries"),
                found.stream()
                        .map(one -> {
                            Optional<PolicyReport> at = one.atCapacity().stream().findFirst().map(Try::report);
                            return List.of(
                                    Figure.text(one.policy()),
                                    Figure.of(Unit.RATE, one.rate()),
                                    Figure.of(Unit.SHARE, one.attainment()),
                                    Figure.of(Unit.RATE, one.missedAt()),
                                    Figure.of(Unit.RATE, at.map(Did::throughput).orElse(OptionalDouble.empty())),
                                    Figure.of(Unit.NANOS, at.map(report -> Did.latencyNanos(report, LatencySummary::p99)).orElse(OptionalDouble.empty())),
                                    Figure.of(Unit.COUNT, one.tries().size()));
                        })
                        .toList());
    }
}
