package io.sagebench.report.chart.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.chart.WrittenResults;
import io.sagebench.report.chart.WrittenResults.Policy;
import io.sagebench.report.view.ResultsView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartBookTest {
    private static final Pattern ROW = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void hasTheDocumentedChartsOrTheReasonForEveryKindOfFile() {
        assertThat(ChartBook.documentedStems())
                .containsExactly(
                        "throughput_comparison", "throughput_vs_rate", "latency_distribution", "latency_percentiles", "latency_cdf", "slo_compliance",
                        "slo_by_priority", "gpu_utilization", "gpu_memory", "mixed_ratio_impact", "embedding_batch_efficiency", "type_breakdown",
                        "llm_vs_embedding_latency");
        var results = new WrittenResults(folder);
        for (String json : List.of(
                "{'policy_results':{}}",
                "{'policy_results':{'fifo':{'metrics':{}}}}",
                "{'throughput_vs_rate':{}}",
                "{'throughput_vs_rate':{'fifo':[{'rate':1}]}}",
                "{'experiment_name':'x','experiment_type':'newer'}",
                "{'experiment_name':'x','experiment_type':'throughput'}",
                "{'experiment_name':'x','experiment_type':'latency'}",
                "{'experiment_name':'x','experiment_type':'slo_compliance'}",
                "{'experiment_name':'x','experiment_type':'mixed_ratio'}",
                "{'experiment_name':'x','experiment_type':'fairness'}",
                "{'experiment_name':'x','experiment_type':'cost'}",
                "{'experiment_name':'x','experiment_type':'tail_latency'}",
                "{'experiment_name':'x','experiment_type':'capacity'}",
                "{'workloads':{}}",
                "{'targets':[],'rows':[]}")) {
            List<Plot> plots = ChartBook.of(results.view(json));
            assertThat(plots).as(json).hasSizeGreaterThanOrEqualTo(13).allSatisfy(plot -> assertThat(plot)
                    .as(json)
                    .isInstanceOfSatisfying(NoChart.class, none -> assertThat(none.why()).isNotBlank().doesNotEndWith(".")));
            assertThat(plots.subList(0, 13)).extracting(Plot::stem).containsExactlyElementsOf(ChartBook.documentedStems());
            assertThat(plots).extracting(Plot::stem).doesNotHaveDuplicates();
        }
    }

    @Test
    void saysExactlyWhatIsMissing() {
        ResultsView view = new WrittenResults(folder).comparison(Policy.of("fifo", 1, 100, 200));
        Map<String, String> why = reasons(view);
        assertThat(why)
                .containsEntry("throughput_vs_rate", "it takes a file of sweep, or of the experiment throughput, and this is one of policies under one load")
                .containsEntry("gpu_memory", "no GPU was watched while the load ran")
                .containsEntry("errors_over_time", "every request completed")
                .containsEntry("latency_over_time", "too few requests for a course over time")
                .containsEntry("ttft_percentiles", "no policy has ttft_ms: the file does not say it")
                .containsEntry("slo_by_tenant", "no policy has metrics_by_tenant, or it is empty")
                .doesNotContainKeys("throughput_comparison", "latency_cdf", "latency_distribution", "slo_compliance", "slo_by_priority", "queue_vs_engine");
        assertThat(reasons(new WrittenResults(folder).comparison(Policy.of("fifo", 1, 100))))
                .containsEntry("latency_cdf", "only one request completed, which is no distribution");
        assertThat(reasons(new WrittenResults(folder).comparison(new Policy("fifo", false, 0, "", List.of(Policy.failed(0, 5))))))
                .containsEntry("latency_cdf", "no request completed");
        assertThat(reasons(metrics("'request_counts':{'completed':3},'tpot_ms':{'samples':0,'p50':null}")))
                .containsEntry("tpot_percentiles", "no policy has tpot_ms: none of the requests that completed has one");
        assertThat(reasons(metrics("'request_counts':{'completed':0},'tpot_ms':{'samples':0,'p50':null}")))
                .containsEntry("tpot_percentiles", "no policy has tpot_ms: no request completed");
        assertThat(reasons(metrics("'slo':{'compliance_rate':1}")))
                .containsEntry("latency_distribution", "the file has none of its requests");
    }

    private ResultsView metrics(String metrics) {
        return new WrittenResults(folder).view("{'policy_results':{'fifo':{'metrics':{" + metrics + "}}}}");
    }

    private static Map<String, String> reasons(ResultsView view) {
        return ChartBook.of(view).stream()
                .filter(NoChart.class::isInstance)
                .map(NoChart.class::cast)
                .collect(Collectors.toMap(NoChart::stem, NoChart::why));
    }

    /// A chart of a file.
    static Chart chart(ResultsView view, String stem) {
        return ChartBook.of(view).stream()
                .filter(plot -> plot.stem().equals(stem))
                .map(plot -> switch (plot) {
                    case Chart chart -> chart;
                    case NoChart none -> throw new AssertionError(stem + ": " + none.why());
                })
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + stem));
    }

    @Test
    void thePageListsEveryChart() throws IOException {
        String page = Files.readString(Path.of("../docs/reference/charts.md"));
        List<String> rows = ROW.matcher(page).results().map(row -> row.group(1)).toList();
        assertThat(rows).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(rows)).isEqualTo(new TreeSet<>(ChartBook.stems()));
    }
}
