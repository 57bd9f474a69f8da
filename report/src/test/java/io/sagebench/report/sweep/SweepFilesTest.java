package io.sagebench.report.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.MeasuredWindow;
import io.sagebench.report.NotRun;
import io.sagebench.report.RawResults;
import io.sagebench.report.SampleReport;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.report.terminal.SweepTable;
import io.sagebench.report.terminal.TerminalStyle;
import io.sagebench.request.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SweepFilesTest {
    private static final MeasuredWindow WINDOW = new MeasuredWindow("a/b", 1, 0, SampleReport.BEGAN);

    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void keysTheFileOfAPolicyByTheRateAsText() throws IOException {
        var files = files(directory, 10);
        files.at(10).open(WINDOW).write(SampleReport.request(1, new Outcome.Completed()));
        List<Path> written = files.finish(report(files));

        assertThat(written).extracting(path -> directory.relativize(path).toString())
                .containsExactly("sweep_20260102_030405.json", "rate_sweep_llm_a%2Fb.json");
        JsonNode rates = read(written.getLast());
        assertThat(rates.propertyNames()).containsExactly("0.5", "10.0");
        assertThat(rates.get("10.0").propertyNames())
                .containsExactly(
                        "policy", "ceiling", "start_time", "end_time", "policy_epoch", "metrics", "control_plane_metrics", "gpu_metrics",
                        "raw_results");
        assertThat(rates.at("/10.0/metrics/throughput/requests_per_second").doubleValue()).isEqualTo(95);
        assertThat(rates.get("10.0").get("raw_results")).hasSize(1);
        assertThat(rates.get("0.5").get("cut_short").booleanValue()).isTrue();
    }

    @Test
    void tellsEverythingElseBesideThem() throws IOException {
        var files = files(directory, 10);
        JsonNode all = read(files.finish(report(files)).getFirst());
        assertThat(all.propertyNames())
                .containsExactly(
                        "timestamp", "version", "benchmark_type", "tool", "run", "target", "config", "rates", "throughput_vs_rate", "knee",
                        "not_run", "files", "success", "error", "definitions");
        assertThat(all.at("/throughput_vs_rate/a~1b/0/rate").doubleValue()).isEqualTo(0.5);
        assertThat(all.at("/throughput_vs_rate/a~1b/1/requests_per_second").doubleValue()).isEqualTo(95);
        assertThat(all.at("/knee/a~1b/rate").doubleValue()).isEqualTo(10);
        assertThat(all.at("/files/a~1b").stringValue()).isEqualTo("rate_sweep_llm_a%2Fb.json");
        assertThat(all.at("/not_run/vtc").stringValue()).isEqualTo("needs tenants");
        assertThat(all.at("/definitions/knee").stringValue()).isEqualTo(Knee.RULE);
    }

    @Test
    void givesANumberToANameThatIsTaken() throws IOException {
        var first = files(directory, 10);
        first.finish(report(first));
        var second = files(directory, 10);
        assertThat(second.finish(report(second))).extracting(path -> directory.relativize(path).toString())
                .containsExactly("sweep_20260102_030405_2.json", "rate_sweep_llm_a%2Fb_2.json");
    }

    @Test
    void refusesANameThatWasGivenAndIsTaken() throws IOException {
        Path place = directory.resolve("mine.json");
        var files = files(place, 10);
        assertThat(files.taken(List.of("a/b"))).isEmpty();
        assertThat(files.finish(report(files))).containsExactly(place, directory.resolve("mine_rate_sweep_llm_a%2Fb.json"));
        assertThat(files(place, 10).taken(List.of("a/b"))).containsExactly(place, directory.resolve("mine_rate_sweep_llm_a%2Fb.json"));
    }

    @Test
    void writesManyRequestsToAFileForEachPolicyAndRate() throws IOException {
        var files = files(directory, RawResults.MOST_INLINE + 1);
        files.at(10).open(WINDOW).write(SampleReport.request(1, new Outcome.Completed()));
        List<Path> written = files.finish(report(files));
        String name = "requests_20260102_030405_a%2Fb_10.0.jsonl";
        assertThat(Files.readAllLines(directory.resolve(name))).hasSize(1);
        assertThat(read(written.getLast()).get("10.0").get("raw_results").get("records_file").stringValue()).isEqualTo(name);
    }

    @Test
    void leavesNothingWhenThereIsNothingToReport() throws IOException {
        var files = files(directory, RawResults.MOST_INLINE + 1);
        files.at(10).open(WINDOW).write(SampleReport.request(1, new Outcome.Completed()));
        files.discard();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void printsATableAndTheKnee() {
        var files = files(directory, 10);
        String text = new SweepTable(report(files), new ConfigLine("1000 requests at each rate", "", List.of("llama-7b")), TerminalStyle.PLAIN).text();
        assertThat(text.replace(System.lineSeparator(), "\n"))
                .isEqualTo(
                        """
                        Target: simulated (virtual time), 3 x qwen2.5-0.5b-a100
                        Config: 1000 requests at each rate
                        Models: llama-7b

                        Rate sweep: a/b
                        | Rate                  | Throughput | P99 E2E | SLO Rate | Errors |
                        |-----------------------|------------|---------|----------|--------|
                        | 0.5 req/s (cut short) | 60.0 req/s | 423 ms  | 90.0%    | 0.0%   |
                        | 10 req/s              | 95.0 req/s | 423 ms  | 99.0%    | 0.0%   |

                        Knee: a/b serves 10 req/s, the highest rate measured: its limit lies beyond
                        Not run: vtc needs tenants
                        """);
    }

    private static SweepFiles files(Path place, long requests) {
        return new SweepFiles(place, "llm", SampleReport.BEGAN, false, requests);
    }

    private static SweepReport report(SweepFiles files) {
        var any = SampleReport.of();
        return new SweepReport(
                any.tool(),
                any.run(),
                any.target(),
                Map.of("num_requests", 1000),
                false,
                List.of(10.0, 0.5),
                List.of(new PolicySweep(
                        "a/b",
                        List.of(
                                new RateResult(10, SampleReport.policy("a/b", 95, 0.99, 0, 0, 0), false, files.raw(10, "a/b")),
                                new RateResult(0.5, SampleReport.policy("a/b", 60, 0.9, 0, 0, 0), true, files.raw(0.5, "a/b"))))),
                List.of(NotRun.needs("vtc", "tenants")),
                Optional.empty());
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(file));
    }
}
