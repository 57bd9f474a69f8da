package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Panel.PointSeries;
import io.sagebench.report.chart.Panel.Scatter;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.Facts;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Charts of the experiments that look for a point: the cheapest fleet, the highest rate.
final class PointCharts {
    private static final double PERCENT = 100;

    private PointCharts() {}

    /// Price against attainment, a point a fleet.
    static List<Plot> cost(ResultsView view) {
        String stem = "cost_attainment";
        var series = new ArrayList<PointSeries>();
        Curves<Levels> curves = Levels.curves(view, "engines", "slo_compliance");
        curves.points().forEach((policy, levels) -> {
            List<Levels> known = levels.stream()
                    .filter(point -> point.number("usd_per_1k_tokens").isPresent() && point.number("slo_compliance").isPresent())
                    .toList();
            if (!known.isEmpty()) {
                series.add(new PointSeries(
                        policy,
                        Values.of(known.stream().mapToDouble(point -> ValueCharts.THOUSAND * point.number("usd_per_1k_tokens").orElseThrow()).toArray()),
                        Values.of(known.stream().mapToDouble(point -> PERCENT * point.number("slo_compliance").orElseThrow()).toArray()),
                        known.stream().map(point -> point.level().isPresent() ? Numbers.text(point.level().getAsDouble()) : "").toList()));
            }
        });
        if (series.isEmpty()) {
            return List.of(new NoChart(stem, "no fleet has a price"));
        }
        String front = view.root().at("summary.front").each().stream()
                .map(point -> point.text("policy").orElse("?") + " with " + point.text("level").orElse("?"))
                .collect(Collectors.joining("; "));
        Plot attainment = new Chart(stem, "Cost against service level attainment",
                "A point for each fleet, with its number of engines; further up and further left is better."
                        + (front.isEmpty() ? "" : " Nothing is both cheaper and better than: " + front + ".") + curves.note(),
                List.of(new Scatter("", Axis.fromZero(ValueCharts.PRICE), SloCharts.ATTAINMENT, series, Optional.empty())));
        List<LineSeries> price = curves.lines(point -> point.number("usd_per_1k_tokens"), ValueCharts.THOUSAND);
        List<LineSeries> met = curves.lines(point -> point.number("slo_compliance"), PERCENT);
        double target = PERCENT * view.root().number("parameters.slo_target").orElse(SloCharts.TARGET_PERCENT / PERCENT);
        Plot fleet = new Chart("cost_by_fleet", "What each further engine brings", "Price and service level attainment by how many engines there are."
                + curves.note(), List.of(
                        curves.panel("Attainment", "Engines", SloCharts.ATTAINMENT, met, List.of(new Mark("target " + Numbers.text(target) + " %", target, false))),
                        curves.panel("Price", "Engines", Axis.fromZero(ValueCharts.PRICE), price, List.of())));
        return List.of(attainment, fleet);
    }

    /// The rate that each policy carries, and every rate that was tried on the way.
    static List<Plot> capacity(ResultsView view) {
        String stem = "capacity_search";
        var lines = new ArrayList<LineSeries>();
        for (Facts result : view.root().at("results").each()) {
            List<Facts> tries = result.at("tries").each().stream()
                    .filter(one -> one.number("request_rate").isPresent() && one.number("slo_compliance").isPresent())
                    .sorted(Comparator.comparingDouble(one -> one.number("request_rate").orElseThrow()))
                    .toList();
            if (!tries.isEmpty() && lines.size() < Shown.MOST_LINES) {
                lines.add(new LineSeries(result.text("policy").orElse("?"),
                        Values.of(tries.stream().mapToDouble(one -> one.number("request_rate").orElseThrow()).toArray()),
                        Values.of(tries.stream().mapToDouble(one -> PERCENT * one.number("slo_compliance").orElseThrow()).toArray()),
                        LineStyle.POINTS));
            }
        }
        double target = PERCENT * view.root().number("summary.slo_target").orElse(Double.NaN);
        String asked = Double.isNaN(target) ? "the target share" : Numbers.text(target) + " %";
        List<Mark> marks = Double.isNaN(target) ? List.of() : List.of(new Mark("target " + asked, target, false));
        Plot search = lines.isEmpty()
                ? new NoChart(stem, "the file has no tries")
                : new Chart(stem, "The search for the capacity", "Every rate that was tried, and which share of its requests met their service level.",
                        List.of(new Lines("", Axis.free("Requests/s"), SloCharts.ATTAINMENT, lines, marks)));
        return List.of(SinglePoint.summary(view, "capacity", "Capacity by policy", "capacity", Axis.fromZero("Requests/s"), 1,
                "The highest rate at which " + asked + " of the requests met their service level, confirmed."), search);
    }
}
