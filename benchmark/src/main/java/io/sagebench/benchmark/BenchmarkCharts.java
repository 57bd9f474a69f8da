package io.sagebench.benchmark;

import io.sagebench.report.ReportExtra;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.chart.book.ChartBook;
import io.sagebench.report.chart.book.Provenance;
import io.sagebench.report.chart.draw.ChartFiles;
import io.sagebench.report.chart.draw.ChartFiles.Written;
import io.sagebench.report.chart.draw.ChartFormat;
import io.sagebench.report.results.ResultsFile.Unusable;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Draws the charts of a benchmark as picture files, each called by its name: `latency_cdf.png`. A chart whose data the results do not hold is not
/// written, and [#missing()] says why. Nothing that is there already is overwritten, but by the same object.
public final class BenchmarkCharts {
    private final Map<String, Plot> plots = new LinkedHashMap<>();
    private final Map<String, Path> written = new LinkedHashMap<>();
    private final Map<String, NoChart> undrawn = new LinkedHashMap<>();
    private final ChartFiles files;
    private final ChartFormat format;

    private BenchmarkCharts(ResultsView view, Path outputDir, ChartFormat format) {
        ChartBook.of(view).forEach(plot -> plots.put(plot.stem(), plot));
        this.files = new ChartFiles(outputDir, Set.of(format), false, Provenance.policies(view), Provenance.line(view));
        this.format = format;
    }

    /// Those of a benchmark that was just run.
    ///
    /// @param outputDir made when it is missing
    public BenchmarkCharts(FinishedBenchmark finished, Path outputDir, ChartFormat format) throws IOException {
        this(ResultsView.of(finished.report(), outputDir), outputDir, format);
    }

    /// Those of a results file of any kind: of a run, a comparison, a sweep, an experiment or an engine.
    ///
    /// @param outputDir made when it is missing
    /// @throws Unusable when the file is not there, cannot be read, or is no results file
    public static BenchmarkCharts of(Path results, Path outputDir, ChartFormat format) throws Unusable {
        return new BenchmarkCharts(ResultsView.read(results), outputDir, format);
    }

    /// For a [BenchmarkReporter]: all charts, in the folder `charts_<run id>` beside the results.
    public static ReportExtra extra(ChartFormat format) {
        return (report, folder) -> new BenchmarkCharts(ResultsView.of(report, folder), folder.resolve("charts_" + report.run().id()), format).generateAllCharts();
    }

    /// Completed requests per second of each policy.
    public Optional<Path> throughputComparison() throws IOException {
        return chart("throughput_comparison");
    }

    /// Completed against asked for, of a sweep or the experiment throughput.
    public Optional<Path> throughputVsRate() throws IOException {
        return chart("throughput_vs_rate");
    }

    /// How many requests took how long.
    public Optional<Path> latencyDistribution() throws IOException {
        return chart("latency_distribution");
    }

    /// p50, p95 and p99 of each policy.
    public Optional<Path> latencyPercentiles() throws IOException {
        return chart("latency_percentiles");
    }

    /// Which share took at most so long.
    public Optional<Path> latencyCdf() throws IOException {
        return chart("latency_cdf");
    }

    /// Share of requests within their service level.
    public Optional<Path> sloCompliance() throws IOException {
        return chart("slo_compliance");
    }

    /// The same by priority.
    public Optional<Path> sloByPriority() throws IOException {
        return chart("slo_by_priority");
    }

    /// How busy the GPUs were.
    public Optional<Path> gpuUtilization() throws IOException {
        return chart("gpu_utilization");
    }

    /// How much of their memory was in use.
    public Optional<Path> gpuMemory() throws IOException {
        return chart("gpu_memory");
    }

    /// What the share of prompts does, of the experiment mixed_ratio.
    public Optional<Path> mixedRatioImpact() throws IOException {
        return chart("mixed_ratio_impact");
    }

    /// Speed and latency of embedding by texts in a request.
    public Optional<Path> embeddingBatchEfficiency() throws IOException {
        return chart("embedding_batch_efficiency");
    }

    /// How many requests there were of each type.
    public Optional<Path> typeBreakdown() throws IOException {
        return chart("type_breakdown");
    }

    /// Latency of prompts beside that of texts to embed.
    public Optional<Path> llmVsEmbeddingLatency() throws IOException {
        return chart("llm_vs_embedding_latency");
    }

    /// The names of all charts of these results, those that cannot be made among them.
    public List<String> names() {
        return List.copyOf(plots.keySet());
    }

    /// Draws one chart.
    ///
    /// @param name one of [#names()]
    /// @return its file; empty when it cannot be made, see [#missing()]
    public Optional<Path> chart(String name) throws IOException {
        Plot plot = plots.get(name);
        if (plot == null) {
            throw new IllegalArgumentException("there is no chart '" + name + "'; these results have " + String.join(", ", plots.keySet()));
        }
        if (!written.containsKey(name) && !undrawn.containsKey(name)) {
            Written result = files.write(List.of(plot));
            result.written().forEach(file -> written.put(name, file));
            result.missing().forEach(none -> undrawn.put(name, none));
        }
        return Optional.ofNullable(written.get(name));
    }

    /// Draws every chart that these results have the data for.
    ///
    /// @return the files
    public List<Path> generateAllCharts() throws IOException {
        var all = new ArrayList<Path>();
        for (String name : plots.keySet()) {
            chart(name).ifPresent(all::add);
        }
        return all;
    }

    /// Why charts are not there, by their names: of those that the data are missing for, and those that could not be drawn.
    public Map<String, String> missing() {
        var why = new LinkedHashMap<String, String>();
        plots.forEach((name, plot) -> {
            if (plot instanceof NoChart none) {
                why.put(name, none.why());
            }
        });
        undrawn.forEach((name, none) -> why.put(name, none.why()));
        return why;
    }

    /// In which form they are drawn.
    public ChartFormat format() {
        return format;
    }
}
