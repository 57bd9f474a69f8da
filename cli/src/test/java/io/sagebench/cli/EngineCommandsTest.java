package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.benchmark.LocalServing;
import io.sagebench.report.engine.EngineJson;
import io.sagebench.report.engine.EngineSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `engine run`, `engine report` and `engine workload-template`, with a real mock engine behind a real port.
class EngineCommandsTest {
    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness(new LocalServing(_ -> {}), 80);

    private int mock(String... more) {
        var arguments = new ArrayList<>(List.of(
                "engine", "run", "--backend", "mock", "--mock-ttft-ms", "2", "--mock-tbt-ms", "1", "-o", directory.resolve("out").toString()));
        arguments.addAll(List.of(more));
        return line.execute(arguments.toArray(String[]::new));
    }

    private EngineSummary summary() throws IOException {
        return EngineJson.read(Files.readString(directory.resolve("out/benchmark_summary.json")), "") instanceof EngineJson.Reading.Read(EngineSummary read)
                ? read
                : new EngineSummary(Map.of(), Map.of(), Optional.empty());
    }

    @Test
    void anInjectedDelayComesOnTopOfTheTimeToTheFirstToken() throws IOException {
        assertThat(line.execute("engine", "run", "--backend", "mock", "--mock-ttft-ms", "300", "--mock-tbt-ms", "1", "--faults", "delay:200ms",
                        "--workload", "short", "--num-requests", "1", "-o", directory.resolve("out").toString()))
                .as(line.err())
                .isZero();
        var metrics = summary().workloads().get("short_input");
        assertThat(metrics).isNotNull();
        assertThat(metrics.value("avg_ttft_ms").orElseThrow()).isGreaterThanOrEqualTo(500 - 1);
    }

    @Test
    void theThreeWorkloadsGiveTheDocumentedFiles() throws IOException {
        assertThat(mock("--workload", "year1", "--output-json", directory.resolve("deep/r.json").toString())).as(line.err()).isZero();
        for (String file : List.of(
                "benchmark_summary.json", "short_input_metrics.json", "long_input_metrics.json", "stress_test_metrics.json", "REPORT.md", "config.json")) {
            assertThat(directory.resolve("out").resolve(file)).exists();
        }
        assertThat(summary().totalRequests()).isEqualTo(18);
        assertThat(summary().successfulRequests()).isEqualTo(18);
        for (String workload : List.of("short_input", "long_input", "stress_test")) {
            var metrics = summary().workloads().get(workload);
            assertThat(metrics).isNotNull();
            assertThat(metrics.count("total_input_tokens")).isEqualTo(metrics.count("requested_input_tokens"));
            assertThat(metrics.count("total_output_tokens")).isEqualTo(metrics.count("requested_output_tokens"));
            assertThat(metrics.value("evict_count")).hasValue(0);
        }
        assertThat(Files.readString(directory.resolve("deep/r.json"))).startsWith("{\n  \"short_input\": {\n    \"avg_ttft_ms\": ");
        assertThat(line.out()).startsWith("Benchmark Summary\n").contains("| short_input | 5        | 0      |", "Throughput Metrics (vLLM/SGLang Compatible)");
        assertThat(Files.readString(directory.resolve("out/config.json"))).contains("\"backend\": \"mock\"", "\"workload\": \"year1\"", "\"simulated\": true");
    }

    @Test
    void singleFailuresAreCountedAndFailNothing() throws IOException {
        assertThat(mock("--workload", "short", "--num-requests", "40", "--mode", "batch", "--faults", "error:500@20%")).isZero();
        var metrics = summary().workloads().get("short_input");
        assertThat(metrics).isNotNull();
        assertThat(metrics.count("total_requests")).isEqualTo(40);
        assertThat(metrics.count("failed_requests")).isPositive().isLessThan(40);
        assertThat(metrics.value("error_rate").orElseThrow()).isEqualTo(metrics.count("failed_requests") / 40.0);
    }

    @Test
    void anEngineThatFailsEveryRequestIsSaidToAndEndsWithOne() throws IOException {
        assertThat(mock("--workload", "stress", "--faults", "error:500@100%")).isEqualTo(1);
        assertThat(line.err()).contains("No request succeeded: all 10 failed.");
        assertThat(line.out()).contains("10 of 10 requests failed: http_error (500");
        assertThat(summary().totalRequests()).isEqualTo(10);
        assertThat(summary().failedRequests()).isEqualTo(10);
    }

    @Test
    void repeatsStandBesideTheWhole() throws IOException {
        assertThat(mock("--workload", "short", "--num-requests", "2", "--repeats", "3", "--warmup", "0")).isZero();
        assertThat(summary().totalRequests()).isEqualTo(6);
        assertThat(summary().measurements("short_input")).hasSize(3);
    }

    @Test
    void anInterruptBeforeAnythingWasMeasuredLeavesNothing() {
        line.interruptAtOnce = true;
        assertThat(mock("--workload", "short")).isEqualTo(130);
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aServerNeedsItsAddress() {
        assertThat(line.execute("engine", "run", "--backend", "vllm", "-o", directory.resolve("out").toString())).isEqualTo(2);
        assertThat(line.err()).startsWith("--backend vllm: needs --url");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void aServerThatIsNotThereIsSaid() {
        assertThat(line.execute("engine", "run", "--backend", "openai", "--url", "http://127.0.0.1:1", "-o", directory.resolve("out").toString())).isEqualTo(3);
        assertThat(line.err()).contains("no server answers at http://127.0.0.1:1");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void reportBeforeARunSaysWhatToDo() {
        Path missing = directory.resolve("benchmark_summary.json");
        assertThat(line.execute("engine", "report", "--input", missing.toString())).isEqualTo(1);
        assertThat(line.err()).contains("File not found: " + missing).contains("Run the benchmark first");
        assertThat(line.out()).isEmpty();
    }

    @Test
    void whatIsNoJsonIsSaid() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"workloads\": ");
        assertThat(line.execute("engine", "report", "-i", broken.toString())).isEqualTo(1);
        assertThat(line.err()).contains("Invalid JSON file: " + broken);
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "markdown", "csv", "html"})
    void reportPrintsNothingButTheReport(String format) throws IOException {
        Path file = Files.writeString(directory.resolve("s.json"), "{\"workloads\": {\"short_input\": {\"total_requests\": 5, \"successful_requests\": 5,"
                + " \"failed_requests\": 0, \"avg_ttft_ms\": 45.2, \"output_throughput_tps\": 80.0}}, \"overall\": {}}");
        assertThat(line.execute("engine", "report", "-i", file.toString(), "--format", format)).isZero();
        assertThat(line.err()).isEmpty();
        assertThat(line.out()).contains("short_input").contains("45.2").doesNotContain("\u001B");
        if (format.equals("json")) {
            assertThat(EngineJson.read(line.out(), "")).isInstanceOf(EngineJson.Reading.Read.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "yaml"})
    void theTemplateRuns(String format) {
        Path file = directory.resolve("own." + format);
        assertThat(line.execute("engine", "workload-template", "-o", file.toString())).isZero();
        assertThat(mock("--workload-file", file.toString(), "--num-requests", "2")).as(line.err()).isZero();
        assertThat(line.out()).contains("custom_short", "custom_streaming", "custom_batch");
        assertThat(line.execute("engine", "workload-template", "-o", file.toString())).isEqualTo(2);
        assertThat(line.err()).contains("is there already");
    }

    @Test
    void theNameItHasAloneHasItsVersionAndItsPhrase() {
        assertThat(line.execute("engine", "--version")).isZero();
        assertThat(line.out()).startsWith("sagellm-benchmark, version 1.2.3");
        assertThat(line.execute("engine", "--help")).isZero();
        assertThat(line.out()).contains("sageLLM Benchmark Suite");
    }
}
