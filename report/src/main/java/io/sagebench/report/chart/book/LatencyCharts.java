package io.sagebench.report.chart.book;

import io.sagebench.report.chart.Axis;
import io.sagebench.report.chart.Chart;
import io.sagebench.report.chart.Mark;
import io.sagebench.report.chart.NoChart;
import io.sagebench.report.chart.Panel;
import io.sagebench.report.chart.Panel.BarSeries;
import io.sagebench.report.chart.Panel.CountSeries;
import io.sagebench.report.chart.Panel.Histogram;
import io.sagebench.report.chart.Panel.LineSeries;
import io.sagebench.report.chart.Panel.LineStyle;
import io.sagebench.report.chart.Panel.Lines;
import io.sagebench.report.chart.Plot;
import io.sagebench.report.view.PolicyView;
import io.sagebench.report.view.Requests.Field;
import io.sagebench.report.view.ResultsView;
import io.sagebench.report.view.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// How long requests took.
final class LatencyCharts {
    private static final String LATENCY_MS = "End-to-end latency (ms)";
    private static final int BINS = 50;
    private static final double LEAST_AXIS = 5; // whole numbers of requests on it
    private static final double ROOM_FOR_MARKS = 1.25;
    private static final double MEDIAN = 0.5;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;
    static final List<Mark> SHARES =
            List.of(new Mark("50 %", 50, false), new Mark("95 %", 95, false), new Mark("99 %", 99, false));

    private LatencyCharts() {}

    /// p50, p95 and p99 of each policy.
    static Plot percentiles(ResultsView view) {
        return percentiles(view, "latency_percentiles", "End-to-end latency percentiles by policy", LATENCY_MS, "e2e_latency_ms",
                "End-to-end latency of completed requests, from when they should have left.");
    }

    /// The same of the time to first token.
    static Plot ttftPercentiles(ResultsView view) {
        return percentiles(view, "ttft_percentiles", "Time to first token by policy", "Time to first token (ms)", "ttft_ms",
                "Time to first token of completed streamed requests, from when they should have left.");
    }

    /// The same of the time per output token.
    static Plot tpotPercentiles(ResultsView view) {
        return percentiles(view, "tpot_percentiles", "Time per output token by policy", "Time per output token (ms)", "tpot_ms",
                "Time per output token after the first, of each completed streamed request.");
    }

    private static Plot percentiles(ResultsView view, String stem, String title, String label, String distribution, String what) {
        Shown shown = Shown.all(view);
        PolicyBars bars = PolicyBars.of(shown);
        List<BarSeries> series = bars.percentiles(distribution);
        if (!PolicyBars.any(series)) {
            return new NoChart(stem, "no policy has " + distribution + ": " + whyNone(view, distribution));
        }
        boolean intervals = series.stream().anyMatch(one -> one.low().size() > 0);
        boolean withheld = series.stream().anyMatch(one -> one.values().stream().anyMatch(Double::isNaN));
        return new Chart(
                stem,
                title,
                what + (intervals ? " Thin bars: 95 % confidence intervals." : "")
                        + (withheld ? " A missing bar: not measured, or too few requests for that percentile." : "") + shown.note(),
                List.of(bars.panel("", Axis.fromZero(label), series, List.of())));
    }

    private static String whyNone(ResultsView view, String distribution) {
        if (view.policies().stream().noneMatch(policy -> policy.metrics().at(distribution).isPresent())) {
            return "the file does not say it";
        }
        return view.policies().stream().anyMatch(PolicyView::anyCompleted) ? "none of the requests that completed has one" : "no request completed";
    }

    /// Which share of the requests took at most so long.
    static Plot cdf(ResultsView view) {
        String stem = "latency_cdf";
        Shown shown = Shown.leading(view, LatencyCharts::hasLatencies);
        if (shown.isEmpty()) {
            return new NoChart(stem, noLatencies(view));
        }
        if (latencies(shown).values().stream().allMatch(sorted -> sorted.length < 2)) {
            return new NoChart(stem, "only one request completed, which is no distribution");
        }
        return cdf(stem, latencies(shown), "Share of completed requests that took at most so long; further left is faster." + shown.note() + shown.sampled());
    }

    static Plot cdf(String stem, Map<String, double[]> sorted, String caption) {
        boolean wide = Distributions.wide(List.copyOf(sorted.values()));
        var lines = new ArrayList<LineSeries>();
        sorted.forEach((policy, latencies) -> {
            double[] steps = Distributions.steps(latencies.length);
            lines.add(new LineSeries(policy, Distributions.at(latencies, steps), Distributions.percent(steps), LineStyle.SOLID));
        });
        Lines panel = new Lines("", Distributions.axis(LATENCY_MS, wide), Axis.percent("Requests (%)"), lines, SHARES);
        return new Chart(stem, "End-to-end latency, cumulative", caption, List.of(panel));
    }

    /// How often each latency occurred, one panel a policy, all over the same axis.
    static Plot distribution(ResultsView view) {
        String stem = "latency_distribution";
        Shown shown = Shown.leading(view, LatencyCharts::hasLatencies);
        if (shown.isEmpty()) {
            return new NoChart(stem, noLatencies(view));
        }
        if (latencies(shown).values().stream().allMatch(sorted -> sorted.length < 2)) {
            return new NoChart(stem, "only one request completed, which is no distribution");
        }
        return distribution(stem, latencies(shown), "How many completed requests took how long, in " + BINS
                + " bins that are the same for all." + shown.note() + shown.sampled());
    }

    static Plot distribution(String stem, Map<String, double[]> sorted, String caption) {
        List<double[]> all = List.copyOf(sorted.values());
        boolean wide = Distributions.wide(all);
        double[] edges = Distributions.edges(all, BINS, wide);
        Axis x = wide ? Axis.logarithmic(LATENCY_MS) : Axis.free(LATENCY_MS);
        double most = all.stream().flatMapToDouble(one -> Arrays.stream(Distributions.counts(one, edges))).max().orElse(1);
        Axis y = new Axis("Requests", false, OptionalDouble.of(0), OptionalDouble.of(Math.max(LEAST_AXIS, Math.ceil(most * ROOM_FOR_MARKS))));
        var panels = new ArrayList<Panel>();
        sorted.forEach((policy, latencies) -> panels.add(new Histogram(
                sorted.size() == 1 ? "" : policy,
                x,
                y,
                Values.of(edges),
                List.of(new CountSeries(policy, Values.of(Distributions.counts(latencies, edges)))),
                List.of(mark("p50", latencies, MEDIAN), mark("p95", latencies, P95), mark("p99", latencies, P99)))));
        String title = "End-to-end latency distribution" + (sorted.size() == 1 ? ": " + sorted.keySet().iterator().next() : "");
        return new Chart(stem, title, caption, panels);
    }

    private static Mark mark(String name, double[] sorted, double p) {
        double value = Distributions.percentile(sorted, p);
        return new Mark(name + " " + Numbers.text(value) + " ms", value, true);
    }

    private static Map<String, double[]> latencies(Shown shown) {
        var sorted = new LinkedHashMap<String, double[]>();
        shown.policies().forEach(policy -> sorted.put(policy.name(), policy.requests().sorted(Field.E2E_MS)));
        return sorted;
    }

    private static boolean hasLatencies(PolicyView policy) {
        return policy.requests().says(Field.E2E_MS);
    }

    static String noLatencies(ResultsView view) {
        return view.policies().stream().anyMatch(policy -> policy.requests().size() > 0)
                ? "no request completed"
                : "the file has none of its requests";
    }
}
