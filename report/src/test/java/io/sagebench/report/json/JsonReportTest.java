package io.sagebench.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.metrics.ClientHealth;
import io.sagebench.metrics.MetricsCollector;
import io.sagebench.report.BenchmarkReport;
import io.sagebench.report.RawResults;
import io.sagebench.report.RawResults.WindowRecord;
import io.sagebench.report.SampleReport;
import io.sagebench.request.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class JsonReportTest {
    private static final BenchmarkReport ONE_REQUEST = SampleReport.of(
            new RawResults.Inline(
                    List.of(new WindowRecord(SampleReport.WINDOW, SampleReport.request(1, new Outcome.Completed())))),
            SampleReport.policy("fifo", 95.2, 0.712, 3, 2, 1));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/timestamp", "/version", "/benchmark_type", "/config/num_requests", "/config/model_distribution",
                "/policy_results/fifo/policy", "/policy_results/fifo/start_time", "/policy_results/fifo/end_time",
                "/policy_results/fifo/metrics/request_counts/total", "/policy_results/fifo/metrics/request_counts/completed",
                "/policy_results/fifo/metrics/request_counts/failed", "/policy_results/fifo/metrics/request_counts/timeout",
                "/policy_results/fifo/metrics/throughput/duration_seconds",
                "/policy_results/fifo/metrics/throughput/requests_per_second",
                "/policy_results/fifo/metrics/throughput/tokens_per_second",
                "/policy_results/fifo/metrics/e2e_latency_ms/avg", "/policy_results/fifo/metrics/e2e_latency_ms/p50",
                "/policy_results/fifo/metrics/e2e_latency_ms/p95", "/policy_results/fifo/metrics/e2e_latency_ms/p99",
                "/policy_results/fifo/metrics/e2e_latency_ms/min", "/policy_results/fifo/metrics/e2e_latency_ms/max",
                "/policy_results/fifo/metrics/slo/compliance_rate", "/policy_results/fifo/metrics/slo/by_priority/HIGH",
                "/policy_results/fifo/metrics/errors/error_rate", "/policy_results/fifo/metrics/errors/timeout_rate",
                "/policy_results/fifo/metrics/metrics_by_priority/HIGH/total_requests",
                "/policy_results/fifo/metrics/metrics_by_priority/HIGH/completed_requests",
                "/policy_results/fifo/metrics/metrics_by_priority/HIGH/avg_latency_ms",
                "/policy_results/fifo/metrics/metrics_by_priority/HIGH/slo_compliance_rate",
                "/policy_results/fifo/metrics/ttft_ms/avg", "/policy_results/fifo/metrics/ttft_ms/p50",
                "/policy_results/fifo/metrics/ttft_ms/p95", "/policy_results/fifo/metrics/ttft_ms/p99",
                "/policy_results/fifo/metrics/tbt_ms/avg", "/policy_results/fifo/metrics/tbt_ms/p95",
                "/policy_results/fifo/metrics/metrics_by_model/llama-7b/avg_ttft_ms",
                "/policy_results/fifo/metrics/metrics_by_model/llama-7b/total_tokens",
                "/policy_results/fifo/raw_results/0/request_id", "/policy_results/fifo/raw_results/0/priority",
                "/policy_results/fifo/raw_results/0/slo_deadline_ms", "/policy_results/fifo/raw_results/0/send_time",
                "/policy_results/fifo/raw_results/0/completion_time", "/policy_results/fifo/raw_results/0/e2e_latency_ms",
                "/policy_results/fifo/raw_results/0/success", "/policy_results/fifo/raw_results/0/error",
                "/policy_results/fifo/raw_results/0/status_code", "/policy_results/fifo/raw_results/0/met_slo",
                "/policy_results/fifo/raw_results/0/metadata/index", "/policy_results/fifo/raw_results/0/model_name",
                "/policy_results/fifo/raw_results/0/first_token_time", "/policy_results/fifo/raw_results/0/ttft_ms",
                "/policy_results/fifo/raw_results/0/inter_token_latencies/0",
                "/policy_results/fifo/raw_results/0/output_token_count",
                "/policy_results/fifo/control_plane_metrics/queued", "/policy_results/fifo/gpu_metrics",
                "/summary/best_throughput", "/summary/best_slo_compliance", "/summary/best_p99_latency",
            })
    void keepsEveryPathOfTheFirstLayout(String path) throws IOException {
        assertThat(written(ONE_REQUEST).at(path).isMissingNode()).isFalse();
    }

    @Test
    void saysWhatMeasuredWhatFromWhichSeed() throws IOException {
        JsonNode json = written(ONE_REQUEST);
        assertThat(json.at("/version").asString()).isEqualTo("2.0");
        assertThat(json.at("/timestamp").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(json.at("/tool/commit").asString()).isEqualTo("abc1234");
        assertThat(json.at("/run/seed").asLong()).isEqualTo(42);
        assertThat(json.at("/run/host/cores").asInt()).isEqualTo(2);
        assertThat(json.at("/target/kind").asString()).isEqualTo("simulated");
        assertThat(json.at("/policy_results/fifo/policy_epoch").asInt()).isEqualTo(3);
        assertThat(json.at("/policy_results/fifo/start_time").asDouble()).isEqualTo(1_767_323_045.0);
    }

    @Test
    void writesNumbersInMilliseconds() throws IOException {
        JsonNode metrics = written(ONE_REQUEST).at("/policy_results/fifo/metrics");
        assertThat(metrics.at("/e2e_latency_ms/avg").asDouble()).isEqualTo(156.25);
        assertThat(metrics.at("/request_counts").toString())
                .isEqualTo("{\"total\":1000,\"completed\":994,\"failed\":3,\"timeout\":2,\"rejected\":1}");
        assertThat(metrics.at("/throughput/total_tokens_per_second").asDouble()).isEqualTo(600);
        assertThat(metrics.at("/validity/verdict").asString()).isEqualTo("valid");
    }

    @Test
    void writesNullForWhatIsNotKnownAndNamesIt() throws IOException {
        JsonNode json = written(ONE_REQUEST);
        assertThat(json.at("/policy_results/fifo/metrics/tbt_ms/avg").isNull()).isTrue();
        assertThat(json.at("/policy_results/fifo/gpu_metrics").isNull()).isTrue();
        assertThat(json.at("/unavailable").valueStream().map(JsonNode::asString))
                .containsExactly(
                        "target.url",
                        "target.health",
                        "policy_results.fifo.metrics.tbt_ms",
                        "policy_results.fifo.metrics.queue_ms",
                        "policy_results.fifo.metrics.fairness",
                        "policy_results.fifo.metrics.cost",
                        "policy_results.fifo.metrics.littles_law",
                        "policy_results.fifo.gpu_metrics");
    }

    @Test
    void withholdsAPercentileForWhichThereAreTooFewSamples() throws IOException {
        var few = new MetricsCollector();
        few.write(SampleReport.request(1, new Outcome.Completed()));
        JsonNode metrics = written(SampleReport.of(SampleReport.policy("fifo", few.metrics(1, ClientHealth.PERFECT))))
                .at("/policy_results/fifo/metrics");
        assertThat(metrics.at("/ttft_ms/p99_9").isNull()).isTrue();
        assertThat(metrics.at("/ttft_ms/withheld").asString()).isEqualTo("p99_9: 1 sample is too few, 2995 are needed");
        assertThat(metrics.at("/confidence/ttft_ms/p99").toString())
                .isEqualTo("{\"low\":null,\"high\":null,\"why\":\"1 sample is too few, 299 are needed\"}");
        assertThat(metrics.at("/steady/verdict").asString()).isEqualTo("too_short");
    }

    @Test
    void saysWhyAPolicyWasNotRunAndNeverCallsACeilingBest() throws IOException {
        JsonNode json = written(SampleReport.withCeilingAndNotRun());
        assertThat(json.at("/policy_results/vtc").toString()).isEqualTo("{\"not_run\":\"needs requests of several tenants\"}");
        assertThat(json.at("/policy_results/oracle_slo/ceiling").booleanValue()).isTrue();
        assertThat(json.at("/policy_results/fifo/ceiling").booleanValue()).isFalse();
        assertThat(json.at("/policy_results/fifo/degraded").asString()).isEqualTo("groups requests by model only");
        assertThat(json.at("/summary/best_slo_compliance").asString()).isEqualTo("fifo");
        assertThat(json.at("/summary/best_throughput").asString()).isEqualTo("fifo");
    }

    @Test
    void neverWritesWhatIsNotANumber() throws IOException {
        var report = SampleReport.of(SampleReport.policy("fifo", SampleReport.metrics(Double.POSITIVE_INFINITY, Double.NaN, 0, 0, 0)));
        assertThat(text(report)).doesNotContain("NaN").doesNotContain("Infinity");
        assertThat(written(report).at("/policy_results/fifo/metrics/slo/compliance_rate").isNull()).isTrue();
    }

    @Test
    void tellsPromptsAndTextsApartWhereBothAreSent() throws IOException {
        JsonNode json = written(SampleReport.hybrid());
        assertThat(json.at("/benchmark_type").asString()).isEqualTo("hybrid");
        JsonNode metrics = json.at("/policy_results/fifo/metrics");
        assertThat(metrics.at("/llm/request_counts/total").longValue()).isEqualTo(700);
        assertThat(metrics.at("/llm/throughput/requests_per_second").doubleValue()).isEqualTo(63);
        assertThat(metrics.at("/llm/slo_compliance_rate").doubleValue()).isEqualTo(0.9);
        assertThat(metrics.at("/llm/ttft_ms/avg").doubleValue()).isEqualTo(156.25);
        assertThat(metrics.at("/embedding/throughput/texts_per_second").doubleValue()).isEqualTo(108);
        assertThat(metrics.at("/embedding/batch/avg_size").doubleValue()).isEqualTo(4);
        assertThat(metrics.at("/embedding/batch/efficiency").isNull()).as("a client cannot see it").isTrue();
        assertThat(metrics.at("/mixed_workload/llm_ratio_actual").doubleValue()).isEqualTo(0.7);
        assertThat(metrics.at("/metrics_by_request_type/embedding/total_texts_embedded").longValue()).isEqualTo(1200);
        assertThat(metrics.at("/metrics_by_request_type/embedding").has("avg_ttft_ms")).isFalse();
        assertThat(json.at("/summary/best_llm_throughput").asString()).isEqualTo("hybrid");
        assertThat(json.at("/summary/best_embedding_throughput").asString()).isEqualTo("hybrid");
        assertThat(written(ONE_REQUEST).at("/policy_results/fifo/metrics").has("llm")).isFalse();
    }

    @Test
    void writesEveryMomentOfARequest() throws IOException {
        JsonNode request = written(ONE_REQUEST).at("/policy_results/fifo/raw_results/0");
        assertThat(request.toString())
                .isEqualTo("{\"request_id\":\"r1\",\"policy\":\"fifo\",\"repeat\":1,\"request_type\":\"llm_chat\",\"model_name\":\"llama-7b\",\"priority\":\"HIGH\","
                        + "\"slo_deadline_ms\":500.0,\"send_time\":1.7673230450105E9,\"first_token_time\":1.76732304502E9,"
                        + "\"completion_time\":1.76732304505E9,\"e2e_latency_ms\":40.0,\"ttft_ms\":10.0,"
                        + "\"inter_token_latencies\":[10.0,20.0],\"event_tokens\":[1,1,2],\"success\":true,\"error\":null,"
                        + "\"status_code\":200,\"met_slo\":true,\"metadata\":{\"index\":1},\"outcome\":\"completed\",\"detail\":null,"
                        + "\"intended_ms\":10.0,\"sent_ms\":10.5,\"first_token_ms\":20.0,\"last_content_ms\":50.0,\"ended_ms\":60.0,\"first_chunk_ms\":15.0,\"last_chunk_ms\":55.0,"
                        + "\"send_lag_ms\":0.5,\"tpot_ms\":10.0,\"output_token_count\":4,\"output_token_source\":\"usage\","
                        + "\"output_tokens_asked\":4,\"prompt_tokens_asked\":7,\"prompt_token_count\":7,\"prompt_token_source\":\"usage\","
                        + "\"cached_prompt_token_count\":null,\"instance\":\"engine-1\",\"policy_epoch\":3,\"queue_ms\":2.0}");
    }

    @Test
    void writesWallClockTimesExactlyAndWithoutExponents() throws IOException {
        assertThat(text(ONE_REQUEST)).contains("\"send_time\": 1767323045.0105,").contains("\"start_time\": 1767323045.0,");
    }

    @Test
    void namesTheRecordsFileWhenThereAreTooManyRequests() throws IOException {
        var report = SampleReport.of(SampleReport.policy("fifo", 1, 1, 0, 0, 0));
        assertThat(written(report).at("/policy_results/fifo/raw_results/records_file").asString()).isEqualTo("requests.jsonl");
    }

    @Test
    void listsTiesAndNamesNobodyWhenNothingSucceeded() throws IOException {
        var tie = SampleReport.of(SampleReport.policy("a", 1, 1, 0, 0, 0), SampleReport.policy("b", 1, 0.5, 0, 0, 0));
        assertThat(written(tie).at("/summary/best_throughput").asString()).isEqualTo("a");
        assertThat(written(tie).at("/summary/tied/best_throughput").toString()).isEqualTo("[\"a\",\"b\"]");
        assertThat(written(tie).at("/summary/tied/best_slo_compliance").isMissingNode()).isTrue();

        var failed = SampleReport.of(SampleReport.policy("a", 0, 0, 1000, 0, 0));
        assertThat(written(failed).at("/summary").toString())
                .isEqualTo("{\"best_throughput\":\"\",\"best_slo_compliance\":\"\",\"best_p99_latency\":\"\"}");
    }

    @Test
    void explainsItsTermsAndWhatChanged() throws IOException {
        JsonNode definitions = written(ONE_REQUEST).at("/definitions");
        assertThat(definitions.at("/ttft_ms").asString()).contains("intended");
        assertThat(definitions.at("/changed_since_1_0").size()).isGreaterThan(5);
    }

    @Test
    void indentsByTwo() throws IOException {
        assertThat(text(ONE_REQUEST)).startsWith("{\n  \"timestamp\": \"2026-01-02T03:04:05Z\",\n").endsWith("}\n");
    }

    private static JsonNode written(BenchmarkReport report) throws IOException {
        return Json.MAPPER.readTree(text(report));
    }

    private static String text(BenchmarkReport report) throws IOException {
        var out = new ByteArrayOutputStream();
        new JsonReport(report).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
