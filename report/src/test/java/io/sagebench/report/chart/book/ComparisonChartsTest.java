package io.sagebench.report.chart.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.chart.Panel.Histogram;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.chart.WrittenResults;
import io.sagebench.report.chart.WrittenResults.Policy;
import io.sagebench.report.view.ResultsView;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonChartsTest {
    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void barsHaveTheFiguresOfTheFileAndTheirIntervals() {
        Chart chart = chart("throughput_comparison",
                Policy.of("fifo", 1, 100, 200).saying("'confidence':{'requests_per_second':{'low':9,'high':12}}"), Policy.of("mine", 1, 100, 200));
        Bars completed = bars(chart, 0);
        assertThat(completed.categories()).containsExactly("fifo", "mine");
        assertThat(completed.categoriesAreNamed()).isTrue();
        BarSeries series = completed.series().getFirst();
        assertThat(series.values().toArray()).containsExactly(10, 10);
        assertThat(series.low().toArray()).containsExactly(9, Double.NaN);
        assertThat(series.high().toArray()).containsExactly(12, Double.NaN);
        assertThat(completed.marks()).containsExactly(new Mark("offered 12/s", 12, false));
        assertThat(bars(chart, 1).series().getFirst().values().toArray()).containsExactly(8, 8);
    }

    @Test
    void sharesArePercentages() {
        Chart chart = chart("slo_compliance", Policy.of("fifo", 0.875, 1, 2).saying("'confidence':{'slo_compliance_rate':{'low':0.5,'high':1}}"));
        BarSeries series = bars(chart, 0).series().getFirst();
        assertThat(series.values().toArray()).containsExactly(87.5);
        assertThat(series.low().toArray()).containsExactly(50);
        assertThat(bars(chart, 0).marks()).containsExactly(new Mark("95 %", 95, false));
        assertThat(bars(chart("slo_by_priority", Policy.of("fifo", 0.875, 1, 2)), 0).series().getFirst().name()).isEqualTo("HIGH");
    }

    @Test
    void aPercentileThatIsNotKnownIsAGapAndSaidToBeOne() {
        Chart chart = chart("latency_percentiles", Policy.of("fifo", 1, 1, 2));
        assertThat(bars(chart, 0).series()).extracting(BarSeries::name).containsExactly("p50", "p95", "p99");
        assertThat(bars(chart, 0).series().get(2).values().toArray()).containsExactly(Double.NaN);
        assertThat(chart.caption()).contains("A missing bar");
    }

    @Test
    void ceilingsComeLastAndAreNamed() {
        Chart chart = chart("slo_compliance", Policy.of("oracle_slo", 1, 1, 2).asCeiling(), Policy.of("fifo", 0.5, 1, 2));
        assertThat(bars(chart, 0).categories()).containsExactly("fifo", "oracle_slo");
        assertThat(chart.caption()).contains("Ceilings, not candidates: oracle_slo.");
    }

    @Test
    void linesShowTheEightBestCandidatesAndBarsShowAll() {
        Policy[] policies = IntStream.range(0, 12)
                .mapToObj(i -> i == 0 ? Policy.of("bound", 1, 1, 2).asCeiling() : Policy.of("policy" + i, i / 20.0, 1, 2))
                .toArray(Policy[]::new);
        Lines cdf = (Lines) chart("latency_cdf", policies).panels().getFirst();
        assertThat(cdf.series()).extracting(LineSeries::name)
                .containsExactly("policy4", "policy5", "policy6", "policy7", "policy8", "policy9", "policy10", "policy11");
        assertThat(chart("latency_cdf", policies).caption()).contains("Of 12 policies, the 8 candidates that met their service level most often");
        assertThat(bars(chart("slo_compliance", policies), 0).categories()).hasSize(12);
    }

    @Test
    void theCumulativeLineGoesThroughEverySample() {
        Lines cdf = (Lines) chart("latency_cdf", Policy.of("fifo", 1, 400, 100, 300, 200, 500)).panels().getFirst();
        LineSeries line = cdf.series().getFirst();
        assertThat(line.x().toArray()).containsExactly(100, 200, 300, 400, 500);
        assertThat(line.y().toArray()).containsExactly(0, 25, 50, 75, 100);
        assertThat(cdf.marks()).extracting(Mark::value).containsExactly(50.0, 95.0, 99.0);
    }

    @Test
    void everySampleIsInOneBinAndAllPoliciesShareTheirScale() {
        Chart chart = chart("latency_distribution", Policy.of("fifo", 1, 100, 100, 600), Policy.of("vtc", 1, 150, 350, 350, 350));
        Histogram fifo = (Histogram) chart.panels().get(0);
        Histogram vtc = (Histogram) chart.panels().get(1);
        assertThat(fifo.edges().size()).isEqualTo(51);
        assertThat(fifo.edges().at(0)).isEqualTo(100);
        assertThat(fifo.edges().at(50)).isEqualTo(600);
        assertThat(fifo.edges()).isEqualTo(vtc.edges());
        assertThat(fifo.y()).isEqualTo(vtc.y());
        assertThat(fifo.series().getFirst().counts().at(0)).isEqualTo(2);
        assertThat(fifo.series().getFirst().counts().at(49)).as("the slowest belongs to the last bin").isEqualTo(1);
        assertThat(vtc.series().getFirst().counts().stream().sum()).isEqualTo(4);
        assertThat(vtc.series().getFirst().counts().at(25)).isEqualTo(3);
        assertThat(fifo.marks()).extracting(Mark::label).containsExactly("p50 100 ms", "p95 550 ms", "p99 590 ms");
    }

    @Test
    void aLongTailAsksForEqualRatios() {
        assertThat(((Lines) chart("latency_cdf", Policy.of("fifo", 1, 10, 10, 20, 9000)).panels().getFirst()).x().logarithmic()).isTrue();
        assertThat(((Lines) chart("latency_cdf", Policy.of("fifo", 1, 10, 10, 20, 90)).panels().getFirst()).x().logarithmic()).isFalse();
    }

    @Test
    void waitingAndWorkStandOnOneAnother() {
        Bars bars = bars(chart("queue_vs_engine", Policy.of("fifo", 1, 100, 300)), 0);
        assertThat(bars.stacked()).isTrue();
        assertThat(bars.series().get(0).values().toArray()).as("a quarter of each").containsExactly(50);
        assertThat(bars.series().get(1).values().toArray()).containsExactly(150);
    }

    @Test
    void eachEngineHasTheRequestsItServed() {
        Chart chart = chart("instance_load", Policy.of("fifo", 1, 100, 100, 100).saying("'engine_busy_seconds':{'engine-0':0.2,'engine-1':0.1}"));
        assertThat(bars(chart, 0).categories()).containsExactly("engine-0", "engine-1");
        assertThat(bars(chart, 0).series().getFirst().values().toArray()).containsExactly(2, 1);
        assertThat(bars(chart, 1).series().getFirst().values().toArray()).containsExactly(0.2, 0.1);
    }

    @Test
    void atMostThreeHundredPointsOfAPolicyInsideTheBoxOfItsServiceLevel() {
        double[] latencies = IntStream.rangeClosed(1, 1000).mapToDouble(i -> i).toArray();
        Chart chart = chart("ttft_vs_tpot", Policy.of("fifo", 1, latencies));
        Scatter scatter = (Scatter) chart.panels().getFirst();
        assertThat(scatter.series().getFirst().x().size()).isEqualTo(300);
        assertThat(scatter.series().getFirst().x().at(0)).isEqualTo(0.5);
        assertThat(chart.caption()).contains("at most 300 of a policy, evenly taken");
        assertThat(scatter.box()).hasValueSatisfying(box -> {
            assertThat(box.x()).isEqualTo(200);
            assertThat(box.y()).isEqualTo(50);
        });
        assertThat(chart).as("the same points each time").isEqualTo(chart("ttft_vs_tpot", Policy.of("fifo", 1, latencies)));
    }

    @Test
    void requestsInFlightAndFailuresAreCountedInPiecesOfTime() {
        Policy policy = Policy.of("fifo", 1, 500, 500, 500, 500, 500, 500).with(Policy.failed(6, 1000), Policy.failed(7, 1000), Policy.failed(8, 1000));
        Lines inFlight = (Lines) chart("in_flight_over_time", policy).panels().getFirst();
        assertThat(inFlight.series().getFirst().x().toArray()).as("nine requests in three pieces of 3 s").containsExactly(1.5, 4.5, 7.5);
        assertThat(inFlight.series().getFirst().y().toArray()).containsExactly(new double[] {0.5, 0.5, 1}, within(1e-9));
        Lines errors = (Lines) chart("errors_over_time", policy).panels().getFirst();
        assertThat(errors.series().getFirst().y().toArray()).containsExactly(new double[] {0, 0, 1}, within(1e-9));
        Lines throughput = (Lines) chart("throughput_over_time", policy).panels().getFirst();
        assertThat(throughput.series().getFirst().y().toArray()).containsExactly(new double[] {1, 1, 0}, within(1e-9));
        Chart latency = chart("latency_over_time", policy);
        assertThat(latency.panels()).extracting(Panel::title).containsExactly("p50", "p99");
        assertThat(((Lines) latency.panels().getFirst()).series().getFirst().y().toArray()).containsExactly(500, 500, Double.NaN);
    }

    @Test
    void eachEngineHasALineOfWhatItHadAtOnce() {
        Chart chart = chart("instance_load_over_time", Policy.of("fifo", 1, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000));
        Lines lines = (Lines) chart.panels().getFirst();
        assertThat(lines.series()).extracting(LineSeries::name).containsExactly("engine-0", "engine-1");
        // a request a second, by turns; each is on its engine for three quarters of one, after a quarter in the queue; pieces of 3 s
        assertThat(lines.series().get(0).y().toArray()).containsExactly(new double[] {0.5, 0.25, 0.5}, within(1e-9));
        assertThat(lines.series().get(1).y().toArray()).containsExactly(new double[] {0.25, 0.5, 0.25}, within(1e-9));
        assertThat(lines.y().most()).as("one scale for all policies").hasValue(0.5);
    }

    @Test
    void aNameMayHaveDotsAndAnything() {
        Chart chart = chart("slo_by_model", Policy.of("fifo", 1, 1, 2).saying(
                "'metrics_by_model':{'a.b/<c>':{'total_requests':1,'slo_compliance_rate':0.5},'big':{'total_requests':9,'slo_compliance_rate':1}}"));
        assertThat(bars(chart, 0).series()).extracting(BarSeries::name).containsExactly("big", "a.b/<c>");
        assertThat(bars(chart, 0).series().get(1).values().toArray()).containsExactly(50);
    }

    @Test
    void priceIsOfAMillionTokens() {
        Scatter scatter = (Scatter) chart("cost_attainment", Policy.of("fifo", 0.5, 1, 2).saying("'cost':{'usd_per_1k_tokens':0.002}")).panels().getFirst();
        assertThat(scatter.series().getFirst().x().toArray()).containsExactly(2);
        assertThat(scatter.series().getFirst().y().toArray()).containsExactly(50);
        assertThat(scatter.series().getFirst().labels()).containsExactly("fifo");
    }

    @Test
    void aPictureSaysWhatWasMeasured() {
        ResultsView view = new WrittenResults(folder).comparison(Policy.of("fifo", 1, 1, 2).saying("'validity':{'verdict':'client_limited'}"));
        assertThat(Provenance.line(view))
                .isEqualTo("Simulated, in virtual time · 2 x toy · LIMITED BY THE LOAD GENERATOR: fifo · run run-1 · sage-bench 9");
    }

    private Chart chart(String stem, Policy... policies) {
        return ChartBookTest.chart(new WrittenResults(folder).comparison(policies), stem);
    }

    private static Bars bars(Chart chart, int panel) {
        return (Bars) chart.panels().get(panel);
    }
}
