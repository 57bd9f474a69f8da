package io.sagebench.benchmark;

import static io.sagebench.benchmark.Configs.aBenchmark;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.fault.FaultPlan;
import io.sagebench.engine.fault.FaultReading;
import io.sagebench.engine.fault.FaultText;
import io.sagebench.journal.RequestRecord;
import io.sagebench.metrics.RunMetrics;
import io.sagebench.request.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Whole runs over engines that fail on purpose.
class FaultyRunTest {
    @Test
    void everyFaultShowsAsTheOutcomeAClientSees() {
        String faults = "error:429@5%,error:500@5%,reset@5%,reset:after=5@5%,truncate:after=5@5%,stream-error:after=5@5%,"
                + "hang@5%,hang:after=5@5%,slow:2x@5%,delay:100ms@5%";
        var outcomes = outcomes(
                aBenchmark()
                        .policies("fifo")
                        .requests(2_000, 10)
                        .patience(Duration.ofSeconds(2), Duration.ofSeconds(1))
                        .faults(plan(faults))
                        .build(),
                FaultyRunTest::describe);

        Map<String, Long> counts = outcomes.values().stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        assertThat(counts.keySet())
                .containsExactly(
                        "completed",
                        "http_error 500: injected fault: status 500",
                        "http_error 502: injected fault: the connection was reset",
                        "rejected 429: injected fault: status 429",
                        "stream_error injected fault: an error within the answer",
                        "stream_error injected fault: the connection was reset",
                        "timed_out first_byte",
                        "timed_out idle",
                        "truncated");
        // Each 5 % of 2000: 100 expected, less those that an earlier rule has struck; standard deviation 10.
        assertThat(counts).allSatisfy((outcome, count) -> {
            if (!outcome.equals("completed")) {
                assertThat(count).as(outcome).isBetween(45L, 145L);
            }
        });
    }

    @Test
    void theSameRequestsFailUnderEveryPolicyLiveAndInVirtualTime() {
        String faults = "error:429@10%,error:model_not_found@10%,reset@10%,reset:after=5@10%,truncate:after=5@10%,stream-error:after=3@10%";
        var benchmark = aBenchmark().requests(60, 60).warmup(2).faults(plan(faults));
        var virtual = kinds(benchmark.policies("fifo").build());
        assertThat(virtual.values().stream().distinct())
                .containsExactlyInAnyOrder("completed", "rejected", "http_error 404", "http_error 502", "stream_error", "truncated");
        assertThat(kinds(benchmark.policies("slo_aware").build())).isEqualTo(virtual);
        assertThat(kinds(benchmark.of(new Target.Embedded()).build())).isEqualTo(virtual);
    }

    @Test
    void whatNoFaultStrikesTakesTheSameTimes() {
        var benchmark = aBenchmark().policies("slo_aware").requests(300, 40);
        var untouched = outcomes(benchmark.build(), FaultyRunTest::times);
        assertThat(outcomes(benchmark.faults(plan("slow:3x@0%,hang@0%")).build(), FaultyRunTest::times)).isEqualTo(untouched);
        assertThat(outcomes(benchmark.faults(plan("truncate:after=1000000")).build(), FaultyRunTest::times))
                .isEqualTo(untouched);
    }

    private static String times(RequestRecord record) {
        return record.content().events() + " tokens, first after " + record.ttftNanos() + ", last after " + record.endToEndNanos();
    }

    @Test
    void aCrashedEngineIsOnlyAGapInTheRun() {
        // 400 requests at 20 per second take 20 s; one of three engines is down for 5 s of them.
        var config = aBenchmark()
                .policies("fifo")
                .requests(400, 20)
                .warmup(0)
                .faults(plan("crash:at=5s,for=5s,engine=engine-1"))
                .build();
        var recording = new Recording();
        var metrics = run(config, recording);
        assertThat(metrics.counts().total()).isEqualTo(400);
        assertThat(metrics.counts().completed()).isBetween(200L, 399L);
        assertThat(recording.windows().getFirst().records())
                .filteredOn(record -> !record.isCompleted())
                .isNotEmpty()
                .allSatisfy(record -> {
                    assertThat(record.servedBy().orElseThrow().instance()).isEqualTo("engine-1");
                    assertThat(record.endedAtNanos()).isBetween(5_000_000_000L, 10_000_000_000L);
                    assertThat(record.outcome().detail()).contains("crashed");
                });
        assertThat(recording.windows().getFirst().records())
                .filteredOn(record -> record.endedAtNanos() > 11_000_000_000L)
                .anyMatch(record -> record.servedBy().orElseThrow().instance().equals("engine-1"));
    }

    /// How each request ended, without the words.
    private static Map<String, String> kinds(BenchmarkConfig config) {
        return outcomes(config, record -> record.outcome() instanceof Outcome.HttpError(int status, String _)
                ? record.outcome().wireName() + " " + status
                : record.outcome().wireName());
    }

    private static Map<String, String> outcomes(BenchmarkConfig config, Function<RequestRecord, String> description) {
        var recording = new Recording();
        run(config, recording);
        return recording.windows().getFirst().records().stream()
                .collect(Collectors.toMap(record -> record.planned().id().value(), description));
    }

    private static String describe(RequestRecord record) {
        Outcome outcome = record.outcome();
        return (outcome.wireName() + " " + outcome.detail()).strip();
    }

    private static RunMetrics run(BenchmarkConfig config, Recording recording) {
        var result = new Benchmark().run(config, BenchmarkListener.SILENT, recording, new StopSignal());
        assertThat(result).isInstanceOf(BenchmarkResult.Measured.class);
        return ((BenchmarkResult.Measured) result).policies().getFirst().metrics();
    }

    private static FaultPlan plan(String text) {
        return ((FaultReading.Read) FaultText.plan(text)).plan();
    }
}
