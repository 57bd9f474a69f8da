package io.sagebench.report;

import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.ServedBy;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.metrics.LatencySummary;
import io.sagebench.metrics.LengthMatch;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.metrics.RunMetrics.Breakdown;
import io.sagebench.metrics.RunMetrics.Cost;
import io.sagebench.metrics.RunMetrics.FairnessByGroup;
import io.sagebench.metrics.RunMetrics.Group;
import io.sagebench.metrics.RunMetrics.Parts;
import io.sagebench.metrics.RunMetrics.RequestCounts;
import io.sagebench.metrics.RunMetrics.Slo;
import io.sagebench.metrics.RunMetrics.Throughput;
import io.sagebench.metrics.RunMetrics.TokenTotals;
import io.sagebench.metrics.Validity;
import io.sagebench.metrics.Validity.Verdict;
import io.sagebench.random.Seed;
import io.sagebench.request.Outcome;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import io.sagebench.request.RequestType;
import io.sagebench.request.ServiceLevel;
import io.sagebench.workload.PlannedRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A report with numbers that are easy to recognise.
public final class SampleReport {
    public static final Instant BEGAN = Instant.parse("2026-01-02T03:04:05Z");
    public static final MeasuredWindow WINDOW = new MeasuredWindow("fifo", 1, 1_000_000_000L, BEGAN);

    private SampleReport() {}

    public static BenchmarkReport of(PolicyReport... policies) {
        return of(new RawResults.InFile("requests.jsonl"), policies);
    }

    public static BenchmarkReport of(RawResults raw, PolicyReport... policies) {
        var configuration = new LinkedHashMap<String, Object>();
        configuration.put("num_requests", 1000);
        configuration.put("model_distribution", Map.of("llama-7b", 1.0));
        return new BenchmarkReport(
                new ToolInfo("sage-bench", "0.1.0", "abc1234"),
                new RunInfo("run-1", 42, BEGAN, "compare --simulate", new RunInfo.Host("Linux", 2, "JVM 25"), false),
                new TargetReport(TargetReport.Kind.SIMULATED, Optional.empty(), "3 x qwen2.5-0.5b-a100", Optional.empty()),
                configuration,
                false,
                List.of(policies),
                List.of(),
                raw);
    }

    /// A policy of 1000 requests, the given counts of which did not complete; its p99 is 423 ms.
    public static PolicyReport policy(String name, double rate, double slo, long failed, long timeout, long rejected) {
        return policy(name, metrics(rate, slo, failed, timeout, rejected));
    }

    public static PolicyReport policy(String name, RunMetrics metrics) {
        return new PolicyReport(
                name, BEGAN, BEGAN.plusSeconds(10), metrics, OptionalLong.of(3), Optional.of("{\"queued\":0}"), List.of());
    }

    /// `fifo`, degraded; the ceiling `oracle_slo`, better at everything; and `vtc`, which was not run.
    public static BenchmarkReport withCeilingAndNotRun() {
        PolicyReport plain = policy("fifo", 90, 0.8, 0, 0, 0);
        PolicyReport bound = policy("oracle_slo", 99, 0.9, 0, 0, 0);
        BenchmarkReport report = of(
                new PolicyReport(
                        plain.policy(), plain.startedAt(), plain.endedAt(), plain.metrics(), plain.epoch(),
                        plain.controlPlaneMetricsJson(), List.of(), false, Optional.of("groups requests by model only"), Optional.empty()),
                new PolicyReport(
                        bound.policy(), bound.startedAt(), bound.endedAt(), bound.metrics(), bound.epoch(),
                        bound.controlPlaneMetricsJson(), List.of(), true, Optional.empty(), Optional.empty()));
        return new BenchmarkReport(
                report.tool(), report.run(), report.target(), report.configuration(), false, report.policies(),
                List.of(NotRun.needs("vtc", "requests of several tenants")), report.raw());
    }

    /// `fifo` with seven prompts in ten requests, the others with four texts each: prompts keep nine promises in ten, texts all; and `hybrid`, a little
    /// better.
    public static BenchmarkReport hybrid() {
        BenchmarkReport report = of(policy("fifo", mixed(90, 0.9)), policy("hybrid", mixed(95, 0.95)));
        return new BenchmarkReport(
                report.tool(), report.run(), report.target(), report.configuration(), true, report.policies(),
                List.of(), report.raw());
    }

    private static RunMetrics mixed(double rate, double llmSlo) {
        RunMetrics all = metrics(rate, 0.93, 0, 0, 0);
        var llm = new Group(
                700, 700, new Slo(Math.round(llmSlo * 700), 700, OptionalDouble.of(llmSlo)), Optional.of(latency(200, 450)),
                Optional.of(latency(40, 80)), 2000, 0, 0);
        var embedding = new Group(
                300, 300, new Slo(300, 300, OptionalDouble.of(1)), Optional.of(latency(20, 45)), Optional.empty(), 0, 1200, 1200);
        return new RunMetrics(
                all.counts(), all.throughput(), all.endToEnd(), all.ttft(), all.itl(), all.tbt(), all.tpot(), all.sendLag(),
                all.ttftSinceSent(), all.endToEndSinceSent(), all.queueWait(), all.slo(),
                new Parts(llm, embedding, OptionalDouble.of(rate * 7 / 10), OptionalDouble.of(rate * 3 / 10), OptionalDouble.of(rate * 12 / 10)),
                new Breakdown(
                        Map.of(), Map.of(), Map.of(RequestType.LLM_CHAT, llm, RequestType.EMBEDDING, embedding), Map.of()),
                all.fairness(), all.cost(), all.tokens(), all.validity());
    }

    public static RunMetrics metrics(double rate, double slo, long failed, long timeout, long rejected) {
        long completed = 1000 - failed - timeout - rejected;
        var kept = new Slo(Math.round(slo * 1000), 1000, OptionalDouble.of(slo));
        var latency = completed == 0 ? Optional.<LatencySummary>empty() : Optional.of(latency(156.25, 423));
        var group = new Group(1000, completed, kept, latency, latency, 2000, 0, 0);
        var none = new Group(0, 0, new Slo(0, 0, OptionalDouble.empty()), Optional.empty(), Optional.empty(), 0, 0, 0);
        var outcomes = new LinkedHashMap<String, Long>();
        outcomes.put("completed", completed);
        outcomes.put("http_error", failed);
        outcomes.put("timed_out", timeout);
        outcomes.put("rejected", rejected);
        outcomes.values().removeIf(count -> count == 0);
        return new RunMetrics(
                new RequestCounts(1000, completed, rejected, timeout, failed, outcomes, Map.of()),
                new Throughput(
                        0, 10.5, OptionalDouble.of(rate), OptionalDouble.of(90), OptionalDouble.of(200), OptionalDouble.of(400),
                        OptionalDouble.of(100), 17),
                latency, latency, latency, Optional.empty(), latency, latency, latency, latency, Optional.empty(),
                kept,
                new Parts(group, none, OptionalDouble.of(rate), OptionalDouble.of(0), OptionalDouble.of(0)),
                new Breakdown(Map.of(Priority.HIGH, group), Map.of("llama-7b", group), Map.of(RequestType.LLM_CHAT, group), Map.of()),
                new FairnessByGroup(Optional.empty(), Optional.empty()),
                Cost.UNKNOWN,
                new TokenTotals(
                        4000,
                        2000,
                        0,
                        new LengthMatch(completed, 4000, 4000, 0, 0, completed, Map.of("usage", completed)),
                        new LengthMatch(completed, 2000, 2000, 0, 0, completed, Map.of("usage", completed))),
                new Validity(Verdict.VALID, List.of()));
    }

    public static LatencySummary latency(double meanMillis, double p99Millis) {
        return new LatencySummary(
                3000, true, meanMillis * 1e6, 1e6, 1e6, 2e6, 3e6, 4e6, p99Millis * 1e6, p99Millis * 1e6, p99Millis * 1e6);
    }

    /// A request intended at 10 ms of the window, sent at 10.5, with content at 20, 30 and 50 ms, an empty piece at 15 and another at 55.
    public static RequestRecord request(int index, Outcome outcome) {
        long start = WINDOW.startNanos();
        var content = new ContentEvents();
        if (outcome instanceof Outcome.Completed) {
            content.chunk(start + 15_000_000);
            content.event(start + 20_000_000, 1);
            content.event(start + 30_000_000, 1);
            content.event(start + 50_000_000, 2);
            content.chunk(start + 55_000_000);
        }
        return new RequestRecord(
                new PlannedRequest(
                        new RequestId("r" + index), index, start + 10_000_000, "llama-7b", Priority.HIGH,
                        ServiceLevel.endToEnd(Duration.ofMillis(500)), 7, 4, new Seed(1)),
                OptionalLong.of(start + 10_500_000),
                content,
                start + 60_000_000,
                new TokenCounts(OptionalInt.of(7), OptionalInt.empty(), 4, TokenSource.USAGE),
                Optional.of(new ServedBy("engine-1", "fifo", OptionalLong.of(3), OptionalLong.of(2_000_000))),
                outcome);
    }
}
