package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.DeviceSamples;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the accelerators did meanwhile, a panel a policy and a line a device.
final class DeviceCharts {
    private static final String SECONDS = "Seconds since the measured window began";
    private static final double MIB_PER_GIB = 1024;

    private DeviceCharts() {}

    /// How busy they were.
    static Plot utilization(List<PolicyView> policies) {
        return plot(policies, "gpu_utilization", "GPU utilisation", DeviceSamples::utilizationPercent, Axis.percent("GPU utilisation (%)"), 1,
                "Share of the time in which a kernel ran, as each GPU says; the line across is the mean.",
                device -> List.of(mean(device)));
    }

    /// How much memory was in use.
    static Plot memory(List<PolicyView> policies) {
        return plot(policies, "gpu_memory", "GPU memory", DeviceSamples::memoryUsedMb, Axis.fromZero("GPU memory in use (GiB)"), MIB_PER_GIB,
                "Memory in use on each GPU; the line across is all that it has.", DeviceCharts::total);
    }

    private static Plot plot(
            List<PolicyView> policies,
            String stem,
            String title,
            Function<DeviceSamples, Values> column,
            Axis axis,
            double unit,
            String caption,
            Function<DeviceSamples, List<Mark>> marks) {
        Shown shown = Shown.leading(policies, policy -> policy.devices().stream().anyMatch(device -> PolicyBars.any(column.apply(device))));
        if (shown.isEmpty()) {
            return new NoChart(stem, policies.stream().anyMatch(policy -> !policy.devices().isEmpty())
                    ? "no GPU says it"
                    : "no GPU was watched while the load ran");
        }
        var panels = new ArrayList<Panel>();
        boolean synthetic = false;
        for (PolicyView policy : shown.policies()) {
            var lines = new ArrayList<LineSeries>();
            for (DeviceSamples device : policy.devices()) {
                lines.add(new LineSeries(device.device() + (device.synthetic() ? " (synthetic)" : ""), device.atSeconds(),
                        Values.of(column.apply(device).stream().map(value -> value / unit).toArray()), LineStyle.SOLID));
                synthetic |= device.synthetic();
            }
            List<Mark> across = policy.devices().size() == 1 ? marks.apply(policy.devices().getFirst()) : List.of();
            panels.add(new Lines(shown.policies().size() == 1 ? "" : policy.name(), Axis.fromZero(SECONDS), axis, lines, across));
        }
        String sources = shown.policies().stream().flatMap(policy -> policy.devices().stream()).map(DeviceSamples::source).distinct()
                .collect(Collectors.joining(", "));
        return new Chart(stem, title, caption + " Source: " + sources + "." + (synthetic ? " Synthetic: these figures are made up." : "") + shown.note(),
                panels, synthetic);
    }

    private static Mark mean(DeviceSamples device) {
        double mean = device.utilizationPercent().stream().filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
        return new Mark("mean " + Numbers.text(mean) + " %", mean, false);
    }

    private static List<Mark> total(DeviceSamples device) {
        double total = device.memoryTotalMb().stream().filter(value -> !Double.isNaN(value)).max().orElse(Double.NaN) / MIB_PER_GIB;
        return Double.isNaN(total) ? List.of() : List.of(new Mark("total " + Numbers.text(total) + " GiB", total, false));
    }
}
