package io.sagebench.report.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.request.Outcome;
import io.sagebench.request.TimeoutPhase;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// Every figure against an answer worked out by hand.
class EngineMeterTest {
    private static final OptionalInt COUNTED = OptionalInt.of(128);
    private static final EngineWindow.Use USE = new EngineWindow.Use(
            List.of(100.0, 140.4, 120.0),
            OptionalDouble.of(768),
            OptionalDouble.empty(),
            OptionalDouble.of(0.25),
            OptionalDouble.of(3),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Map.of("memory", "somebody"));

    /// Two answers, of three tokens and of two, a request that took too long, and one that was refused.
    private final EngineMetrics metrics = EngineMeter.of(List.of(Records.window(
            USE,
            Records.answer(0, 0, 1, COUNTED, 41, 53, 65),
            Records.answer(1, 10, 10, COUNTED, 70, 90),
            Records.failure(2, 20, 5020, new Outcome.TimedOut(TimeoutPhase.TOTAL)),
            Records.failure(3, 25, 30, new Outcome.Rejected(503, "busy")))));

    private void is(String key, double expected) {
        assertThat(metrics.value(key).orElseThrow()).as(key).isCloseTo(expected, within(1e-6));
    }

    @Test
    void firstTokensCountFromWhenTheyWereToBeAskedFor() {
        is("avg_ttft_ms", 50.5);
        is("p50_ttft_ms", 50.5);
        is("p95_ttft_ms", 41 + 0.95 * 19);
        is("p99_ttft_ms", 41 + 0.99 * 19);
        is("std_ttft_ms", 13.435029);
        is("ttft_samples", 2);
    }

    @Test
    void timeBetweenTokensIsTheMeanOfARequest() {
        is("avg_tbt_ms", (12 + 20) / 2.0);
        is("p50_tbt_ms", 16);
        is("std_tbt_ms", 5.656854);
    }

    @Test
    void timePerOutputTokenHasTheFirstInItAndCountsFromTheSend() {
        is("avg_tpot_ms", (64 / 3.0 + 80 / 2.0) / 2);
        is("p99_tpot_ms", 64 / 3.0 + 0.99 * (40 - 64 / 3.0));
    }

    @Test
    void gapsOfAllRequestsStandTogether() {
        is("avg_itl_ms", 44 / 3.0);
        is("p50_itl_ms", 12);
        is("p95_itl_ms", 19.2);
        is("itl_samples", 3);
    }

    @Test
    void endToEndHasBothNames() {
        is("avg_e2el_ms", 72.5);
        is("avg_e2e_ms", 72.5);
        is("p95_e2e_ms", 65 + 0.95 * 15);
    }

    @Test
    void throughputIsOverTheWholeTimeAndASingleRequestsSpeedIsNot() {
        is("total_time_s", 5.02);
        is("request_throughput_rps", 2 / 5.02);
        is("input_throughput_tps", 256 / 5.02);
        is("output_throughput_tps", 5 / 5.02);
        is("total_throughput_tps", 261 / 5.02);
        is("avg_throughput_tps", (3 / 0.065 + 2 / 0.080) / 2);
        is("total_input_tokens", 256);
        is("total_output_tokens", 5);
    }

    @Test
    void everyRequestCounts() {
        is("total_requests", 4);
        is("successful_requests", 2);
        is("failed_requests", 2);
        is("timeout_requests", 1);
        is("rejected_requests", 1);
        is("error_rate", 0.5);
        is("peak_concurrency", 4);
        assertThat(metrics.notes()).contains("1 of 4 requests failed: rejected (503: busy)", "1 of 4 requests failed: timed_out (total)");
    }

    @Test
    void whatTheEngineToldKeepsBothGenerationsOfNames() {
        is("kv_used_tokens", 768);
        is("total_kv_used_tokens", 768);
        is("prefix_hit_rate", 0.25);
        is("avg_prefix_hit_rate", 0.25);
        is("evict_count", 3);
        is("peak_mem_mb", 140);
        is("avg_mem_mb", 360.4 / 3);
    }

    @Test
    void whatNobodyToldIsZeroAndNamed() {
        for (String key : List.of("kv_used_bytes", "total_kv_used_bytes", "evict_ms", "total_evict_ms", "spec_accept_rate", "avg_spec_accept_rate")) {
            assertThat(metrics.values()).containsEntry(key, 0.0);
            assertThat(metrics.unavailable()).contains(key);
            assertThat(metrics.value(key)).isEmpty();
        }
    }

    @Test
    void startAndEndAreMomentsOfTheWorld() {
        is("start_time", (double) Records.START.getEpochSecond());
        is("end_time", Records.START.getEpochSecond() + 5.02);
    }

    @Test
    void everyFieldIsThereAsANumberInTheOrderOfTheContract() {
        assertThat(metrics.values().keySet()).containsExactlyElementsOf(EngineFields.all().stream().map(EngineField::key).toList());
    }

    @Test
    void anEngineThatFailsEveryRequestHasTotalsAndNoLatencies() {
        EngineMetrics failed = EngineMeter.of(List.of(Records.window(
                EngineWindow.Use.UNKNOWN,
                Records.failure(0, 0, 5, new Outcome.HttpError(500, "broken")),
                Records.failure(1, 5, 10, new Outcome.HttpError(500, "broken")))));
        assertThat(failed.count("total_requests")).isEqualTo(2);
        assertThat(failed.count("failed_requests")).isEqualTo(2);
        assertThat(failed.value("error_rate")).hasValue(1);
        assertThat(failed.value("request_throughput_rps")).hasValue(0);
        assertThat(failed.value("avg_ttft_ms")).isEmpty();
        assertThat(failed.notes()).containsExactly("2 of 2 requests failed: http_error (500: broken)");
    }

    @Test
    void wholeAnswersHaveNoFirstToken() {
        EngineMetrics whole = EngineMeter.of(List.of(Records.window(EngineWindow.Use.UNKNOWN, Records.whole(0, 0, 500, 10))));
        assertThat(whole.value("avg_ttft_ms")).isEmpty();
        assertThat(whole.value("avg_tbt_ms")).isEmpty();
        assertThat(whole.value("avg_tpot_ms")).hasValue(50);
        assertThat(whole.value("avg_e2el_ms")).hasValue(500);
        assertThat(whole.notes()).anyMatch(note -> note.contains("not streamed"));
    }

    @Test
    void lengthsOtherThanAskedAreTold() {
        EngineMetrics off = EngineMeter.of(List.of(Records.window(
                EngineWindow.Use.UNKNOWN, Records.answer(0, 0, 0, OptionalInt.of(140), 10, 20))));
        assertThat(off.notes()).containsExactly("prompts are not as long as asked: the engine counts 140.0 tokens on average, asked were 128.0");
        assertThat(off.value("requested_input_tokens")).hasValue(128);
        assertThat(off.value("total_input_tokens")).hasValue(140);
    }

    @Test
    void severalMeasurementsArePooledAndTheirTimesAdded() {
        EngineMetrics pooled = EngineMeter.of(List.of(
                Records.window(USE, Records.answer(0, 0, 0, COUNTED, 10, 20)),
                Records.window(USE, Records.answer(0, 0, 0, COUNTED, 30, 60))));
        assertThat(pooled.value("avg_ttft_ms")).hasValue(20);
        assertThat(pooled.value("total_time_s")).hasValue(0.08);
        assertThat(pooled.value("output_throughput_tps")).hasValue(4 / 0.08);
        assertThat(pooled.value("evict_count")).hasValue(6);
        assertThat(pooled.value("kv_used_tokens")).hasValue(768);
    }
}
