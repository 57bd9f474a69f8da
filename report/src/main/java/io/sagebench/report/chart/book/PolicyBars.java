package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.Bars;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/// Bars over policies, from figures in their `metrics`.
final class PolicyBars {
    private static final double PERCENT = 100;

    private final List<PolicyView> policies;
    private final double scale;

    private PolicyBars(List<PolicyView> policies, double scale) {
        this.policies = policies;
        this.scale = scale;
    }

    static PolicyBars of(Shown shown) {
        return new PolicyBars(shown.policies(), 1);
    }

    /// Shares from 0 to 1, shown as percentages.
    static PolicyBars percent(Shown shown) {
        return new PolicyBars(shown.policies(), PERCENT);
    }

    /// One figure, each policy in its colour.
    Bars panel(String title, Axis axis, BarSeries series, List<Mark> marks) {
        return new Bars(title, names(), true, axis, List.of(series), marks);
    }

    /// Several figures side by side.
    Bars panel(String title, Axis axis, List<BarSeries> series, List<Mark> marks) {
        return new Bars(title, names(), false, axis, series, marks);
    }

    /// Parts of a whole on one another.
    Bars stacked(String title, Axis axis, List<BarSeries> series) {
        return new Bars(title, names(), false, axis, series, true, List.of());
    }

    private List<String> names() {
        return policies.stream().map(PolicyView::name).toList();
    }

    /// A figure by its path; NaN where it is not known.
    BarSeries series(String name, String path) {
        return new BarSeries(name, values(path), Values.NONE, Values.NONE);
    }

    /// A figure and its confidence interval, where the file has one.
    BarSeries withInterval(String name, String path, String confidencePath) {
        Values low = values("confidence." + confidencePath + ".low");
        Values high = values("confidence." + confidencePath + ".high");
        return any(low) && any(high) ? new BarSeries(name, values(path), low, high) : series(name, path);
    }

    /// A figure that is found in another way than by a path.
    BarSeries series(String name, Function<PolicyView, OptionalDouble> figure) {
        return new BarSeries(name, values(figure), Values.NONE, Values.NONE);
    }

    private Values values(String path) {
        return values(policy -> policy.metrics().number(path));
    }

    private Values values(Function<PolicyView, OptionalDouble> figure) {
        return Values.of(policies.stream().mapToDouble(policy -> scaled(figure.apply(policy))).toArray());
    }

    private double scaled(OptionalDouble value) {
        return value.isPresent() ? scale * value.getAsDouble() : Double.NaN;
    }

    static boolean any(Values values) {
        return values.stream().anyMatch(value -> !Double.isNaN(value));
    }

    /// Whether any of these has a figure.
    static boolean any(List<BarSeries> series) {
        return series.stream().anyMatch(one -> any(one.values()));
    }

    /// Percentiles of a distribution, with their intervals.
    List<BarSeries> percentiles(String distribution) {
        var series = new ArrayList<BarSeries>();
        for (String percentile : List.of("p50", "p95", "p99")) {
            series.add(withInterval(percentile, distribution + "." + percentile, distribution + "." + percentile));
        }
        return series;
    }
}
