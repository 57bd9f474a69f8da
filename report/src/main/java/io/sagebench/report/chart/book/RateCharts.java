package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.RatePoint;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// What became of policies as the rate rose: for the files of a sweep.
final class RateCharts {
    static final String ASKED = "Requests/s asked for";
    private static final double PERCENT = 100;

    private final Curves<RatePoint> curves;
    private final String note;

    RateCharts(ResultsView view) {
        this.curves = Curves.of(view.rates(), point -> OptionalDouble.of(point.ratePerSecond()), RatePoint::goodput, "the highest goodput over all rates");
        boolean cut = view.rates().values().stream().flatMap(Collection::stream).anyMatch(RatePoint::cutShort);
        this.note = (cut ? " Points of rates that were interrupted are of fewer requests." : "") + curves.note();
    }

    List<Plot> plots() {
        return List.of(throughput(), goodput(), attainment(), latency(), latencyAgainstThroughput());
    }

    private Plot throughput() {
        return rates("throughput_vs_rate", "Throughput against rate", "Completed requests/s", RatePoint::throughput,
                "Completed requests per second at each rate; on the dashed line every request that was asked for completes.");
    }

    private Plot goodput() {
        return rates("goodput_vs_rate", "Goodput against rate", "Requests/s within their service level", RatePoint::goodput,
                "Requests per second that met their service level; where a line leaves the dashed one, more load only makes requests late.");
    }

    private Plot rates(String stem, String title, String label, Function<RatePoint, OptionalDouble> figure, String caption) {
        List<LineSeries> lines = curves.lines(figure, 1);
        if (lines.isEmpty()) {
            return new NoChart(stem, "no rate has it");
        }
        var all = new ArrayList<>(lines);
        all.add(Curves.ideal(lines));
        return new Chart(stem, title, caption + note, List.of(new Lines("", Axis.fromZero(ASKED), Axis.fromZero(label), all, List.<Mark>of())));
    }

    private Plot attainment() {
        String stem = "slo_vs_rate";
        List<LineSeries> lines = curves.lines(RatePoint::attainment, PERCENT);
        return lines.isEmpty()
                ? new NoChart(stem, "no rate has it")
                : new Chart(stem, "Service level attainment against rate", "Share of the requests of each rate within their service level." + note,
                        List.of(curves.panel("", ASKED, SloCharts.ATTAINMENT, lines, SloCharts.TARGET)));
    }

    private Plot latency() {
        String stem = "latency_vs_rate";
        List<LineSeries> means = curves.lines(RatePoint::meanMillis, 1);
        List<LineSeries> tails = curves.lines(RatePoint::p99Millis, 1);
        if (means.isEmpty() || tails.isEmpty()) {
            return new NoChart(stem, "no request completed at any rate");
        }
        Axis axis = Axis.fromZero("End-to-end latency (ms)");
        return new Chart(stem, "Latency against rate", "Mean and p99 of the end-to-end latency of completed requests at each rate." + note,
                List.of(curves.panel("Mean", ASKED, axis, means, List.of()), curves.panel("p99", ASKED, axis, tails, List.of())));
    }

    private Plot latencyAgainstThroughput() {
        String stem = "latency_vs_throughput";
        List<LineSeries> lines = curves.lines(RatePoint::throughput, RatePoint::p99Millis, 1);
        return lines.isEmpty()
                ? new NoChart(stem, "no request completed at any rate")
                : new Chart(stem, "Latency against throughput",
                        "p99 of the end-to-end latency over what really was completed, a point a rate; a line that turns up or back is full." + note,
                        List.of(new Lines("", Axis.fromZero("Completed requests/s"), Axis.fromZero("p99 end-to-end latency (ms)"), lines, List.<Mark>of())));
    }
}
