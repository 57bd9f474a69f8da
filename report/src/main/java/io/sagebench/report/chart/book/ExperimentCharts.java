package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.ResultsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// What the experiments found, each in the charts that answer its question.
final class ExperimentCharts {
    private static final double PERCENT = 100;
    private static final String COMPLIANCE = "slo_compliance";
    private static final String LATENCY = "End-to-end latency (ms)";

    private ExperimentCharts() {}

    static List<Plot> plots(ResultsView view) {
        return switch (view.root().text("experiment_type").orElse("")) {
            case "throughput" -> throughput(view);
            case "latency" -> SinglePoint.latency(view);
            case "slo_compliance" -> slo(view);
            case "mixed_ratio" -> mixedRatio(view);
            case "fairness" -> fairness(view);
            case "cost" -> PointCharts.cost(view);
            case "tail_latency" -> tail(view);
            case "capacity" -> PointCharts.capacity(view);
            default -> List.of();
        };
    }

    private static List<Plot> throughput(ResultsView view) {
        Curves<Levels> curves = Levels.curves(view, "request_rate", COMPLIANCE);
        var rates = new ArrayList<>(curves.lines(point -> point.number("throughput"), 1));
        if (!rates.isEmpty()) {
            rates.add(Curves.ideal(rates));
        }
        return List.of(
                SinglePoint.summary(view, "throughput_comparison", "Highest throughput by policy", "max_throughput", Axis.fromZero("Requests/s"), 1,
                        "The most completed requests per second at any of the rates, whatever their latency."),
                rates.isEmpty()
                        ? new NoChart("throughput_vs_rate", "no rate has it")
                        : new Chart("throughput_vs_rate", "Throughput against rate",
                                "Completed requests per second at each rate; on the dashed line every request that was asked for completes." + curves.note(),
                                List.of(new Panel.Lines("", Axis.fromZero(RateCharts.ASKED), Axis.fromZero("Completed requests/s"), rates, List.of()))),
                lines(curves, "slo_vs_rate", "Service level attainment against rate", RateCharts.ASKED, SloCharts.ATTAINMENT,
                        curves.lines(point -> point.number(COMPLIANCE), PERCENT), SloCharts.TARGET, "Share of the requests of each rate within their service level."),
                pair(curves, "latency_vs_rate", "Latency against rate", RateCharts.ASKED, "Mean", "avg_latency_ms", "p99", "p99_latency_ms",
                        "Mean and p99 of the end-to-end latency of completed requests at each rate."));
    }

    private static List<Plot> slo(ResultsView view) {
        Curves<Levels> curves = Levels.curves(view, "load_level", "overall_compliance");
        var priorities = new ArrayList<Panel>();
        for (String priority : List.of("high", "normal", "low")) {
            List<LineSeries> lines = curves.lines(point -> point.number(priority + "_priority_compliance"), PERCENT);
            if (!lines.isEmpty()) {
                priorities.add(curves.panel(priority.toUpperCase(Locale.ROOT), RateCharts.ASKED, SloCharts.ATTAINMENT, lines, SloCharts.TARGET));
            }
        }
        String by = "Share of the requests of each priority within their service level, as the load rises.";
        return List.of(
                SinglePoint.summary(view, "slo_compliance", "Service level attainment by policy", "avg_compliance", SloCharts.ATTAINMENT, PERCENT,
                        "Mean over all loads of the share of requests within their service level, each load counting once."),
                priorities.isEmpty()
                        ? new NoChart("slo_by_priority", "no load has it")
                        : new Chart("slo_by_priority", "Service level attainment by priority", by + curves.note(), priorities),
                lines(curves, "slo_vs_rate", "Service level attainment against load", RateCharts.ASKED, SloCharts.ATTAINMENT,
                        curves.lines(point -> point.number("overall_compliance"), PERCENT), SloCharts.TARGET,
                        "Share of the requests of each load within their service level."),
                pair(curves, "latency_vs_rate", "Latency against load", RateCharts.ASKED, "Mean", "avg_latency_ms", "p99", "p99_latency_ms",
                        "Mean and p99 of the end-to-end latency of completed requests at each load."));
    }

    private static List<Plot> mixedRatio(ResultsView view) {
        String stem = "mixed_ratio_impact";
        Curves<Levels> curves = Levels.curves(view, "llm_ratio", COMPLIANCE);
        List<LineSeries> throughput = curves.lines(ExperimentCharts::percentOfPrompts, point -> point.number("throughput"), 1);
        List<LineSeries> attainment = curves.lines(ExperimentCharts::percentOfPrompts, point -> point.number(COMPLIANCE), PERCENT);
        if (throughput.isEmpty() || attainment.isEmpty()) {
            return List.of(new NoChart(stem, "the file has no results by llm_ratio"));
        }
        Axis share = Axis.percent("Requests with a prompt (%)");
        Plot impact = new Chart(stem, "What the mix does", "Throughput and service level attainment as prompts take the place of texts to embed."
                + curves.note(), List.of(
                        new Panel.Lines("Throughput", share, Axis.fromZero("Completed requests/s"), throughput, List.of()),
                        new Panel.Lines("Attainment", share, SloCharts.ATTAINMENT, attainment, SloCharts.TARGET)));
        return List.of(impact, SinglePoint.evenMixThroughput(view), SinglePoint.evenMixLatency(view));
    }

    private static OptionalDouble percentOfPrompts(Levels point) {
        return point.level().isPresent() ? OptionalDouble.of(PERCENT * point.level().getAsDouble()) : point.level();
    }

    private static List<Plot> fairness(ResultsView view) {
        Curves<Levels> curves = Levels.curves(view, "load_level", "jain");
        List<LineSeries> jain = curves.lines(point -> point.number("jain"), 1);
        List<LineSeries> worst = curves.lines(point -> point.number("worst_satisfaction"), 1);
        Plot index = jain.isEmpty() || worst.isEmpty()
                ? new NoChart("fairness_vs_rate", "no load has it")
                : new Chart("fairness_vs_rate", "Fairness against load",
                        "How evenly tenants got their fair share in time, and what the worst served of them got of its own." + curves.note(),
                        List.of(curves.panel("Between tenants", RateCharts.ASKED, toOne("Jain's index"), jain, List.of()),
                                curves.panel("Worst tenant", RateCharts.ASKED, toOne("Share of what it was due"), worst, List.of())));
        return List.of(index, SinglePoint.tenants(view),
                lines(curves, "slo_vs_rate", "Service level attainment against load", RateCharts.ASKED, SloCharts.ATTAINMENT,
                        curves.lines(point -> point.number(COMPLIANCE), PERCENT), SloCharts.TARGET, "Share of the requests of each load within their service level."));
    }

    private static Axis toOne(String label) {
        return new Axis(label, false, OptionalDouble.of(0), OptionalDouble.of(1));
    }

    private static List<Plot> tail(ResultsView view) {
        Curves<Levels> curves = Levels.curves(view, "load_factor", COMPLIANCE);
        var panels = new ArrayList<Panel>();
        for (String percentile : List.of("p50", "p95", "p99", "p99.9")) {
            List<LineSeries> lines = curves.lines(point -> point.facts().at("percentiles").named(percentile).number(), 1);
            if (!lines.isEmpty()) {
                panels.add(curves.panel(percentile, "Load (times the base rate)", Axis.fromZero(LATENCY), lines, List.<Mark>of()));
            }
        }
        String stem = "latency_vs_load";
        return List.of(
                panels.isEmpty()
                        ? new NoChart(stem, "no load has percentiles")
                        : new Chart(stem, "The tail as the load rises", "Percentiles of the end-to-end latency at each load; a percentile that is missing"
                                + " had too few requests to know it." + curves.note(), panels),
                lines(curves, "slo_vs_load", "Service level attainment against load", "Load (times the base rate)", SloCharts.ATTAINMENT,
                        curves.lines(point -> point.number(COMPLIANCE), PERCENT), SloCharts.TARGET, "Share of the requests of each load within their service level."));
    }

    private static Plot lines(
            Curves<Levels> curves, String stem, String title, String x, Axis y, List<LineSeries> lines, List<Mark> marks, String caption) {
        return lines.isEmpty()
                ? new NoChart(stem, "no level has it")
                : new Chart(stem, title, caption + curves.note(), List.of(curves.panel("", x, y, lines, marks)));
    }

    private static Plot pair(
            Curves<Levels> curves, String stem, String title, String x, String left, String leftPath, String right, String rightPath, String caption) {
        List<LineSeries> one = curves.lines(point -> point.number(leftPath), 1);
        List<LineSeries> other = curves.lines(point -> point.number(rightPath), 1);
        return one.isEmpty() || other.isEmpty()
                ? new NoChart(stem, "no request completed at any level")
                : new Chart(stem, title, caption + curves.note(), List.of(
                        curves.panel(left, x, Axis.fromZero(LATENCY), one, List.of()), curves.panel(right, x, Axis.fromZero(LATENCY), other, List.of())));
    }
}
