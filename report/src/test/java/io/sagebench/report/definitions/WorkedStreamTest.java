package io.sagebench.report.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.report.results.StoredRequest;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// One stream, and what each tool makes of it: intended at 0, sent at 10 ms; an empty piece with the role at 100, "A" at 200, "B C" (two tokens) at 260,
/// "D" at 300, an empty piece with the finish reason at 301, usage of 4 tokens at 302, `[DONE]` at 310.
class WorkedStreamTest {
    static final StoredRequest STREAM = new StoredRequest(
            "r1", "fifo", 1, 0, "llm_chat", "llama", true, Optional.empty(), true, 0, 0, OptionalDouble.of(10),
            OptionalDouble.of(100), List.of(200.0, 260.0, 300.0), List.of(1, 2, 1), OptionalDouble.of(301),
            OptionalDouble.of(300), 310, 7, 7, OptionalInt.empty(), 4, true, 4, 0, OptionalDouble.empty());

    @Test
    void vllm() {
        assertThat(figure("vllm", "ttft")).containsExactly(new double[] {0.090}, within(1e-9));
        assertThat(figure("vllm", "e2el")).containsExactly(new double[] {0.291}, within(1e-9));
        assertThat(figure("vllm", "tpot")).containsExactly(new double[] {0.067}, within(1e-9));
        assertThat(figure("vllm", "itl")).containsExactly(new double[] {0.100, 0.060, 0.040, 0.001}, within(1e-9));
    }

    @Test
    void sglang() {
        assertThat(figure("sglang", "ttft")).containsExactly(new double[] {0.190}, within(1e-9));
        assertThat(figure("sglang", "e2e_latency")).containsExactly(new double[] {0.300}, within(1e-9));
        assertThat(figure("sglang", "tpot")).containsExactly(new double[] {0.11 / 3}, within(1e-9));
        assertThat(figure("sglang", "itl")).containsExactly(new double[] {0.060, 0.040}, within(1e-9));
    }

    @Test
    void guidellm() {
        assertThat(figure("guidellm", "time_to_first_token")).containsExactly(new double[] {0.190}, within(1e-9));
        assertThat(figure("guidellm", "time_per_output_token")).containsExactly(new double[] {0.0725}, within(1e-9));
        assertThat(figure("guidellm", "inter_token_latency")).containsExactly(new double[] {0.1 / 3}, within(1e-9));
    }

    @Test
    void aiperf() {
        assertThat(figure("aiperf", "time_to_first_token")).containsExactly(new double[] {0.190}, within(1e-9));
        assertThat(figure("aiperf", "request_latency")).containsExactly(new double[] {0.290}, within(1e-9));
        assertThat(figure("aiperf", "inter_token_latency")).containsExactly(new double[] {0.1 / 3}, within(1e-9));
        assertThat(figure("aiperf", "inter_chunk_latency")).containsExactly(new double[] {0.060, 0.040}, within(1e-9));
    }

    @Test
    void inferencePerf() {
        assertThat(figure("inference-perf", "inter_token_latency")).containsExactly(new double[] {0.060, 0, 0.040}, within(1e-9));
        assertThat(figure("inference-perf", "time_per_output_token")).containsExactly(new double[] {0.1 / 3}, within(1e-9));
    }

    @Test
    void llmperf() {
        assertThat(figure("llmperf", "inter_token_latency")).containsExactly(new double[] {0.0725}, within(1e-9));
    }

    @Test
    void mlperf() {
        assertThat(figure("mlperf", "ttft")).as("from the scheduled time").containsExactly(new double[] {0.200}, within(1e-9));
        assertThat(figure("mlperf", "tpot")).containsExactly(new double[] {0.1 / 3}, within(1e-9));
    }

    @Test
    void theMedianOfOneToFourDependsOnTheTool() {
        var distribution = new Distribution();
        for (int i = 1; i <= 4; i++) {
            distribution.add(i, 1);
        }
        assertThat(Tools.named("vllm").orElseThrow().percentile(distribution, 50)).isEqualTo(2.5);
        assertThat(Tools.named("guidellm").orElseThrow().percentile(distribution, 50)).isEqualTo(2);
    }

    private static double[] figure(String tool, String name) {
        var figures = new ToolFigures(Tools.named(tool).orElseThrow());
        figures.take(STREAM);
        return figures.figures().of(name).orElseThrow().samples();
    }
}
