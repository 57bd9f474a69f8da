package io.sagebench.live.server.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.engine.EngineJob;
import io.sagebench.engine.EngineResult;
import io.sagebench.engine.Payload;
import io.sagebench.engine.sim.EngineStats;
import io.sagebench.engine.sim.SequenceReport;
import io.sagebench.engine.sim.SequenceReport.Ending;
import io.sagebench.request.Priority;
import io.sagebench.request.RequestId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    private static final String LABELS = "engine=\"0\",model_name=\"m\"";
    private static final EngineStats STATS =
            new EngineStats(2, 3, 0.25, 5, 1, 64, 16, 40, 16, 7, 3, 9, List.of(3L, 2L, 1L), false);

    private final EngineMetrics metrics = new EngineMetrics(4_096);

    @Test
    void tellsWhatTheEngineCounts() {
        assertThat(page())
                .contains("vllm:num_requests_running{" + LABELS + "} 2.0\n")
                .contains("vllm:num_requests_waiting{" + LABELS + "} 3.0\n")
                .contains("vllm:num_requests_waiting_by_reason{" + LABELS + ",reason=\"capacity\"} 3.0\n")
                .contains("vllm:kv_cache_usage_perc{" + LABELS + "} 0.25\n")
                .contains("vllm:num_preemptions_total{" + LABELS + "} 1.0\n")
                .contains("vllm:prefix_cache_queries_total{" + LABELS + "} 64.0\n")
                .contains("vllm:prefix_cache_hits_total{" + LABELS + "} 16.0\n")
                .contains("vllm:prompt_tokens_by_source_total{" + LABELS + ",source=\"local_compute\"} 24.0\n")
                .contains("vllm:prompt_tokens_by_source_total{" + LABELS + ",source=\"local_cache_hit\"} 16.0\n")
                .contains("vllm:generation_tokens_total{" + LABELS + "} 7.0\n")
                .contains("vllm:spec_decode_num_accepted_tokens_total{" + LABELS + "} 6.0\n")
                .contains("vllm:spec_decode_num_accepted_tokens_per_pos_total{" + LABELS + ",position=\"2\"} 1.0\n")
                .contains("vllm:cache_config_info{block_size=\"16\"," + LABELS + ",num_gpu_blocks=\"256\"} 1.0\n")
                .contains("vllm:engine_sleep_state{" + LABELS + ",sleep_state=\"awake\"} 1.0\n");
    }

    @Test
    void tellsTheLivesOfRequests() {
        var job = new EngineJob(new RequestId("r"), "m", Priority.NORMAL, 100, 5, Payload.NONE);
        metrics.ended(new SequenceReport(
                job,
                Ending.FINISHED,
                0,
                OptionalLong.of(400_000_000),
                OptionalLong.of(1_000_000_000),
                OptionalLong.of(1_400_000_000),
                64,
                5));
        metrics.completed(1_500_000_000, new EngineResult(100, 64, 5), 2, 8, FinishReason.STOP);
        assertThat(page())
                .contains("vllm:request_queue_time_seconds_sum{" + LABELS + "} 0.4\n")
                .contains("vllm:request_queue_time_seconds_bucket{" + LABELS + ",le=\"0.3\"} 0\n")
                .contains("vllm:request_queue_time_seconds_bucket{" + LABELS + ",le=\"0.5\"} 1\n")
                .contains("vllm:request_prefill_time_seconds_sum{" + LABELS + "} 0.6\n")
                .contains("vllm:request_decode_time_seconds_sum{" + LABELS + "} 0.4\n")
                .contains("vllm:request_inference_time_seconds_sum{" + LABELS + "} 1.0\n")
                .contains("vllm:request_time_per_output_token_seconds_sum{" + LABELS + "} 0.1\n")
                .contains("vllm:request_prefill_kv_computed_tokens_sum{" + LABELS + "} 36.0\n")
                .contains("vllm:e2e_request_latency_seconds_sum{" + LABELS + "} 1.5\n")
                .contains("vllm:request_prompt_tokens_sum{" + LABELS + "} 100.0\n")
                .contains("vllm:request_params_n_sum{" + LABELS + "} 2.0\n")
                .contains("vllm:request_params_max_tokens_sum{" + LABELS + "} 8.0\n")
                .contains("vllm:request_success_total{engine=\"0\",finished_reason=\"stop\",model_name=\"m\"} 1.0\n");
    }

    @Test
    void aCancelledSequenceHasNoPhases() {
        var job = new EngineJob(new RequestId("r"), "m", Priority.NORMAL, 100, 5, Payload.NONE);
        metrics.ended(new SequenceReport(
                job, Ending.CANCELLED, 0, OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3), 0, 2));
        assertThat(page()).contains("vllm:request_queue_time_seconds_count{" + LABELS + "} 0\n");
    }

    @Test
    void bucketsCountUpToAndWithTheirBound() {
        metrics.stepped(8);
        metrics.stepped(9);
        metrics.stepped(100_000);
        assertThat(page())
                .contains("# TYPE vllm:iteration_tokens_total histogram\n")
                .contains("vllm:iteration_tokens_total_bucket{" + LABELS + ",le=\"8.0\"} 1\n")
                .contains("vllm:iteration_tokens_total_bucket{" + LABELS + ",le=\"16.0\"} 2\n")
                .contains("vllm:iteration_tokens_total_bucket{" + LABELS + ",le=\"+Inf\"} 3\n");
    }

    @Test
    void bucketsOfTokenCountsEndWithTheContext() {
        assertThat(Buckets.oneTwoFive(500)).containsExactly(1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0);
        assertThat(Buckets.oneTwoFive(60)).endsWith(20.0, 50.0);
    }

    @Test
    void theReferencePageNamesEachMetricAndNoOther() throws Exception {
        String reference = Files.readString(Path.of("../docs/reference/mock-engine.md"));
        assertThat(names("`(vllm:[a-z0-9_]+)`", reference)).isEqualTo(names("# TYPE (vllm:[a-z0-9_]+) ", page()));
    }

    private static Set<String> names(String pattern, String text) {
        var names = new TreeSet<String>();
        Pattern.compile(pattern).matcher(text).results().forEach(found -> names.add(found.group(1)));
        return names;
    }

    private String page() {
        return new String(MetricsPage.of(new EngineFacts("m", 16, 256), STATS, SleepState.AWAKE, metrics).text(), UTF_8);
    }
}
