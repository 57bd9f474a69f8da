package io.sagebench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.results.ResultsFile.Unusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkChartsTest {
    @TempDir
    private Path directory = Path.of("unset");

    @Test
    void drawsEachDocumentedChartOrSaysWhyNot() throws IOException {
        FinishedBenchmark finished = new BenchmarkRunner(BenchmarkConfig.builder()
                        .simulated().hybrid(0.6).policies("fifo", "hybrid").numRequests(60).requestRate(20).build())
                .run();
        var charts = new BenchmarkCharts(finished, directory, ChartFormat.SVG);
        assertThat(charts.throughputComparison()).contains(directory.resolve("throughput_comparison.svg"));
        assertThat(charts.latencyDistribution()).isPresent();
        assertThat(charts.latencyPercentiles()).isPresent();
        assertThat(charts.latencyCdf()).isPresent();
        assertThat(charts.sloCompliance()).isPresent();
        assertThat(charts.sloByPriority()).isPresent();
        assertThat(charts.embeddingBatchEfficiency()).isPresent();
        assertThat(charts.typeBreakdown()).isPresent();
        assertThat(charts.llmVsEmbeddingLatency()).isPresent();
        assertThat(charts.throughputVsRate()).isEmpty();
        assertThat(charts.mixedRatioImpact()).isEmpty();
        assertThat(charts.gpuUtilization()).isEmpty();
        assertThat(charts.gpuMemory()).isEmpty();
        List<Path> all = charts.generateAllCharts();
        assertThat(all).doesNotHaveDuplicates().allMatch(Files::exists).contains(directory.resolve("in_flight_over_time.svg"));
        assertThat(charts.missing()).containsKeys("throughput_vs_rate", "mixed_ratio_impact", "gpu_utilization", "gpu_memory");
        assertThat(all.size() + charts.missing().size()).isEqualTo(charts.names().size());
        assertThat(charts.names()).containsAll(ChartBook.documentedStems());
        assertThatIllegalArgumentException().isThrownBy(() -> charts.chart("pie")).withMessageContaining("there is no chart 'pie'; these results have throughput_comparison");
    }

    @Test
    void theFileAndTheFinishedBenchmarkGiveTheSameCharts() throws IOException, Unusable {
        FinishedBenchmark finished = run();
        Path file = directory.resolve("a.json");
        new BenchmarkReporter(finished).saveJson(file);
        Path ofFile = BenchmarkCharts.of(file, directory.resolve("of-file"), ChartFormat.SVG).latencyCdf().orElseThrow();
        Path ofRun = new BenchmarkCharts(finished, directory.resolve("of-run"), ChartFormat.SVG).latencyCdf().orElseThrow();
        assertThat(ofFile).hasSameBinaryContentAs(ofRun);
        assertThatExceptionOfType(Unusable.class)
                .isThrownBy(() -> BenchmarkCharts.of(directory.resolve("b.json"), directory, ChartFormat.PNG))
                .withMessageContaining("there is no such file");
    }

    @Test
    void aReporterDrawsThemBesideTheResults() throws IOException {
        FinishedBenchmark finished = run();
        Path folder = directory.resolve("results");
        List<Path> files = new BenchmarkReporter(finished, BenchmarkCharts.extra(ChartFormat.PNG)).saveAll(folder);
        Path charts = folder.resolve("charts_" + finished.report().run().id());
        assertThat(files).contains(charts.resolve("latency_cdf.png")).allMatch(Files::exists);
    }

    private static FinishedBenchmark run() {
        return new BenchmarkRunner(BenchmarkConfig.builder().simulated().policies("fifo", "slo_aware").numRequests(30).requestRate(20).build()).run();
    }
}
