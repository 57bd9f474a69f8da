package io.sagebench.report.chart.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.chart.WrittenResults;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Charts of sweeps, experiments and engine runs.
class SettingsChartsTest {
    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void aSweepIsALineAPolicyAndTheLineWhereAllComplete() {
        String sweep = "{'throughput_vs_rate':{'fifo':[{'rate':10,'requests_per_second':9,'goodput_rps':8,'p99_latency_ms':50,'avg_latency_ms':20,"
                + "'compliance_rate':0.9},{'rate':20,'requests_per_second':12,'goodput_rps':4,'p99_latency_ms':500,'avg_latency_ms':90,'compliance_rate':0.2,"
                + "'cut_short':true}]}}";
        Chart chart = chart(sweep, "throughput_vs_rate");
        Lines lines = (Lines) chart.panels().getFirst();
        assertThat(lines.series()).extracting(LineSeries::style).containsExactly(LineStyle.POINTS, LineStyle.DASHED);
        assertThat(lines.series().get(0).y().toArray()).containsExactly(9, 12);
        assertThat(lines.series().get(1).y().toArray()).containsExactly(10, 20);
        assertThat(chart.caption()).contains("interrupted");
        LineSeries curve = ((Lines) chart(sweep, "latency_vs_throughput").panels().getFirst()).series().getFirst();
        assertThat(curve.x().toArray()).containsExactly(9, 12);
        assertThat(curve.y().toArray()).containsExactly(50, 500);
        assertThat(((Lines) chart(sweep, "slo_vs_rate").panels().getFirst()).series().getFirst().y().toArray()).containsExactly(90, 20);
    }

    @Test
    void theMixIsThroughputAndAttainmentByTheShareOfPrompts() {
        String mix = "{'experiment_name':'m','experiment_type':'mixed_ratio','results':["
                + "{'llm_ratio':0,'policies':{'fifo':{'throughput':100,'slo_compliance':1}}},"
                + "{'llm_ratio':0.5,'policies':{'fifo':{'throughput':60,'slo_compliance':0.9,'llm_stats':{'avg_latency_ms':200,'p99_latency_ms':300},"
                + "'embedding_stats':{'avg_latency_ms':5,'p99_latency_ms':9}}}}]}";
        Chart chart = chart(mix, "mixed_ratio_impact");
        assertThat(((Lines) chart.panels().get(0)).series().getFirst().x().toArray()).containsExactly(0, 50);
        assertThat(((Lines) chart.panels().get(0)).series().getFirst().y().toArray()).containsExactly(100, 60);
        assertThat(((Lines) chart.panels().get(1)).series().getFirst().y().toArray()).containsExactly(100, 90);
        assertThat(chart(mix, "throughput_comparison").caption()).contains("with 50 % of the requests with a prompt");
        Bars tails = (Bars) chart(mix, "llm_vs_embedding_latency").panels().get(1);
        assertThat(tails.title()).isEqualTo("p99");
        assertThat(tails.series().get(0).values().toArray()).containsExactly(300);
        assertThat(tails.series().get(1).values().toArray()).containsExactly(9);
    }

    @Test
    void theLatencyExperimentHasItsFirstRequests() {
        String latency = "{'experiment_name':'l','experiment_type':'latency','results':[{'policy':'fifo','percentiles':{'p50':10,'p99.9':null},"
                + "'raw_latencies':[30,10,20]}]}";
        assertThat(((Lines) chart(latency, "latency_cdf").panels().getFirst()).series().getFirst().x().toArray()).containsExactly(10, 20, 30);
        assertThat(chart(latency, "latency_cdf").caption()).contains("Of the first requests of each policy");
        assertThat(((Bars) chart(latency, "latency_percentiles").panels().getFirst()).series()).as("one was withheld").hasSize(1);
    }

    @Test
    void theSearchForTheCapacityIsInTheOrderOfTheRates() {
        String capacity = "{'experiment_name':'c','experiment_type':'capacity','summary':{'slo_target':0.99,'policies':{'fifo':{'capacity':150}}},"
                + "'results':[{'policy':'fifo','tries':[{'request_rate':200,'slo_compliance':0.5},{'request_rate':100,'slo_compliance':1}]}]}";
        LineSeries search = ((Lines) chart(capacity, "capacity_search").panels().getFirst()).series().getFirst();
        assertThat(search.x().toArray()).containsExactly(100, 200);
        assertThat(search.y().toArray()).containsExactly(100, 50);
        assertThat(((Bars) chart(capacity, "capacity").panels().getFirst()).series().getFirst().values().toArray()).containsExactly(150);
        assertThat(chart(capacity, "capacity").caption()).contains("99 % of the requests");
    }

    @Test
    void fleetsArePointsOfPriceAndAttainment() {
        String cost = "{'experiment_name':'c','experiment_type':'cost','summary':{'front':[{'policy':'fifo','level':'2x a'}]},'results':["
                + "{'engines':1,'policies':{'fifo':{'usd_per_1k_tokens':0.001,'slo_compliance':0.5}}},"
                + "{'engines':2,'policies':{'fifo':{'usd_per_1k_tokens':0.002,'slo_compliance':1}}}]}";
        Chart chart = chart(cost, "cost_attainment");
        Scatter scatter = (Scatter) chart.panels().getFirst();
        assertThat(scatter.series().getFirst().x().toArray()).containsExactly(1, 2);
        assertThat(scatter.series().getFirst().labels()).containsExactly("1", "2");
        assertThat(chart.caption()).contains("fifo with 2x a");
    }

    @Test
    void anEngineRunHasItsWorkloadsAndAMockIsMarked() {
        String figures = "{'p50_ttft_ms':10,'p95_ttft_ms':20,'p99_ttft_ms':30,'output_throughput_tps':100,'unavailable':['p99_ttft_ms']}";
        Chart real = chart("{'workloads':{'Q1':" + figures + "}}", "engine_ttft");
        Bars bars = (Bars) real.panels().getFirst();
        assertThat(bars.categories()).containsExactly("Q1");
        assertThat(bars.series()).extracting(series -> series.values().at(0)).containsExactly(10.0, 20.0);
        assertThat(real.synthetic()).isFalse();
        Chart made = chart("{'workloads':{'Q1':" + figures + "},'run':{'run_id':'r','simulated':true}}", "engine_ttft");
        assertThat(made.synthetic()).isTrue();
        assertThat(made.caption()).contains("these figures are made");
    }

    @Test
    void enginesBesideEachOther() {
        String comparison = "{'rows':[],'targets':[{'label':'a','backend':'http','rows':[{'scenario':'Q1','avg_ttft_ms':10},{'scenario':'Q2','avg_ttft_ms':20}]},"
                + "{'label':'b','backend':'http','rows':[{'scenario':'Q2','avg_ttft_ms':15}]}]}";
        Bars bars = (Bars) chart(comparison, "engine_ttft").panels().getFirst();
        assertThat(bars.categories()).containsExactly("Q1", "Q2");
        assertThat(bars.series().get(1).values().toArray()).containsExactly(Double.NaN, 15);
        assertThat(chart(comparison, "engine_ttft").synthetic()).isFalse();
        assertThat(chart(comparison.replace("http", "mock"), "engine_ttft").synthetic()).isTrue();
    }

    private Chart chart(String json, String stem) {
        return ChartBookTest.chart(new WrittenResults(folder).view(json), stem);
    }
}
