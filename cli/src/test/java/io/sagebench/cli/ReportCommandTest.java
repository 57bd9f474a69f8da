package io.sagebench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.benchmark.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `report` and `--save-format` on files that `compare` wrote from simulations.
class ReportCommandTest {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    @TempDir
    private Path directory = Path.of("unset");

    private final CommandLineHarness line = new CommandLineHarness(new Benchmark());

    @ParameterizedTest
    @ValueSource(strings = {"llm", "hybrid"})
    void printsTheTableThatTheRunPrinted(String mode) {
        String file = compare("a.json", "--mode", mode);
        String printed = line.out();
        assertThat(line.execute("report", file)).isZero();
        assertThat(printed).startsWith(beforeTheLatencies(line.out()));
        assertThat(line.out()).contains("Best ").contains("Validity: valid").contains("End-to-end latency, from 0 to ").containsPattern("fifo +[ \u2581-\u2588]+");
    }

    @Test
    void printsTheTableOfRepeats() {
        String file = compare("a.json", "--repeats", "3");
        String printed = line.out();
        assertThat(line.execute("report", file)).isZero();
        assertThat(printed).startsWith(beforeTheLatencies(line.out()));
    }

    /// `report` shows how latencies are spread below the table of the run.
    private static String beforeTheLatencies(String text) {
        return text.substring(0, text.indexOf(System.lineSeparator() + "End-to-end latency, from"));
    }

    @Test
    void showsWhatThereIsOfADamagedFileAndSaysWhatIsMissing() throws IOException {
        String whole = Files.readString(Path.of(compare("a.json")));
        Path half = Files.writeString(directory.resolve("half.json"), whole.substring(0, whole.length() * 2 / 3));
        assertThat(line.execute("report", half.toString())).isEqualTo(1);
        assertThat(line.out()).contains("Scheduling policy benchmark", "fifo", "only what comes before is shown");
        assertThat(line.err()).contains("half.json: the file ends in the middle or is damaged");
        Path newer = Files.writeString(directory.resolve("newer.json"), whole.replaceFirst("\"2.0\"", "\"9.1\""));
        assertThat(line.execute("report", newer.toString(), "--format", "markdown")).isEqualTo(1);
        assertThat(line.out()).contains("| Policy | SLO met |");
        assertThat(line.err()).contains("newer.json: the file has layout \"9.1\", which this program does not know");
        assertThat(line.execute("report", Files.writeString(directory.resolve("odd.json"), "{}").toString())).isEqualTo(2);
        assertThat(line.err()).contains("odd.json: is no results file");
    }

    @Test
    void showsASweepToo() {
        String file = directory.resolve("s.json").toString();
        assertThat(line.execute("sweep", "--simulate", "--rates", "10,20", "-n", "20", "-o", file)).isZero();
        assertThat(line.execute("report", file)).isZero();
        assertThat(line.out()).contains("Rate sweep", "The rates do not reach the limit: at 20 requests/s", "| fifo   | 10 req/s |");
    }

    @ParameterizedTest
    @ValueSource(strings = {"llm", "hybrid"})
    void printsTheSummaryThatTheRunWrote(String mode) throws IOException {
        String file = compare("a.json", "--mode", mode);
        assertThat(line.execute("report", file, "--format", "csv")).isZero();
        assertThat(line.out()).isEqualTo(Files.readString(directory.resolve("a_summary.csv")));
    }

    @Test
    void printsTheJsonAsItIs() throws IOException {
        String file = compare("a.json");
        assertThat(line.execute("report", file, "--format", "json")).isZero();
        assertThat(line.out()).isEqualTo(Files.readString(Path.of(file)));
        assertThat(line.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vllm", "sglang", "guidellm", "aiperf", "inference-perf", "llmperf", "mlperf"})
    void printsWhatAnotherToolWouldSay(String tool) {
        String file = compare("a.json");
        assertThat(line.execute("report", file, "--definitions", tool)).isZero();
        assertThat(line.out()).contains("fifo, as " + tool + " counts").contains("200 completed, 0 not");
    }

    @Test
    void savesTheLayoutOfVllm() throws IOException {
        String file = compare("a.json", "--save-format", "vllm");
        Path saved = saved("a.fifo-20.0qps-default-20260102-030405.json");
        JsonNode json = MAPPER.readTree(saved.toFile());
        assertThat(json.propertyNames()).containsSubsequence(
                "date", "endpoint_type", "backend", "label", "model_id", "tokenizer_id", "num_prompts", "request_rate", "burstiness",
                "max_concurrency", "duration", "completed", "failed", "total_input_tokens", "total_output_tokens", "request_throughput",
                "request_goodput", "output_throughput", "total_token_throughput", "max_output_tokens_per_s", "max_concurrent_requests",
                "rtfx", "mean_ttft_ms", "median_ttft_ms", "std_ttft_ms", "p99_ttft_ms", "mean_tpot_ms", "mean_itl_ms", "mean_e2el_ms",
                "p99_e2el_ms");
        for (String list : List.of("input_lens", "output_lens", "ttfts", "itls", "start_times", "errors")) {
            assertThat(json.path(list).size()).as(list).isEqualTo(200);
        }
        assertThat(json.path("ttfts").valueStream().mapToDouble(JsonNode::asDouble).average().orElseThrow() * 1000)
                .isEqualTo(json.path("mean_ttft_ms").asDouble(), within(1e-6));
        assertThat(json.path("itls").valueStream().flatMap(JsonNode::valueStream).mapToDouble(JsonNode::asDouble).average().orElseThrow() * 1000)
                .isEqualTo(json.path("mean_itl_ms").asDouble(), within(1e-6));
        assertThat(json.path("errors").valueStream().map(JsonNode::asString)).containsOnly("");
        assertThat(json.path("completed").asInt()).isEqualTo(200);
        assertThat(json.path("mean_e2el_ms").asDouble()).isEqualTo(
                MAPPER.readTree(Path.of(file).toFile()).at("/policy_results/fifo/metrics/from_send/e2e_latency_ms/avg").asDouble(),
                within(1e-6));
    }

    @Test
    void savesTheLayoutOfSglang() throws IOException {
        compare("a.json", "--save-format", "sglang");
        List<String> lines = Files.readAllLines(saved("a.sglang.jsonl"));
        assertThat(lines).hasSize(2);
        assertThat(MAPPER.readTree(lines.getFirst()).propertyNames()).contains(
                "input_lens", "output_lens", "ttfts", "itls", "errors", "cached_tokens");
        assertThat(MAPPER.readTree(lines.getFirst()).propertyNames()).containsSubsequence(
                "tag", "backend", "dataset_name", "request_rate", "max_concurrency", "sharegpt_output_len", "random_input_len",
                "random_output_len", "random_range_ratio", "server_info", "duration", "completed", "total_input_tokens",
                "total_input_text_tokens", "total_input_vision_tokens", "total_output_tokens", "total_output_tokens_retokenized",
                "request_throughput", "input_throughput", "output_throughput", "total_throughput", "mean_e2e_latency_ms",
                "median_e2e_latency_ms", "std_e2e_latency_ms", "p90_e2e_latency_ms", "p95_e2e_latency_ms", "p99_e2e_latency_ms", "mean_ttft_ms",
                "mean_tpot_ms", "mean_itl_ms", "concurrency", "accept_length", "max_output_tokens_per_s", "max_concurrent_requests");
    }

    @Test
    void savesTheLayoutOfGuidellm() throws IOException {
        String file = compare("a.json");
        assertThat(line.execute("report", file, "--save-format", "guidellm")).isZero();
        JsonNode json = MAPPER.readTree(saved("a.benchmarks.json").toFile());
        assertThat(json.at("/metadata/version").asInt()).isEqualTo(2);
        JsonNode first = json.at("/benchmarks/0");
        assertThat(first.propertyNames()).containsSubsequence(
                "type_", "config", "scheduler_state", "scheduler_metrics", "metrics", "requests", "start_time", "end_time", "duration",
                "warmup_duration", "cooldown_duration");
        assertThat(first.at("/metrics/time_to_first_token_ms/successful/percentiles").propertyNames()).containsExactly(
                "p001", "p01", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p99", "p999");
        assertThat(first.at("/requests/successful")).hasSize(200);
        assertThat(first.at("/requests/successful/0/info/timings").propertyNames()).contains("targeted_start", "request_start", "request_end");
        assertThat(line.execute("report", file, "--save-format", "guidellm")).as("it is there already").isEqualTo(2);
        assertThat(line.execute("report", file, "--save-format", "guidellm", "--force")).isZero();
    }

    @Test
    void saysAllThatIsWrongAtOnce() {
        assertThat(line.execute(
                        "report", directory.resolve("none.json").toString(), "--format", "tabel", "--definitions", "vlm", "--save-format",
                        "sgl"))
                .isEqualTo(2);
        assertThat(line.err())
                .contains("--format: must be one of table, json, csv, markdown, but is 'tabel'; did you mean 'table'?")
                .contains("--definitions: unknown tool 'vlm'; did you mean 'vllm'?")
                .contains("--save-format: unknown layout 'sgl'")
                .contains("none.json: there is no such file");
        assertThat(line.execute("run", "--simulate", "--save-format", "excel", "-o", directory.resolve("x.json").toString())).isEqualTo(2);
        assertThat(line.err()).contains("--save-format: unknown layout 'excel'; there are vllm, sglang, guidellm");
    }

    private Path saved(String name) {
        Path path = directory.resolve(name);
        assertThat(path).exists();
        return path;
    }

    private String compare(String name, String... more) {
        String file = directory.resolve(name).toString();
        var arguments = new ArrayList<>(
                List.of("compare", "-p", "fifo,priority", "--simulate", "-q", "-n", "200", "-r", "20", "-o", file));
        arguments.addAll(List.of(more));
        assertThat(line.execute(arguments.toArray(String[]::new))).as(line.err()).isZero();
        return file;
    }
}
