package io.sagebench.cli;

import io.sagebench.benchmark.BenchmarkConfig;
import io.sagebench.benchmark.BenchmarkListener;
import io.sagebench.benchmark.BenchmarkResult;
import io.sagebench.benchmark.Benchmarks;
import io.sagebench.benchmark.Progress;
import io.sagebench.benchmark.StopSignal;
import io.sagebench.benchmark.Turn;
import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenCounts;
import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.random.Seed;
import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.PolicyReport;
import io.sagebench.report.RecordSink;
import io.sagebench.report.TargetReport;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Measures nothing: every policy has two requests, which end as told.
final class FakeBenchmarks implements Benchmarks {
    private static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");

    private final List<BenchmarkConfig> ran = new ArrayList<>();
    private Outcome outcome = new Outcome.Completed();
    private int interruptDuring;
    private Optional<String> refusal = Optional.empty();
    private Optional<RuntimeException> failure = Optional.empty();

    /// Is stopped during the n-th benchmark: its last request does not end.
    void interruptDuring(int number) {
        interruptDuring = number;
    }

    /// What it was asked to run.
    List<BenchmarkConfig> ran() {
        return ran;
    }

    void endRequestsWith(Outcome ending) {
        outcome = ending;
    }

    void refuse(String message) {
        refusal = Optional.of(message);
    }

    void failWith(RuntimeException bug) {
        failure = Optional.of(bug);
    }

    @Override
    public BenchmarkResult run(
            BenchmarkConfig config, BenchmarkListener listener, RecordSink records, StopSignal stop) {
        ran.add(config);
        if (failure.isPresent()) {
            throw failure.get();
        }
        if (refusal.isPresent()) {
            return new BenchmarkResult.CouldNotRun(refusal.get());
        }
        var target = new TargetReport(
                TargetReport.Kind.SIMULATED, Optional.empty(), "1 x test-engine", Optional.empty());
        listener.targetReady(target);
        var reports = new ArrayList<PolicyReport>();
        for (String policy : stop.isRequested() ? config.policies().subList(0, 1) : config.policies()) {
            reports.add(measure(policy, config, listener, records));
        }
        if (ran.size() == interruptDuring) {
            stop.request();
        }
        return new BenchmarkResult.Measured(target, reports, stop.isRequested());
    }

    private PolicyReport measure(
            String policy, BenchmarkConfig config, BenchmarkListener listener, RecordSink records) {
        var collector = new MetricsCollector();
        var journal = records.open(new MeasuredWindow(policy, 1, 0, BEGAN)).and(collector);
        var turn = new Turn(policy, config.policies().indexOf(policy) + 1, config.policies().size(), 1, 1, 2);
        listener.measuring(turn);
        for (int i = 0; i < (ran.size() == interruptDuring ? 1 : 2); i++) {
            journal.write(request(i));
        }
        listener.progress(new Progress(turn, 1_000_000_000, 2, 2, 0, OptionalLong.of(20_000_000), OptionalLong.of(30_000_000)));
        return new PolicyReport(
                policy, BEGAN, BEGAN.plusSeconds(1), collector.metrics(1, ClientHealth.PERFECT), OptionalLong.empty(),
                Optional.empty(), List.of());
    }

    private RequestRecord request(int index) {
        long intended = index * 100_000_000L;
        var content = new ContentEvents();
        if (outcome instanceof Outcome.Completed) {
            content.event(intended + 10_000_000);
            content.event(intended + 30_000_000);
        }
        return new RequestRecord(
                new PlannedRequest(
                        new RequestId("r" + index), index, intended, "default", Priority.NORMAL,
                        ServiceLevel.endToEnd(Duration.ofSeconds(1)), 5, 2, new Seed(1)),
                OptionalLong.of(intended), content, intended + 30_000_000, TokenCounts.ofEvents(2), Optional.empty(), outcome);
    }
}
