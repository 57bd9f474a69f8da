package io.sagebench.report.chart.book;

import static org.assertj.core.api.Assertions.assertThat;

import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.view.DeviceSamples;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests;
import io.sagebench.report.view.Values;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class DeviceChartsTest {
    private static final Facts NOTHING = new Facts(JsonNodeFactory.instance.objectNode());

    @Test
    void aLineADeviceAndItsMean() {
        Chart chart = (Chart) DeviceCharts.utilization(List.of(policy(device(false))));
        Lines lines = (Lines) chart.panels().getFirst();
        assertThat(lines.series().getFirst().name()).isEqualTo("0: Toy");
        assertThat(lines.series().getFirst().y().toArray()).containsExactly(40, 60, Double.NaN);
        assertThat(lines.marks()).containsExactly(new Mark("mean 50 %", 50, false));
        assertThat(chart.caption()).contains("Source: nvml.");
        assertThat(chart.synthetic()).isFalse();
    }

    @Test
    void memoryIsInGibibytesUpToAllThereIs() {
        Chart chart = (Chart) DeviceCharts.memory(List.of(policy(device(false))));
        Lines lines = (Lines) chart.panels().getFirst();
        assertThat(lines.series().getFirst().y().toArray()).containsExactly(1, 2, 3);
        assertThat(lines.marks()).containsExactly(new Mark("total 16 GiB", 16, false));
    }

    @Test
    void whatIsMadeUpIsMarkedInTheChartItsLegendAndItsCaption() {
        Chart chart = (Chart) DeviceCharts.utilization(List.of(policy(device(true))));
        assertThat(chart.synthetic()).isTrue();
        assertThat(((Lines) chart.panels().getFirst()).series().getFirst().name()).isEqualTo("0: Toy (synthetic)");
        assertThat(chart.caption()).contains("Synthetic: these figures are made up.");
    }

    @Test
    void withoutSamplesThereIsTheReason() {
        assertThat(DeviceCharts.utilization(List.of(policy()))).isEqualTo(new NoChart("gpu_utilization", "no GPU was watched while the load ran"));
        var silent = new DeviceSamples("0: Toy", "nvml", false, Values.of(0), Values.of(Double.NaN), Values.of(1), Values.of(2), Values.of(3));
        assertThat(DeviceCharts.utilization(List.of(policy(silent)))).isEqualTo(new NoChart("gpu_utilization", "no GPU says it"));
    }

    private static DeviceSamples device(boolean synthetic) {
        return new DeviceSamples("0: Toy", synthetic ? "mock" : "nvml", synthetic, Values.of(0, 1, 2), Values.of(40, 60, Double.NaN),
                Values.of(1024, 2048, 3072), Values.of(16384, 16384, 16384), Values.of(100, 100, 100));
    }

    private static PolicyView policy(DeviceSamples... devices) {
        return new PolicyView("fifo", false, NOTHING, NOTHING, List.of(), Requests.NONE, List.of(devices));
    }
}
