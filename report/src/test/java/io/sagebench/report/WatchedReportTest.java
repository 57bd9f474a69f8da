package io.sagebench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.monitor.GpuUse;
import io.sagebench.monitor.MachineUse;
import io.sagebench.monitor.ScrapeUse;
import io.sagebench.report.csv.SummaryCsv;
import io.sagebench.report.json.JsonReport;
import io.sagebench.report.markdown.MarkdownReport;
import io.sagebench.report.results.ReportReader;
import io.sagebench.report.results.ResultsFile;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.terminal.ComparisonTable;
import io.sagebench.report.terminal.ComparisonTable.ConfigLine;
import io.sagebench.report.terminal.TerminalStyle;
import io.sagebench.report.view.DeviceSamples;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What was seen of machines, in each form of the report.
class WatchedReportTest {
    @TempDir
    private Path folder;

    private static JsonNode json(BenchmarkReport report) throws IOException {
        var out = new ByteArrayOutputStream();
        new JsonReport(report).write(out);
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8)).at("/policy_results/fifo");
    }

    private static ComparisonTable table(BenchmarkReport report) {
        return new ComparisonTable(report, new ConfigLine("1000 requests @ 100 req/s", "", List.of("default")), TerminalStyle.PLAIN);
    }

    @Test
    void theJsonHasTheNamesOfTheFirstLayoutAndOurs() throws IOException {
        JsonNode gpus = json(WatchedReport.measured()).path("gpu_metrics");
        assertThat(gpus.at("/utilization/avg").asDouble()).isEqualTo(70);
        assertThat(gpus.at("/utilization/max").asDouble()).isEqualTo(90);
        assertThat(gpus.at("/utilization/min").asDouble()).isEqualTo(50);
        assertThat(gpus.at("/memory/used_avg_mb").asDouble()).isEqualTo(2_000);
        assertThat(gpus.at("/memory/used_max_mb").asDouble()).isEqualTo(3_000);
        assertThat(gpus.at("/memory/percent_avg").asDouble()).isEqualTo(50);
        assertThat(gpus.at("/temperature/avg_celsius").isNull()).isTrue();
        assertThat(gpus.at("/power/avg_watts").asDouble()).isEqualTo(200);
        assertThat(gpus.at("/power/max_watts").asDouble()).isEqualTo(300);
        assertThat(gpus.at("/samples").asInt()).isEqualTo(2);
        assertThat(gpus.at("/duration_seconds").asDouble()).isEqualTo(10);
        assertThat(gpus.at("/source").asString()).isEqualTo("nvml");
        assertThat(gpus.at("/host").asString()).isEqualTo("gpu-box");
        assertThat(gpus.at("/synthetic").asBoolean()).isFalse();
        assertThat(gpus.at("/energy_joules").asDouble()).isCloseTo(2_000, within(1e-6));
        assertThat(gpus.at("/energy_source").asString()).isEqualTo("integrated_power");
        double tokens = SampleReport.metrics(95.2, 0.712, 3, 2, 1).tokens().output();
        assertThat(gpus.at("/joules_per_output_token").asDouble()).isCloseTo(2_000 / tokens, within(1e-9));
        assertThat(gpus.at("/tokens_per_joule").asDouble()).isCloseTo(tokens / 2_000, within(1e-9));
        assertThat(gpus.at("/devices/0/device").asString()).isEqualTo("0: <script>GPU");
        assertThat(gpus.at("/devices/0/memory_total_mb").asDouble()).isEqualTo(4_000);
    }

    @Test
    void theJsonHasTheHostAndThePages() throws IOException {
        JsonNode policy = json(WatchedReport.measured());
        assertThat(policy.at("/host_metrics/cpu_percent/avg").asDouble()).isEqualTo(20);
        assertThat(policy.at("/host_metrics/process_cpu_percent/max").asDouble()).isEqualTo(10);
        assertThat(policy.at("/host_metrics/network_sent_bytes").isNull()).as("one sample tells no growth").isTrue();
        assertThat(policy.at("/scraped/0/kind").asString()).isEqualTo("vllm");
        assertThat(policy.at("/scraped/0/failures").asInt()).isEqualTo(1);
        assertThat(policy.at("/scraped/0/kv_cache_percent/max").asDouble()).isEqualTo(25);
    }

    @Test
    void whatWasNotWatchedIsNullAsBefore() throws IOException {
        JsonNode policy = json(SampleReport.of(SampleReport.policy("fifo", 95.2, 0.712, 3, 2, 1)));
        assertThat(policy.path("gpu_metrics").isNull()).isTrue();
        assertThat(policy.has("host_metrics")).isFalse();
        assertThat(policy.has("scraped")).isFalse();
    }

    @Test
    void madeUpFiguresSaySoInEveryForm() throws IOException, Unusable {
        BenchmarkReport report = WatchedReport.madeUp();
        assertThat(json(report).at("/gpu_metrics/synthetic").asBoolean()).isTrue();
        List<String> csv = new SummaryCsv(report).text().lines().toList();
        assertThat(csv.getFirst()).endsWith("gpu_source,gpu_synthetic");
        assertThat(csv.get(1)).endsWith("mock,true");
        assertThat(table(report).text().lines().filter(line -> line.contains("GPU (") || line.contains("70/90%")))
                .hasSize(2)
                .allMatch(line -> line.contains("SYNTHETIC"));
        String markdown = MarkdownReport.text(ResultsView.read(written(report).report()), List.of());
        assertThat(markdown.lines().filter(line -> line.contains("70"))).isNotEmpty();
        assertThat(markdown).containsIgnoringCase("synthetic");
    }

    @Test
    void measuredFiguresStandInATableOfTheirOwn() {
        assertThat(table(WatchedReport.measured()).text())
                .contains("GPU (nvml on gpu-box)")
                .contains("| Policy | Util Avg/Max | Mem Avg/Max   | Temp Avg | Power Avg | J/Token |")
                .contains("| fifo   | 70/90%       | 2000/3000 MiB | -        | 200 W     |")
                .contains("Not scraped: fifo: http://gpu-box:8000/metrics 1 of 2 times: it answered with status 500");
        assertThat(table(SampleReport.of(SampleReport.policy("fifo", 1, 1, 0, 0, 0))).text()).doesNotContain("GPU");
    }

    @Test
    void theCsvHasTheDocumentedColumnsAndEmptyCellsWhereNothingWasWatched() {
        PolicyReport plain = SampleReport.policy("priority", 95.2, 0.712, 3, 2, 1);
        BenchmarkReport report = SampleReport.of(WatchedReport.policy("fifo", WatchedReport.window("nvml", false)), plain);
        List<String> lines = new SummaryCsv(report).text().lines().toList();
        assertThat(lines.getFirst()).endsWith("busy_usd,gpu_utilization_avg,gpu_utilization_max,gpu_memory_avg_mb,gpu_memory_max_mb,"
                + "gpu_power_avg_watts,gpu_energy_joules,gpu_source,gpu_synthetic");
        assertThat(lines.get(1)).endsWith(",70,90,2000,3000,200,2000,nvml,false");
        assertThat(lines.get(2)).endsWith(",,,,,,,,");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReportThatIsReadBackSaysTheSame(boolean madeUp) throws IOException, Unusable {
        BenchmarkReport report = madeUp ? WatchedReport.madeUp() : WatchedReport.measured();
        Path file = folder.resolve("report.json");
        new JsonReport(report).write(file, false);
        MachineUse read = new ReportReader(ResultsFile.read(file)).report().policies().getFirst().machines();
        GpuUse before = report.policies().getFirst().machines().gpus().orElseThrow();
        GpuUse after = read.gpus().orElseThrow();
        assertThat(after.sourceLine()).isEqualTo(before.sourceLine());
        assertThat(after.figures().utilization()).isEqualTo(before.figures().utilization());
        assertThat(after.energy()).isEqualTo(before.energy());
        assertThat(after.devices()).extracting(GpuUse.Device::label).containsExactly("0: <script>GPU");
        ScrapeUse page = read.scraped().getFirst();
        assertThat(List.of(page.url(), page.kind(), page.samples(), page.failures(), page.lastFailure().orElse("")))
                .isEqualTo(List.of("http://gpu-box:8000/metrics", "vllm", 1L, 1L, "it answered with status 500"));
        assertThat(page.kvCachePercent()).hasValueSatisfying(full -> assertThat(full.most()).isEqualTo(25));
    }

    private ReportNames written(BenchmarkReport report) throws IOException {
        ReportNames names = ReportNames.at(folder.resolve("run.json"), SampleReport.BEGAN);
        ReportFiles files = ReportFiles.begin(names, false);
        files.watched(SampleReport.WINDOW, WatchedReport.window("mock", true));
        files.finish(report);
        return names;
    }

    @Test
    void theSamplesLieBesideTheReportWhichNamesThem() throws IOException {
        ReportNames names = written(WatchedReport.madeUp());
        assertThat(names.monitor()).hasFileName("run_monitor.jsonl");
        List<String> lines = Files.readAllLines(names.monitor());
        assertThat(lines).hasSize(5);
        assertThat(lines.getFirst())
                .startsWith("{\"policy\":\"fifo\",\"repeat\":1,\"at_ms\":0.0,\"time\":1767323045")
                .contains("\"kind\":\"gpu\",\"source\":\"mock\",\"synthetic\":true,\"host\":\"gpu-box\",\"device\":\"0: <script>GPU\"");
        assertThat(lines.stream().map(line -> JsonMapper.shared().readTree(line).path("kind").asString()))
                .containsExactly("gpu", "scrape", "host", "missed", "gpu");
        assertThat(JsonMapper.shared().readTree(Files.readString(names.report())).path("monitor_file").asString()).isEqualTo("run_monitor.jsonl");
    }

    @Test
    void aViewOfTheReportHasTheSamplesOfItsDevices() throws IOException, Unusable {
        ResultsView view = ResultsView.read(written(WatchedReport.madeUp()).report());
        assertThat(view.policies().getFirst().devices()).containsExactly(new DeviceSamples(
                "0: <script>GPU", "mock", true, Values.of(0, 10), Values.of(50, 90), Values.of(1_000, 3_000), Values.of(4_000, 4_000),
                Values.of(100, 300)));
        assertThat(view.gaps()).noneMatch(gap -> gap.contains("watched"));
    }

    @Test
    void aFileOfSamplesThatIsGoneOrBrokenIsAGap() throws IOException, Unusable {
        ReportNames names = written(WatchedReport.madeUp());
        Files.writeString(names.monitor(), Files.readAllLines(names.monitor()).getFirst() + "\n{\"policy\":");
        ResultsView broken = ResultsView.read(names.report());
        assertThat(broken.policies().getFirst().devices()).singleElement().satisfies(device -> assertThat(device.atSeconds()).isEqualTo(Values.of(0)));
        assertThat(broken.gaps()).anyMatch(gap -> gap.contains("until line 2") && gap.contains("damaged"));
        Files.delete(names.monitor());
        ResultsView gone = ResultsView.read(names.report());
        assertThat(gone.policies().getFirst().devices()).isEmpty();
        assertThat(gone.gaps()).anyMatch(gap -> gap.startsWith("the samples of what was watched are missing"));
    }

    @Test
    void thePageOfWhatIsWatchedNamesEveryPath() throws IOException {
        var paths = new TreeSet<String>(Set.of("gpu_metrics"));
        JsonNode policy = json(WatchedReport.measured());
        paths(policy.path("gpu_metrics"), "gpu_metrics.", paths);
        paths(policy.path("host_metrics"), "host_metrics.", paths);
        paths.add("scraped");
        var documented = new TreeSet<String>();
        Pattern.compile("^\\| `((?:gpu_metrics|host_metrics|scraped)[^`]*)` \\|.*", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("../docs/reference/monitor.md")))
                .results()
                .forEach(row -> documented.add(row.group(1)));
        assertThat(documented).isEqualTo(paths);
    }

    private static void paths(JsonNode node, String path, Set<String> into) {
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                paths(entry.getValue(), path + entry.getKey() + ".", into);
            } else {
                into.add(path + entry.getKey());
            }
        });
    }

    @Test
    void withoutAnythingWatchedThereIsNoFileOfSamples() throws IOException {
        ReportNames names = ReportNames.at(folder.resolve("run.json"), SampleReport.BEGAN);
        ReportFiles files = ReportFiles.begin(names, false);
        files.finish(SampleReport.of(SampleReport.policy("fifo", 1, 1, 0, 0, 0)));
        assertThat(names.monitor()).doesNotExist();
    }
}
