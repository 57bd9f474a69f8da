package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// How much was done: by policy.
final class ThroughputCharts {
    private ThroughputCharts() {}

    /// Completed requests a second of each policy, and those of them in time.
    static Plot comparison(ResultsView view) {
        String stem = "throughput_comparison";
        Shown shown = Shown.all(view);
        PolicyBars bars = PolicyBars.of(shown);
        BarSeries completed = bars.withInterval("completed", "throughput.requests_per_second", "requests_per_second");
        if (!PolicyBars.any(completed.values())) {
            return new NoChart(stem, "no policy has throughput.requests_per_second");
        }
        var panels = new ArrayList<Panel>();
        panels.add(bars.panel("Completed", Axis.fromZero("Requests/s"), completed, offered(shown)));
        BarSeries inTime = bars.withInterval("in time", "throughput.goodput_rps", "goodput_rps");
        String goodput = "";
        if (PolicyBars.any(inTime.values())) {
            panels.add(bars.panel("Completed within their service level (goodput)", Axis.fromZero("Requests/s"), inTime, offered(shown)));
            goodput = ", and those of them within their service level";
        }
        return new Chart(
                stem,
                "Throughput by policy",
                "Completed requests per second" + goodput + "; the thin bars are " + "95 % confidence intervals." + shown.note(),
                panels);
    }

    /// The rate that was offered, when it was the same for all.
    private static List<Mark> offered(Shown shown) {
        double[] rates = shown.policies().stream()
                .map(PolicyView::metrics)
                .map(metrics -> metrics.number("throughput.offered_requests_per_second"))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .distinct()
                .toArray();
        return rates.length == 1 ? List.of(new Mark("offered " + Numbers.text(rates[0]) + "/s", rates[0], false)) : List.of();
    }
}
