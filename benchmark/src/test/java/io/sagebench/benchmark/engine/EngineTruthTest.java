package io.sagebench.benchmark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.engine.EngineEvents;
import io.sagebench.engine.EngineFailure;
import io.sagebench.engine.EngineId;
import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.engine.ServedModels;
import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.engine.fault.FaultyEngine;
import io.sagebench.engine.latency.Latencies;
import io.sagebench.engine.latency.Latencies.Calculator;
import io.sagebench.engine.latency.Latencies.PerToken;
import io.sagebench.engine.latency.LatencyEngine;
import io.sagebench.engine.latency.LatencyProfile;
import io.sagebench.engine.latency.Spread;
import io.sagebench.engine.sim.MonitoredEngine;
import io.sagebench.journal.ContentEvents;
import io.sagebench.journal.RequestRecord;
import io.sagebench.journal.TokenCounts;
import io.sagebench.journal.TokenSource;
import io.sagebench.loadgen.LoadClient;
import io.sagebench.loadgen.LoadGenerator;
import io.sagebench.random.Seed;
import io.sagebench.report.engine.EngineMeter;
import io.sagebench.report.engine.EngineMetrics;
import io.sagebench.report.engine.EngineWindow;
import io.sagebench.request.Outcome;
import io.sagebench.time.VirtualTimeline;
import io.sagebench.workload.Plan;
import io.sagebench.workload.PlannedRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Workloads in virtual time against an engine whose times are known: a first token after 40 ms, then one every 12 ms. What is reported must be just that.
class EngineTruthTest {
    private static final double TTFT = 40;
    private static final double GAP = 12;
    private static final EngineOptions TRAFFIC = EngineOptions.DEFAULT;
    private static final EngineOptions BATCH = new EngineOptions(
            EngineOptions.Mode.BATCH, Optional.empty(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(),
            TRAFFIC.endpoint(), TRAFFIC.timeout(), TRAFFIC.seed());

    private final VirtualTimeline timeline = new VirtualTimeline();

    private static EngineWorkload workload(String name) {
        return EngineWorkloads.selected(name).orElseThrow().getFirst();
    }

    private EngineMetrics measured(EngineWorkload workload, EngineOptions options, String... faults) {
        var latencies = new Latencies(
                Calculator.CONSTANT, new Spread(40_000_000, 0), new Spread(12_000_000, 0), PerToken.NONE, Spread.NONE, PerToken.NONE, 1);
        var inner = new LatencyEngine(
                timeline,
                new EngineId("engine"),
                new ServedModels(Set.of("mock-model")),
                new LatencyProfile(256, 1000, 8192, Optional.empty()),
                latencies,
                new Seed(1));
        FaultPlan plan = FaultText.plan(List.of(faults)) instanceof FaultReading.Read(FaultPlan read) ? read : FaultPlan.NONE;
        MonitoredEngine engine = new FaultyEngine(timeline, inner, plan, new Seed(7));
        Plan requests = HttpEngineRunner.plan(
                "mock-model",
                workload,
                options,
                HttpEngineRunner.load(workload, options),
                new PromptSource.Own().prompts(PromptMaker.BY_RULE, workload, new Seed(3), workload.requests()),
                new Seed(5));
        var records = new ArrayList<RequestRecord>();
        var generator = new LoadGenerator(timeline, requests, 0, new Direct(engine), records::add, () -> {});
        timeline.at(0, generator::start);
        timeline.run();
        return EngineMeter.of(List.of(new EngineWindow(records, 0, Instant.EPOCH, EngineWindow.Use.UNKNOWN)));
    }

    private static void is(EngineMetrics metrics, String key, double expected) {
        assertThat(metrics.value(key).orElseThrow()).as(key).isCloseTo(expected, within(1e-6));
    }

    @Test
    void oneAfterAnother() {
        EngineMetrics metrics = measured(workload("short"), TRAFFIC);
        double whole = TTFT + 127 * GAP;
        for (String statistic : List.of("avg_", "p50_", "p95_", "p99_")) {
            is(metrics, statistic + "ttft_ms", TTFT);
            is(metrics, statistic + "tbt_ms", GAP);
            is(metrics, statistic + "itl_ms", GAP);
            is(metrics, statistic + "e2el_ms", whole);
            is(metrics, statistic + "tpot_ms", whole / 128);
        }
        is(metrics, "std_ttft_ms", 0);
        is(metrics, "avg_throughput_tps", 128 / (whole / 1e3));
        is(metrics, "total_time_s", 5 * whole / 1e3);
        is(metrics, "output_throughput_tps", 5 * 128 / (5 * whole / 1e3));
        is(metrics, "request_throughput_rps", 5 / (5 * whole / 1e3));
        is(metrics, "total_input_tokens", 5 * 128);
        is(metrics, "total_output_tokens", 5 * 128);
        is(metrics, "peak_concurrency", 1);
    }

    @Test
    void allAtOnce() {
        EngineMetrics metrics = measured(workload("stress"), TRAFFIC);
        double whole = TTFT + 255 * GAP;
        is(metrics, "avg_ttft_ms", TTFT);
        is(metrics, "total_time_s", whole / 1e3);
        is(metrics, "output_throughput_tps", 10 * 256 / (whole / 1e3));
        is(metrics, "peak_concurrency", 10);
    }

    @Test
    void batchSendsWhatTrafficSendsOneAfterAnotherAtOnce() {
        EngineMetrics metrics = measured(workload("short"), BATCH);
        is(metrics, "peak_concurrency", 5);
        is(metrics, "total_time_s", (TTFT + 127 * GAP) / 1e3);
    }

    @Test
    void aFifthOfAllFailing() {
        EngineMetrics metrics = measured(workload("short").withRequests(200), BATCH, "error:500@20%");
        double failed = metrics.value("failed_requests").orElseThrow();
        assertThat(failed).isBetween(25.0, 55.0); // of 200, three standard deviations about 40; the seed is fixed
        is(metrics, "total_requests", 200);
        is(metrics, "successful_requests", 200 - failed);
        is(metrics, "error_rate", failed / 200);
        is(metrics, "avg_ttft_ms", TTFT);
    }

    @Test
    void allFailing() {
        EngineMetrics metrics = measured(workload("stress"), TRAFFIC, "error:500@100%");
        is(metrics, "total_requests", 10);
        is(metrics, "failed_requests", 10);
        is(metrics, "error_rate", 1);
        assertThat(metrics.unavailable()).contains("avg_ttft_ms", "avg_tbt_ms", "avg_throughput_tps");
    }

    /// Hands requests straight to an engine.
    private final class Direct implements LoadClient {
        private final MonitoredEngine engine;

        Direct(MonitoredEngine engine) {
            this.engine = engine;
        }

        @Override
        public void send(PlannedRequest request, Consumer<RequestRecord> ended) {
            var content = new ContentEvents();
            long sentAtNanos = timeline.nowNanos();
            engine.start(new EngineJob(request.id(), request.ask(), request.priority(), Payload.NONE), new EngineEvents() {
                @Override
                public void tokens(int count) {
                    content.event(timeline.nowNanos());
                }

                @Override
                public void finished(EngineResult result) {
                    end(new Outcome.Completed(), result.outputTokens());
                }

                @Override
                public void failed(EngineFailure failure) {
                    end(new Outcome.HttpError(500, "made"), 0);
                }

                private void end(Outcome outcome, int tokens) {
                    ended.accept(new RequestRecord(
                            request,
                            OptionalLong.of(sentAtNanos),
                            content,
                            timeline.nowNanos(),
                            new TokenCounts(OptionalInt.of(request.promptTokens()), OptionalInt.empty(), tokens, TokenSource.USAGE),
                            Optional.empty(),
                            outcome));
                }
            });
        }

        @Override
        public void cancelAll() {}
    }
}
